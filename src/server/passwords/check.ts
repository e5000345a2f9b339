import { z } from 'zod';
import type { PasswordJudgement } from '#lib/password-problems.ts';
import type { App } from '../app.ts';
import { networkOf, type Caller } from '../auth/caller.ts';
import { judgePassword } from './strength.ts';

export const passwordToCheck = z.object({
	password: z.string().max(1000),
	email: z.string().max(254).optional(),
	name: z.string().max(80).optional()
});

/** What a form shows while somebody types: the same judgement that is passed on the password in the end. */
export async function checkPassword(
	{ limits }: Pick<App, 'limits'>,
	{ password, ...about }: z.output<typeof passwordToCheck>,
	caller: Caller
): Promise<PasswordJudgement> {
	await limits.takeOften('passwordCheck', networkOf(caller.address));
	return judgePassword(password, about);
}
