/** People with a real password, and a second factor if they want one, who sign in as people do. */
import { v7 } from 'uuid';
import { expect } from 'vitest';
import type { App } from '#server/app.ts';
import { inTx } from '#server/db/client.ts';
import { startSession } from '#server/sessions/start.ts';
import { addPerson, password } from './access/actors.ts';
import { apiOf, type Api, type Caller } from './api.ts';
import { codeOf, currentStep } from './authenticator.ts';

export type Member = { id: string; email: string; token: string; api: Api };

export { password } from './access/actors.ts';

/** Somebody with an account and a session. */
export async function addMember(
	app: App,
	name: string,
	role: 'member' | 'admin' = 'member'
): Promise<Member> {
	const id = await addPerson(app.db, { id: v7(), name, role });
	return { id, ...(await freshSession(app, id)) };
}

/** Another session of somebody. */
export async function freshSession(app: App, id: string): Promise<Omit<Member, 'id'>> {
	const user = await app.db.user.findUniqueOrThrow({ where: { id } });
	const caller = { userAgent: 'tests', address: '127.0.0.1' };
	const { token } = await inTx(app.db, (tx) => startSession(tx, user, caller));
	return { email: user.email, token, api: apiOf(app, { token }) };
}

export type Enrolled = Member & { secret: string; recoveryCodes: string[] };

/** Turns on their second factor, by the code of the step before this one, so that the one of this step is unused. */
export async function enrol(app: App, member: Member): Promise<Enrolled> {
	const { secret } = await member.api.auth.mfa.begin.mutate();
	const { recoveryCodes, token } = await member.api.auth.mfa.confirm.mutate({
		otp: codeOf(secret, currentStep() - 1)
	});
	return { ...member, secret, recoveryCodes, token, api: apiOf(app, { token }) };
}

type Factor = Partial<Parameters<Api['auth']['login']['mutate']>[0]>;

/** Signs in with the password and what else is given. */
export const signIn = (
	app: App,
	{ email }: Pick<Member, 'email'>,
	factor: Factor = {},
	caller: Caller = {}
) => apiOf(app, caller).auth.login.mutate({ email, password, ...factor });

/** What becomes of many tries: how often each reason, `ok` for those that are let in. */
export async function outcomes(tries: Promise<unknown>[]): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const result of await Promise.allSettled(tries)) {
		const reason =
			result.status === 'fulfilled'
				? ((result.value as { status?: string } | null)?.status ?? 'ok')
				: ((result.reason as { data?: { reason?: string } }).data?.reason ??
					expect.fail(String(result.reason)));
		counts[reason] = (counts[reason] ?? 0) + 1;
	}
	return counts;
}
