/** The one place that decides a category: what the person has said before what the model thinks. */

import { bareOf, type Bare } from './bare.ts';
import { OwnCounts, type Mixed, type OwnCount, type Predictor, type Said } from './own.ts';
import { saysBetweenPeople, wordsIn } from '#lib/transfers/words.ts';
import { isRefund, saysOnlyIncoming, withoutRefund } from './refund.ts';

export type Payment = {
	/** As the bank wrote it. */
	description: string;
	/** Minor units, outflow negative. */
	amount: number;
	currency: string;
	/** `merchantOf` of the description, where it is known already. */
	payee?: string;
};

export type Decision = {
	category: string;
	/** 0 to 1, in thousandths. */
	confidence: number;
	runnerUp: string;
	/** Not sure enough to stand without a person's look. */
	review: boolean;
	/** What the person has said of such payments, when that took part. */
	said: Said | null;
	/** Money that comes back: the category is that of payments to whoever it is from. */
	refund: boolean;
};

/** `familiar`: the prediction made last is of a merchant that training had. */
type Familiar = Predictor & { readonly familiar: boolean };

/** Decides for one person, in one thread. `threshold`: predictions less sure than this are put up for review. */
export class Categoriser {
	readonly #model: Familiar;
	readonly #own: OwnCounts;
	readonly #threshold: number;

	constructor(model: Familiar, own: readonly OwnCount[], threshold: number) {
		this.#model = model;
		this.#own = new OwnCounts(own);
		this.#threshold = threshold;
	}

	decide(payment: Payment): Decision {
		const thought = this.#predict(payment);
		const isKnown = this.#model.familiar;
		const behind = payment.amount > 0 && !thought.said ? this.#paymentBehind(payment) : null;
		const bare = thought.said ? null : bareOf(payment.description);
		const isAnybodys = bare === 'name' && behind !== null && !behind.paid.said;
		const paid = behind && !isAnybodys && isRefund(thought, behind.paid, behind) ? behind.paid : null;
		const { category, confidence, runnerUp, said } = paid ?? thought;
		const isDoubtful =
			isAnybodys ||
			(!said && isNobody(bare, isKnown)) ||
			(!paid && !said && !isPlain(category, payment, isKnown ? null : behind));
		return {
			category,
			confidence: Math.round((isDoubtful ? Math.min(confidence, asGoodAsNot) : confidence) * 1000) / 1000,
			runnerUp,
			review: isDoubtful || confidence < this.#threshold,
			said,
			refund: paid !== null
		};
	}

	#predict({ description, amount, currency, payee }: Payment): Mixed {
		const thought = this.#own.predict(this.#model, description, amount, currency, payee);
		if (thought.said || this.#model.familiar) return thought;
		const letters = description.replace(stuckNumber, '');
		if (letters === description) return thought;
		const other = this.#model.predict(letters, amount, currency);
		return other.confidence > thought.confidence ? { ...other, said: null } : thought;
	}

	/** What a payment would be that this money may give back, and what speaks for that. */
	#paymentBehind({ payee, ...payment }: Payment): Behind {
		const rest = withoutRefund(payment.description);
		const paid = this.#predict({
			...{ ...payment, amount: -payment.amount },
			...(rest !== null ? { description: rest } : payee !== undefined && { payee })
		});
		return { paid, says: rest !== null, isKnown: paid.said !== null || this.#model.familiar };
	}
}

/** What is put up for a look is not shown as sure, however sure the words alone would be. */
const asGoodAsNot = 0.5;

/** `says`: the text says that it is a refund, of this payee; `isKnown`: training had the payee, or the person has spoken of it. */
type Behind = { paid: Mixed; says: boolean; isKnown: boolean };

/** "REWE12" is REWE, where training had no such name as "CHECK24". */
const stuckNumber = /(?<=\p{L}{3})\d{1,2}(?![\p{L}\p{N}])/gu;

const refunds: readonly string[] = ['refund', 'tax_refund'];

/** Whether a text names a place or somebody and no more; `isKnown`: training had it as a merchant. */
const isNobody = (bare: Bare | null, isKnown: boolean): boolean =>
	bare === 'place' || bare === 'initial' || (!isKnown && (bare === 'person' || bare === 'firm'));

/**
 * Whether a text gives reason enough for a guess that moves what was spent; where it does not, a person has a look, however sure the
 * model is. `behind`: what is known of whoever pays back; null when nobody does, or training had the very text.
 */
function isPlain(category: string, { description, amount }: Payment, behind: Behind | null): boolean {
	// A name alone may be the landlord's.
	if (category === 'peer_transfer') return saysBetweenPeople(wordsIn(description));
	// "CHECK 1042": whom it was for it does not say.
	if (category === 'other_transfer' && amount < 0) return false;
	if (saysOnlyIncoming(description)) return category !== 'refund' && withoutRefund(description) !== null;
	if (!behind?.says || !refunds.includes(category)) return true;
	// Whose refund it is must be known: a shop's, the tax office's, or a friend's share.
	return behind.isKnown && behind.paid.category !== 'peer_transfer';
}
