import type { App } from '../app.ts';
import type { User } from '../db/client.ts';
import { checkAddress, EgressError, type EgressRules } from '../egress.ts';
import { DomainError } from '../errors.ts';

/** Where somebody's webhooks may go: an admin's also without https. */
export const rulesFor = (
	{ egressAllow }: App['config'],
	{ role }: Pick<User, 'role'>
): EgressRules & { http: boolean } => ({ allow: egressAllow, http: role === 'admin' });

/**
 * An address that somebody wants to use, as it is kept. Errors: INVALID (`webhook_https`; `webhook_address`: it is none, is not
 * found, or leads into a private network, which all look the same).
 */
export async function usableAddress(
	{ config }: Pick<App, 'config'>,
	owner: Pick<User, 'role'>,
	text: string
): Promise<string> {
	const rules = rulesFor(config, owner);
	const url = URL.parse(text);
	if (url?.protocol === 'http:' && !rules.http) throw new DomainError('INVALID', 'webhook_https');
	await checkAddress(text, rules).catch((error: unknown) => {
		throw error instanceof EgressError ? new DomainError('INVALID', 'webhook_address') : error;
	});
	url!.hash = '';
	return url!.href;
}
