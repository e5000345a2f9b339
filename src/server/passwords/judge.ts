/** How long a password withstands guessing, by zxcvbn. Runs in a thread of its own: see strength.ts. */
import type { ZxcvbnFactory, ZxcvbnResult } from '@zxcvbn-ts/core';
import { maxPasswordLength, minPasswordLength } from '#lib/password-limits.ts';
import type { PasswordHint, PasswordJudgement } from '#lib/password-problems.ts';
import { famousPhrases } from './famous-phrases.ts';
import { besideWords, fold, wordsAbout, type About } from './words-about.ts';

export type Judge = (password: string, about: About) => PasswordJudgement;

type Score = PasswordJudgement['score'];

const lowestScore = 3;
/** Guesses that a score withstands: zxcvbn's own steps. */
const guessesOf = [1e3, 1e6, 1e8, 1e10];
/** What a word about the person is worth: there are few of them, and few places to put them. */
const guessesOfKnown = 100;
// The work grows with the square of the length: 40 characters take about 10 ms, 256 a second.
const pieceLength = 40;

/** Loads the dictionaries: 320,000 words, which takes up to two seconds. */
export async function loadJudge(): Promise<Judge> {
	const [core, common, en, de] = await Promise.all([
		import('@zxcvbn-ts/core'),
		import('@zxcvbn-ts/language-common'),
		import('@zxcvbn-ts/language-en'),
		import('@zxcvbn-ts/language-de')
	]);
	const zxcvbn = new core.ZxcvbnFactory({
		dictionary: { ...common.dictionary, ...en.dictionary, ...de.dictionary },
		graphs: common.adjacencyGraphs,
		l33tMaxSubstitutions: 10
	});
	const blocked = new Set([...common.dictionary['passwords-common'].map(fold), ...famousPhrases]);
	return (password, about) => judge(zxcvbn, blocked, password, wordsAbout(about));
}

function judge(
	zxcvbn: ZxcvbnFactory,
	blocked: ReadonlySet<string>,
	password: string,
	known: string[]
): PasswordJudgement {
	if (password.length > maxPasswordLength) return { score: 0, problem: 'password_long' };
	const best = strongest(zxcvbn, password, known);
	const rests = [fold(password), plain(fold(password))].map((text) => besideWords(text, known));
	const score = rests.reduce<Score>((lowest, rest) => lower(lowest, scoreBeside(zxcvbn, rest)), best.score);
	const hint = rests.some((rest) => rest !== null) ? 'about_you' : hintOf(best);
	const because = hint && { hint };
	if (isMadeOf(fold(password), blocked))
		return { score: lower(score, 1), problem: 'password_common', ...because };
	if (score < lowestScore) {
		const problem = password.length < minPasswordLength ? 'password_short' : 'password_weak';
		return { score, problem, ...because };
	}
	return { score, problem: password.length < minPasswordLength ? 'password_short' : null };
}

const lower = (a: Score, b: Score): Score => (a < b ? a : b);

/** The score of a password by what stands in it beside words about the person; without any, that is no limit. */
function scoreBeside(zxcvbn: ZxcvbnFactory, rest: string | null): Score {
	if (rest === null) return 4;
	const guesses = strongest(zxcvbn, rest, []).guesses * guessesOfKnown;
	return guessesOf.filter((step) => guesses >= step).length as Score;
}

/** A password is at least as strong as any part of it: of a long one, its beginning and its end are looked at. */
function strongest(zxcvbn: ZxcvbnFactory, password: string, known: string[]): ZxcvbnResult {
	const first = zxcvbn.check(password.slice(0, pieceLength), known);
	if (password.length <= pieceLength || first.score >= lowestScore) return first;
	const last = zxcvbn.check(password.slice(-pieceLength), known);
	return last.score > first.score ? last : first;
}

const signs: Record<string, string> = {
	'4': 'a',
	'@': 'a',
	'3': 'e',
	'1': 'i',
	'!': 'i',
	'0': 'o',
	$: 's',
	'5': 's'
};

/** With the letters that digits and signs stand for. */
const plain = (text: string): string => text.replace(/[4@31!0$5]/g, (sign) => signs[sign]!);

/** True for a blocked password, also when it is written several times over, in words, or has digits and signs around it. */
function isMadeOf(password: string, blocked: ReadonlySet<string>): boolean {
	const bare = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	return [password, bare, bare.replace(/[^\p{L}\p{N}]+/gu, '')].some((text) => {
		const unit = /^(.+?)\1+$/su.exec(text)?.[1];
		return blocked.has(text) || (unit !== undefined && (unit.length === 1 || blocked.has(unit)));
	});
}

function hintOf({ sequence }: ZxcvbnResult): PasswordHint | undefined {
	const has = (...patterns: string[]) => sequence.some(({ pattern }) => patterns.includes(pattern));
	if (has('repeat')) return 'repeated';
	if (has('spatial', 'sequence')) return 'keyboard';
	if (has('date', 'regex')) return 'date';
	return has('dictionary') ? 'words' : undefined;
}
