/** The one place that decides a category: what the person has said before what the model thinks. */

import { OwnCounts, type OwnCount, type Predictor, type Said } from './own.ts';

export type Payment = {
	/** As the bank wrote it. */
	description: string;
	/** Minor units, outflow negative. */
	amount: number;
	currency: string;
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
};

/** Decides for one person, in one thread. `threshold`: predictions less sure than this are put up for review. */
export class Categoriser {
	readonly #model: Predictor;
	readonly #own: OwnCounts;
	readonly #threshold: number;

	constructor(model: Predictor, own: readonly OwnCount[], threshold: number) {
		this.#model = model;
		this.#own = new OwnCounts(own);
		this.#threshold = threshold;
	}

	decide({ description, amount, currency }: Payment): Decision {
		const { category, confidence, runnerUp, said } = this.#own.predict(
			this.#model,
			description,
			amount,
			currency
		);
		return {
			category,
			confidence: Math.round(confidence * 1000) / 1000,
			runnerUp,
			review: confidence < this.#threshold,
			said
		};
	}
}
