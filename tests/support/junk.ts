/** Rows that are no payments: long random text in many scripts, with emoji and control characters, hardly a word twice. */
import { categories } from '#lib/categories.ts';
import type { Correction } from '#models/corrections.ts';

const alphabets = [
	'abcdefghijklmnopqrstuvwxyz',
	'äöüßéèçñøåłžșğ',
	'абвгдежзиклмнопрст',
	'漢字仮名交文銀行口座',
	'0123456789'
].map((letters) => [...letters]);
const between = [
	' ',
	' ',
	'  ',
	'\n',
	'\u0000',
	'\u0007',
	'\u202e',
	'\ufeff',
	'🦄',
	'👩‍👩‍👧‍👦',
	'\ud800',
	'*',
	'/',
	'=',
	'#',
	'"'
];

/** `count` rows that follow from `seed`: the same ones every time. */
export function junk(count: number, seed: number): Correction[] {
	let state = seed;
	const below = (limit: number): number => {
		state = (state + 0x6d2b79f5) | 0; // mulberry32
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
	};
	const word = (): string => {
		const letters = alphabets[below(alphabets.length)]!;
		return Array.from({ length: 2 + below(12) }, () => letters[below(letters.length)]!).join('');
	};
	return Array.from({ length: count }, (_, row) => {
		let description = '';
		for (let length = 20 + below(480); description.length < length;) {
			description += word() + between[below(between.length)]!;
		}
		return {
			...{ description, merchantKey: `${seed} ${row}`, currency: 'EUR' },
			amount: (below(2) === 0 ? -1 : 1) * below(2 ** 31),
			label: categories[below(categories.length)]!.key
		};
	});
}
