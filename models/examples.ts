/** Turns the readable lexicon into training examples, the same ones every time. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CategoryKey } from '#lib/categories.ts';
import { minorDigits } from '#lib/money.ts';
import type { Example } from './train.ts';

export const lexiconPath: string = join(import.meta.dirname, 'base', 'lexicon');

/** What is usual for a category: which way money goes, how frequent it is, and amounts in euros. */
export type Habit = { direction: 'out' | 'in' | 'both'; frequency: number; amounts: number[] };

/** A merchant, biller or wording as written in the lexicon. */
export type Entry = { text: string; category: CategoryKey; file: string };

/** Reads `categories.txt`: one line per category. */
export function readHabits(folder: string = lexiconPath): Map<CategoryKey, Habit> {
	const habits = new Map<CategoryKey, Habit>();
	for (const line of lines(join(folder, 'categories.txt'))) {
		const [category, direction, frequency, ...amounts] = line.split(/\s+/);
		habits.set(category as CategoryKey, {
			direction: direction as Habit['direction'],
			frequency: Number(frequency),
			amounts: amounts.map(Number)
		});
	}
	return habits;
}

/**
 * Reads every file of names and words, in order of file name. A line is `category: entry, entry, …`; an indented line
 * goes on with the category above. An entry given twice for a category counts once.
 */
export function readEntries(folder: string = lexiconPath): Entry[] {
	const entries = new Map<string, Entry>();
	for (const file of listFiles(folder)) {
		let category = '';
		for (const line of lines(join(folder, file))) {
			const heading = /^([a-z_]+):/.exec(line);
			if (heading) category = heading[1]!;
			for (const part of line.slice(heading?.[0].length ?? 0).split(',')) {
				const text = part.trim();
				if (text)
					entries.set(`${category}\t${text.toLowerCase()}`, {
						text,
						category: category as CategoryKey,
						file
					});
			}
		}
	}
	return [...entries.values()];
}

function listFiles(folder: string): string[] {
	const groups = ['names', 'words'];
	return groups.flatMap((group) =>
		readdirSync(join(folder, group))
			.sort()
			.map((file) => join(group, file))
	);
}

function lines(path: string): string[] {
	return readFileSync(path, 'utf8')
		.split('\n')
		.filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/**
 * How often the examples of a name of one word count. "REWE" alone is what most of its bookings say, "Bargeldauszahlung REWE" is
 * rare; counted alike, the smaller category would win the word.
 */
const timesForOneWord = 4;

/** The examples of one entry: one per usual amount, each in another of the spellings that banks print. */
export function examplesOf(entry: Entry, habit: Habit): Example[] {
	const spellings = spellingsOf(entry.text);
	const times = /[\s-]/.test(entry.text) ? 1 : timesForOneWord;
	const amounts = Array.from({ length: times }, () => spread(habit.amounts)).flat();
	return amounts.flatMap((euros, i) =>
		signs(habit.direction).map((sign) => ({
			description: spellings[i % spellings.length]!,
			amount: sign * Math.round(euros * 10 ** minorDigits('EUR')),
			currency: 'EUR',
			label: entry.category
		}))
	);
}

/**
 * A category's amounts with those between, below and above them: any hotel can be cheap once, and an amount never seen with a
 * category would outweigh the name.
 */
function spread(amounts: readonly number[]): number[] {
	const [low, high] = [Math.min(...amounts), Math.max(...amounts)];
	const between = amounts.slice(1).map((amount, i) => Math.sqrt(amount * amounts[i]!));
	return [low / 10, low / 3, ...amounts, ...between, high * 3];
}

function signs(direction: Habit['direction']): number[] {
	return direction === 'both' ? [-1, 1] : direction === 'in' ? [1] : [-1];
}

const umlauts: Record<string, string> = {
	ä: 'ae',
	ö: 'oe',
	ü: 'ue',
	Ä: 'AE',
	Ö: 'OE',
	Ü: 'UE',
	å: 'aa',
	ø: 'oe'
};

/** As written, with umlauts spelt out and apostrophes as gaps, and run together as in card terminals' short names. */
export function spellingsOf(text: string): string[] {
	const spelt = text.replace(/[äöüÄÖÜåø]/g, (letter) => umlauts[letter]!).replace(/['’]/g, ' ');
	const words = text.split(/[\s-]+/);
	const joined = words.length === 2 && text.length <= 16 ? words.join('') : text;
	return [text, spelt, joined];
}

/** Every training example of the base model. */
export function baseExamples(folder: string = lexiconPath): Example[] {
	const habits = readHabits(folder);
	return readEntries(folder).flatMap((entry) => examplesOf(entry, habits.get(entry.category)!));
}
