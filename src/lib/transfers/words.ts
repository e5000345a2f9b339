/** What banks and people write when money goes from one own account to another. */
import { foldText } from '../descriptor/fold.ts';

/** Says by itself that both accounts are the person's own. */
const own = [
	'own account, own accounts, my account, between accounts, internal transfer, account transfer, savings transfer',
	'to savings, from savings, to sav, from sav, to checking, from checking, to chk, from chk, to current account',
	'from current account, pot transfer',
	'umbuchung, eigenes konto, eigene konten, eigenübertrag, eigenüberweisung, kontoübertrag, sparkonto, tagesgeld',
	'tagesgeldkonto, kontoausgleich',
	'virement interne, compte à compte, entre comptes, mon compte, livret',
	'eigen rekening, spaarrekening, interne overboeking',
	'traspaso, entre cuentas, cuenta propia, giroconto, girofondi, entre contas',
	'egen overføring, eget konto, mellan konton, sparekonto, opsparing',
	'przelew własny, przelew wewnętrzny, vlastní účet'
];

/** Says only that something was moved: to somebody else, maybe. */
const moved =
	'transfer, transfers, xfer, tfr, trf, transferred, savings, übertrag, uebertrag, sparen, virement, overboeking, överföring';

/** Says that people pay each other: a service that does nothing else, or what friends and families write. */
const betweenPeople =
	'venmo, zelle, zel, cash app, apple cash, quickpay, popmoney, p2p, osko, payid, e transfer, e tfr, remitly, xoom, worldremit, moneygram, ' +
	'western union, moneybeam, kwitt, wero, twint, tikkie, payconiq, lydia, paylib, bizum, swish, vipps, mobilepay, mobile pay, blik, mbway, ' +
	'betaalverzoek, friend, friends, family, wife, husband, mum, mom, dad, gift, split bill, pocket money, iou, lent, ' +
	'freund, freunde, freundin, freundschaft, familie, mama, papa, mutter, vater, geschenk, geburtstag, taschengeld, anteil, auslage, auslagen, ' +
	'geliehen, schulden, privat, ami, amis, famille, cadeau, remboursement ami, amigo, amigos, amiga, familia, regalo, amico, amici, famiglia, ' +
	'vriend, vrienden, zakgeld, kaverille, fickpengar, lommepenge';

/** In an account's name: it is one to save on. */
const saving =
	'savings, saver, save, isa, sparen, sparkonto, tagesgeld, tagesgeldkonto, festgeld, sparbuch, livret, épargne, spaarrekening, sparen, ahorro, risparmio, sparekonto, opsparing';

/** The words of a text, folded as in descriptors; numbers are words too. */
export const wordsIn = (text: string): string[] =>
	text
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		.map(foldText)
		.filter(Boolean);

const phrasesOf = (list: string): string[] => list.split(',').map((phrase) => wordsIn(phrase).join(' '));

/** Words between blanks, so that phrases are found by whole words only. */
export const spaced = (words: readonly string[]): string => ` ${words.join(' ')} `;

const ownPhrases = own.flatMap(phrasesOf).map((phrase) => ` ${phrase} `);
const movedWords = new Set(phrasesOf(moved));
const peoplePhrases = phrasesOf(betweenPeople).map((phrase) => ` ${phrase} `);
const savingWords = new Set(phrasesOf(saving));

/** Whether a text says that money went between own accounts. */
export const saysOwn = (words: readonly string[]): boolean => {
	const text = spaced(words);
	return ownPhrases.some((phrase) => text.includes(phrase));
};

/** Whether a text says that money was moved, to whomever. */
export const saysMoved = (words: readonly string[]): boolean => words.some((word) => movedWords.has(word));

/** Whether a text says more of a payment between people than their names. */
export const saysBetweenPeople = (words: readonly string[]): boolean => {
	const text = spaced(words);
	return peoplePhrases.some((phrase) => text.includes(phrase));
};

/** Whether an account is called one to save on. */
export const isForSaving = (name: string): boolean => wordsIn(name).some((word) => savingWords.has(word));
