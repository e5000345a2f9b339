import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';
import type { Config } from './config.ts';

/**
 * True unless a browser sends this from somebody else's page. A browser says where a change comes from; a program that says
 * nothing has no cookie of a person to misuse, or has it on purpose.
 */
export function isOwnPage(
	config: Config,
	headers: Pick<IncomingHttpHeaders, 'origin' | 'host' | 'sec-fetch-site'>
): boolean {
	const { origin, host, 'sec-fetch-site': site } = headers;
	if (origin !== undefined) return isOwnOrigin(config, origin, host);
	return site === undefined || site === 'same-origin' || site === 'none';
}

/**
 * PUBLIC_URL, or, while that is not set, the very host the request was sent to, so that 127.0.0.1 and localhost both work out
 * of the box. Then it must be a name that nobody on the internet can point at this machine.
 */
function isOwnOrigin(config: Config, origin: string, host: string | undefined): boolean {
	if (origin === config.publicUrl) return true;
	if (config.publicUrlIsSet || !host || origin !== `http://${host}`) return false;
	return URL.canParse(origin) && isLocalName(new URL(origin).hostname);
}

const isLocalName = (name: string): boolean =>
	ipaddr.isValid(name.replace(/^\[|\]$/g, '')) ||
	!name.includes('.') ||
	/\.(local|lan|internal|localhost|home\.arpa)$/.test(name);
