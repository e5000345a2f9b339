/** Why a new password is not taken: each is the code of a field error. */
export type PasswordProblem = 'password_short' | 'password_long' | 'password_common' | 'password_weak';

/** What makes a password easy to guess. */
export type PasswordHint = 'about_you' | 'repeated' | 'keyboard' | 'date' | 'words';

export type PasswordJudgement = {
	/** From 0, guessed at once, to 4, out of reach; a password is taken from 3. */
	score: 0 | 1 | 2 | 3 | 4;
	problem: PasswordProblem | null;
	hint?: PasswordHint;
};
