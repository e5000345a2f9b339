/** What speaks for a transaction being one half of a transfer between its person's own accounts. */
import { groupOf } from '../categories.ts';
import { isForSaving, saysMoved, saysOwn, spaced, wordsIn } from './words.ts';

/** A transaction as far as it matters here. */
export type Side = {
	id: string;
	accountId: string;
	/** YYYY-MM-DD. */
	date: string;
	/** Minor units, outflow negative. */
	amount: number;
	currency: string;
	/** As the bank wrote it. */
	description: string;
	categoryId: string | null;
	source: 'rule' | 'user' | 'model' | 'transfer' | 'none';
	/** The category is a guess that is not sure. */
	review: boolean;
};

export type OwnAccount = {
	id: string;
	name: string;
	/** An IBAN or number. */
	identifier: string | null;
};

/** The text has the number of the other account. */
export const numbered = 5;
/** The text has the other account's name, or the end of its number. */
export const named = 3;
const own = 2;
const some = 1;

/** Categories that speak for a transfer between own accounts. Cash does not, nor what may be to and from others. */
const alike: readonly (string | null)[] = [
	...['account_transfer', 'savings_transfer', 'investment', 'credit_card_payment']
];
/** What banks' most general words for money that comes in are guessed as: that says nothing. */
const general: readonly string[] = ['refund', 'other_income'];

const shortestNumber = 8;
const longestNumber = 10;

/** Whether its person, or a rule of theirs, has put it where no transfer belongs. */
export const isSaidOtherwise = (side: Side): boolean =>
	isSaid(side) && side.categoryId !== null && !couldBeTransfer(side.categoryId);

/** Whether a half of a transfer may be in it. */
export const couldBeTransfer = (categoryId: string): boolean =>
	groupOf(categoryId) === 'transfers' || categoryId === 'credit_card_payment';

/** How much a side alone speaks for a transfer with another of the person's accounts. */
export function evidenceOf(side: Side, other: OwnAccount | undefined, person: string): number {
	const words = wordsIn(side.description);
	if (other && hasNumber(side.description, other)) return numbered;
	if (other && hasName(words, other)) return named;
	if (saysOwn(words) || (isSaid(side) && alike.includes(side.categoryId))) return own;
	const speaks = saysMoved(words) || hasPerson(words, person);
	return speaks || (isSure(side) && alike.includes(side.categoryId)) ? some : 0;
}

const isSaid = ({ source }: Side): boolean => source === 'user' || source === 'rule';

/** A guess that waits for a look is none to build on. */
const isSure = ({ source, review }: Side): boolean => source === 'model' && !review;

/** Whether the categoriser is sure that it is something else. */
export const isSureOfElse = (side: Side): boolean =>
	isSure(side) &&
	side.categoryId !== null &&
	!couldBeTransfer(side.categoryId) &&
	!general.includes(side.categoryId);

function hasNumber(description: string, { identifier }: OwnAccount): boolean {
	const number = squeeze(identifier ?? '');
	if (number.length < shortestNumber) return false;
	const text = squeeze(description);
	const digits = /\d+$/.exec(number)?.[0].slice(-longestNumber) ?? '';
	return text.includes(number) || (digits.length >= shortestNumber && text.includes(digits));
}

const squeeze = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();

/** All words of its name, or the last four digits of its number as cards and statements print them. */
function hasName(words: readonly string[], { name, identifier }: OwnAccount): boolean {
	const end = /\d{4}$/.exec(squeeze(identifier ?? name))?.[0];
	if (end && words.some((word) => /^x*\d{4}$/.test(word) && word.endsWith(end))) return true;
	const called = wordsIn(name).filter((word) => !/^\d+$/.test(word));
	return called.join('').length >= 3 && spaced(words).includes(spaced(called));
}

/** The person's whole name, in any order; a first name alone is in too many texts. */
function hasPerson(words: readonly string[], person: string): boolean {
	const names = wordsIn(person);
	return names.length > 1 && names.every((name) => words.includes(name));
}

/** Whether a category says that money went between own accounts; an investment may be bought of somebody else. */
export const isBetweenOwn = (categoryId: string): boolean =>
	categoryId === 'account_transfer' || categoryId === 'savings_transfer';

/** What a transfer between own accounts can be. */
export const transferCategories = ['account_transfer', 'savings_transfer', 'investment'] as const;
export type TransferCategory = (typeof transferCategories)[number];

/** The built-in category of a transfer between two sides, as far as both of them tell. */
export function transferCategory(
	sides: readonly Pick<Side, 'categoryId' | 'accountId'>[],
	accounts: ReadonlyMap<string, OwnAccount>
): TransferCategory {
	if (sides.some(({ categoryId }) => categoryId === 'investment')) return 'investment';
	const isSaving = sides.some(
		({ categoryId, accountId }) =>
			categoryId === 'savings_transfer' || isForSaving(accounts.get(accountId)?.name ?? '')
	);
	return isSaving ? 'savings_transfer' : 'account_transfer';
}
