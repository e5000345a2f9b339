/** What a training and its thread say to each other. */
import type { TrainedOn } from '#lib/models.ts';
import type { Correction } from '#models/corrections.ts';
import type { Metrics } from '#models/evaluate.ts';

export type TrainerRequest =
	| { do: 'nextPerson' }
	/** Choices of that person, newest first. Answered with `taken`. */
	| { do: 'corrections'; rows: Correction[] }
	/**
	 * Everything has been handed over. `rivalTrial` is the trial of the model to compare with; null: that is the base model, whose
	 * trial is made here.
	 */
	| { do: 'train'; rivalTrial: Uint8Array | null }
	/** Measures a trial (null: the base model's) on the held-out rows, and trains nothing else. */
	| { do: 'evaluate'; trial: Uint8Array | null };

/**
 * A model twice: trained on everything, and as its `trial` on all but the merchants that are held out to measure on. Both are
 * the text of a model file.
 */
export type Trained = {
	model: Uint8Array;
	trial: Uint8Array;
	trainedOn: TrainedOn;
	metrics: Metrics;
	rival: Metrics;
};

export type TrainerAnswer =
	| { is: 'taken'; wantsMore: boolean }
	| { is: 'progress'; status: 'training' | 'evaluating'; done: number; total: number }
	| { is: 'trained'; trained: Trained }
	| { is: 'evaluated'; metrics: Metrics }
	/** A bug. */
	| { is: 'failed'; message: string; stack: string | undefined };
