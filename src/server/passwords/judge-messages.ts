/** What the process and its judging thread say to each other. */
import type { PasswordJudgement } from '#lib/password-problems.ts';
import type { About } from './words-about.ts';

export type JudgeRequest = { job: number; password: string; about: About };

export type JudgeAnswer =
	| { job: number; judgement: PasswordJudgement }
	/** A bug. It never names the password. */
	| { job: number; failed: string };
