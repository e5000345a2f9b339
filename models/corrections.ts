/**
 * What may be learnt for everybody from what people have chosen for themselves. A model shows its words to whoever asks why,
 * so a feature is learnt only when the lexicon has it or at least two people do: a name that one person alone pays to stays
 * theirs.
 */

import { featureTexts } from './features.ts';
import type { Example } from './train.ts';

/** Somebody's favourite shop counts no more than a few visits do, and nobody drowns out the others. */
const mostPerMerchant = 10;
const mostPerPerson = 10_000;
const most = 100_000;
/** Words and pieces of a person's choices, and different ones of all people's: payments have a dozen or two, junk has hundreds. */
const mostFeaturesPerPerson = 400_000;
const mostFeatures = 1_000_000;

/** A choice of a person: `merchantKey` as in #lib/merchant.ts. */
export type Correction = Example & { merchantKey: string };

/** Two people or more have the feature, and so others may meet it; the index of the person otherwise. */
const several = -1;

export class Corrections {
	readonly examples: Example[] = [];
	/** People with at least one example. */
	people = 0;
	#person = -1;
	#ofPerson = 0;
	#featuresOfPerson = 0;
	#ofMerchant = new Map<string, number>();
	readonly #owners = new Map<string, number>();

	/** Whatever is added from here on is somebody else's than before. */
	nextPerson(): void {
		this.#person++;
		this.#ofPerson = 0;
		this.#featuresOfPerson = 0;
		this.#ofMerchant = new Map();
	}

	/** True while more of the present person's would be used. */
	get wantsMore(): boolean {
		return (
			this.#ofPerson < mostPerPerson &&
			this.#featuresOfPerson < mostFeaturesPerPerson &&
			this.examples.length < most &&
			this.#owners.size < mostFeatures
		);
	}

	/** Adds a choice of the present person, unless there is enough of it; hand over the newest first. */
	add({ merchantKey, ...example }: Correction): void {
		const count = this.#ofMerchant.get(merchantKey) ?? 0;
		if (!this.wantsMore || count >= mostPerMerchant) return;
		this.#ofMerchant.set(merchantKey, count + 1);
		if (this.#ofPerson++ === 0) this.people++;
		this.examples.push(example);
		for (const feature of featureTexts(example.description, example.amount, example.currency)) {
			const owner = this.#owners.get(feature);
			this.#featuresOfPerson++;
			if (owner === undefined) this.#owners.set(feature, this.#person);
			else if (owner !== this.#person) this.#owners.set(feature, several);
		}
	}

	/** Whether a feature of these is shared by enough people. */
	isShared(feature: string): boolean {
		return this.#owners.get(feature) === several;
	}

	/** How many features are neither in `known` nor shared. */
	countPrivate(known: ReadonlySet<string>): number {
		let count = 0;
		for (const [feature, owner] of this.#owners) if (owner !== several && !known.has(feature)) count++;
		return count;
	}
}
