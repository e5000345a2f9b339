/**
 * Money that comes in from a shop is mostly some of what was paid there, coming back. The model has seen shops with money going out
 * only, so it is asked what a payment to them would be.
 */

import { foldText } from '#lib/descriptor/fold.ts';
import { groupOf } from '#lib/categories.ts';
import type { Mixed } from './own.ts';

/** What money that comes in is called by whoever gives it back. It says nothing of what had been paid for. */
const words = new Set(
	`refund refunds refunded return returned returns reversal reversed chargeback credit voucher statement
	erstattung rückerstattung rueckerstattung rückzahlung rueckzahlung gutschrift guthaben retoure retouren rückgabe rueckgabe
	storno stornierung remboursement avoir rimborso storno reembolso devolución terugbetaling retour återbetalning
	tilbagebetaling refusjon zwrot vrácení`
		.split(/\s+/)
		.map(foldText)
);

/** Of these the ones that banks print on any money that comes in. */
const unspecific = new Set('credit statement guthaben gutschrift avoir'.split(' '));

const saysRefund = (word: string): boolean => words.has(foldText(word));

/** A text without the words that only say that money comes back; null when there are none, or nothing is left. */
export function withoutRefund(description: string): string | null {
	const parts = description.split(/([^\p{L}\p{M}\p{N}]+)/u);
	if (!parts.some(saysRefund)) return null;
	const rest = parts
		.filter((part) => !saysRefund(part))
		.join('')
		.trim();
	return /\p{L}/u.test(rest) ? rest : null;
}

/** Whether a text says of money that came in no more of a refund than a bank's most general word for it. */
export function saysOnlyIncoming(description: string): boolean {
	const said = description
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		.map(foldText)
		.filter((word) => words.has(word));
	return said.length > 0 && said.every((word) => unspecific.has(word));
}

/** So sure of income the model is right; below, the payee decides. Both were found on shops, salaries and the like: README.md. */
const sureOfIncome = 0.62;
const sureOfPayee = 0.5;

/** Never given back by a shop: what tax offices pay back is income of its own kind, what comes in for a loan a payment of it. */
const neverRefunded: readonly (string | undefined)[] = ['income', 'transfers', 'loan_payments'];

type Signs = { says: boolean; isKnown: boolean };

/**
 * Whether money that comes in is a refund, by what the categoriser makes of it, and of a payment to the same payee. `says`: the text
 * says that it is one; `isKnown`: the payee is one that training had, or the person has spoken of. Of anybody else it may be a friend
 * who pays their share, whose name resembles a shop's. What the person has said of money from there stands.
 */
export function isRefund(incoming: Mixed, payment: Mixed, { says, isKnown }: Signs): boolean {
	if (incoming.said || payment.confidence < sureOfPayee || !(says || isKnown)) return false;
	const group = groupOf(payment.category);
	if (payment.category === 'taxes' || neverRefunded.includes(group) || (!group && !payment.said))
		return false;
	if (incoming.category === 'refund' || incoming.confidence < sureOfIncome) return true;
	// "IKEA Refund" sounds like a tax office; whose refund it is the payee tells.
	if (says && incoming.category === 'tax_refund') return true;
	return !neverRefunded.includes(groupOf(incoming.category));
}
