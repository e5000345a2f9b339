/** Rows to measure on: merchants of the lexicon as banks print them, once each. */

import type { CategoryKey } from '#lib/categories.ts';
import { hashText } from '#lib/descriptor/hash.ts';
import { minorDigits } from '#lib/money.ts';
import { spellingsOf, type Entry, type Habit } from './examples.ts';
import type { Example } from './train.ts';

const forms: ((name: string) => string)[] = [
	(name) => name,
	(name) => name.toUpperCase(),
	(name) => `${name.toUpperCase()} 0${name.length}41 BERLIN DE`,
	(name) => `CARD PAYMENT TO ${name.toUpperCase()} ON 12 MAR`,
	(name) => `SQ *${name.toUpperCase()}`,
	(name) => `PAYPAL *${name.replaceAll(' ', '')}`,
	(name) => `POS PURCHASE ${name} #${1000 + name.length} LONDON GB`,
	(name) => name.toUpperCase().slice(0, 18)
];

/** The row of an entry: its spelling, form and amount follow from its text, so that they are always the same. */
export function rowOf(entry: Entry, habits: ReadonlyMap<CategoryKey, Habit>): Example {
	const { amounts, direction } = habits.get(entry.category)!;
	const [a, b] = hashText(`${entry.category} ${entry.text}`).map((hash) => (hash ^ (hash >>> 15)) >>> 0);
	const spellings = spellingsOf(entry.text);
	const euros = amounts[a! % amounts.length]!;
	return {
		description: forms[b! % forms.length]!(spellings[a! % spellings.length]!),
		amount: (direction === 'in' ? 1 : -1) * Math.round(euros * 10 ** minorDigits('EUR')),
		currency: 'EUR',
		label: entry.category
	};
}
