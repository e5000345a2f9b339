/** The one place that decides a category: what the person has said before what the model thinks. */

import { OwnCounts, type Mixed, type OwnCount, type Predictor, type Said } from './own.ts';
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
		const paid = payment.amount > 0 ? this.#paymentBehind(payment, thought) : null;
		const { category, confidence, runnerUp, said } = paid ?? thought;
		// A refund lowers what was spent, and this may be anybody's money.
		const isDoubtful = !paid && !said && category === 'refund' && saysOnlyIncoming(payment.description);
		return {
			category,
			confidence: Math.round(confidence * 1000) / 1000,
			runnerUp,
			review: isDoubtful || confidence < this.#threshold,
			said,
			refund: paid !== null
		};
	}

	#predict({ description, amount, currency, payee }: Payment): Mixed {
		return this.#own.predict(this.#model, description, amount, currency, payee);
	}

	/** What a payment that this money gives back would be; null when it gives none back. */
	#paymentBehind({ payee, ...payment }: Payment, incoming: Mixed): Mixed | null {
		if (incoming.said) return null;
		const rest = withoutRefund(payment.description);
		const paid = this.#predict({
			...{ ...payment, amount: -payment.amount },
			...(rest !== null ? { description: rest } : payee !== undefined && { payee })
		});
		const isKnown = paid.said !== null || this.#model.familiar;
		return isRefund(incoming, paid, { says: rest !== null, isKnown }) ? paid : null;
	}
}
