/** How long a password withstands guessing, by zxcvbn: the one judge for the meter and for what is taken. */
import type { Score, ZxcvbnFactory, ZxcvbnResult } from '@zxcvbn-ts/core';
import { maxPasswordLength, minPasswordLength } from '#lib/password-limits.ts';
import type { PasswordHint, PasswordJudgement } from '#lib/password-problems.ts';
import { DomainError } from '../errors.ts';

const lowestScore = 3;
// The work grows with the square of the length: 40 characters take about 10 ms, 256 a second.
const pieceLength = 40;

type Judge = {
	check: (password: string, about: string[]) => ZxcvbnResult;
	isCommon: (password: string) => boolean;
};

let loading: Promise<Judge> | undefined;

// The dictionaries hold 240,000 words in 60 MB: they are loaded when the first password is judged.
async function load(): Promise<Judge> {
	const [core, common, en] = await Promise.all([
		import('@zxcvbn-ts/core'),
		import('@zxcvbn-ts/language-common'),
		import('@zxcvbn-ts/language-en')
	]);
	const zxcvbn: ZxcvbnFactory = new core.ZxcvbnFactory({
		dictionary: { ...common.dictionary, ...en.dictionary },
		graphs: common.adjacencyGraphs,
		l33tMaxSubstitutions: 10
	});
	const blocked = new Set(common.dictionary['passwords-common'].map(fold));
	return {
		check: (password, about) => zxcvbn.check(password, about),
		isCommon: (password) => isMadeOf(fold(password), blocked)
	};
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** True for a blocked password, also when it is written several times over or has digits and signs around it. */
function isMadeOf(password: string, blocked: Set<string>): boolean {
	const bare = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	return [password, bare].some((text) => {
		const unit = /^(.+?)\1+$/su.exec(text)?.[1];
		return blocked.has(text) || (unit !== undefined && (unit.length === 1 || blocked.has(unit)));
	});
}

/** The words that somebody who knows the person would try first. */
export const wordsAbout = ({ email = '', name = '' }: { email?: string; name?: string }): string[] => [
	email,
	...email.split(/[^\p{L}\p{N}]+/u),
	name,
	...name.split(/\s+/u)
];

/**
 * Judges a password. `about`: words an attacker would try first (see {@link wordsAbout}). The same password gets the same
 * answer wherever it is asked.
 */
export async function judgePassword(password: string, about: readonly string[]): Promise<PasswordJudgement> {
	if (password.length > maxPasswordLength) return { score: 0, problem: 'password_long' };
	const { check, isCommon } = await (loading ??= load());
	const known = [...new Set([...about, 'quits'].map(fold))].filter((word) => word.length > 2);
	const best = strongest(partsOf(password).map((part) => () => check(part, known)));
	const { score } = best;
	const hint = known.some((word) => fold(password).includes(word)) ? 'about_you' : hintOf(best);
	const because = hint && { hint };
	if (isCommon(password))
		return { score: Math.min(score, 1) as Score, problem: 'password_common', ...because };
	if (score < lowestScore) {
		const problem = password.length < minPasswordLength ? 'password_short' : 'password_weak';
		return { score, problem, ...because };
	}
	return { score, problem: password.length < minPasswordLength ? 'password_short' : null };
}

/** Where a password is looked at: at its beginning, and where it is longer at its end. */
const partsOf = (password: string): string[] =>
	password.length > pieceLength ? [password.slice(0, pieceLength), password.slice(-pieceLength)] : [password];

// A password is at least as strong as any part of it, so the first strong part decides.
function strongest(checks: (() => ZxcvbnResult)[]): ZxcvbnResult {
	let best: ZxcvbnResult | undefined;
	for (const check of checks) {
		const result = check();
		if (!best || result.score > best.score) best = result;
		if (best.score >= lowestScore) break;
	}
	return best!;
}

function hintOf({ sequence }: ZxcvbnResult): PasswordHint | undefined {
	const matches = sequence.map((match) => match as { pattern: string; dictionaryName?: string });
	const has = (fits: (match: (typeof matches)[number]) => boolean) => matches.some(fits);
	if (has(({ dictionaryName }) => dictionaryName === 'userInputs')) return 'about_you';
	if (has(({ pattern }) => pattern === 'repeat')) return 'repeated';
	if (has(({ pattern }) => pattern === 'spatial' || pattern === 'sequence')) return 'keyboard';
	if (has(({ pattern }) => pattern === 'date' || pattern === 'regex')) return 'date';
	return has(({ pattern }) => pattern === 'dictionary') ? 'words' : undefined;
}

/** Lets a new password pass, or says what is wrong with it: INVALID, with the problem under `field`. */
export async function requireStrong(
	password: string,
	who: { email?: string; name?: string },
	field = 'password'
): Promise<void> {
	const { problem } = await judgePassword(password, wordsAbout(who));
	if (problem) throw new DomainError('INVALID', 'invalid', { fields: { [field]: problem } });
}
