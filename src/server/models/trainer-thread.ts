/** The worker thread that trains and measures models. It reads the lexicon and what it is handed, and nothing else. */
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { CategoryKey } from '#lib/categories.ts';
import { Corrections } from '#models/corrections.ts';
import { evaluate, type Metrics } from '#models/evaluate.ts';
import { examplesOf, readEntries, readHabits } from '#models/examples.ts';
import { circumstances, featureTexts } from '#models/features.ts';
import { rowOf } from '#models/held-out.ts';
import { basePath } from '#models/load.ts';
import { Model } from '#models/predict.ts';
import { heldOutParts, recipe } from '#models/recipe.ts';
import { partOf, splitByMerchant } from '#models/split.ts';
import { toText } from '#models/text.ts';
import { train, type Example, type ModelData } from '#models/train.ts';
import type { TrainerAnswer, TrainerRequest, Trained } from './trainer-messages.ts';

if (!parentPort) throw new Error('trainer-thread.ts runs as a worker thread');
const port = parentPort;
const say = (answer: TrainerAnswer, moved: ArrayBuffer[] = []) => port.postMessage(answer, moved);

const corrections = new Corrections();

port.on('message', (request: TrainerRequest) => {
	try {
		handle(request);
	} catch (error) {
		const bug = error instanceof Error ? error : new Error(String(error));
		say({ is: 'failed', message: bug.message, stack: bug.stack });
	}
});

function handle(request: TrainerRequest): void {
	switch (request.do) {
		case 'nextPerson':
			return corrections.nextPerson();
		case 'corrections':
			for (const row of request.rows) corrections.add(row);
			return say({ is: 'taken', wantsMore: corrections.wantsMore });
		case 'train': {
			const trained = trainAll(request.rivalTrial);
			return say({ is: 'trained', trained }, [
				trained.model.buffer as ArrayBuffer,
				trained.trial.buffer as ArrayBuffer
			]);
		}
		case 'evaluate': {
			const { seen, heldOut } = material();
			const trial = request.trial ? parsed(request.trial) : train(seen.base, recipe(lexicon));
			return say({ is: 'evaluated', metrics: measure(trial, heldOut) });
		}
	}
}

const lexicon = join(dirname(basePath()), 'lexicon');

/** The lexicon's examples and the corrections, parted by whether their merchants are held out; and the rows to measure on. */
function material() {
	const habits = readHabits(lexicon);
	const entries = readEntries(lexicon);
	const isHeldOut = (text: string) => partOf(text, heldOutParts) === 0;
	const examples = (held: boolean): Example[] =>
		entries
			.filter(({ text }) => isHeldOut(text) === held)
			.flatMap((entry) => examplesOf(entry, habits.get(entry.category)!));
	const split = splitByMerchant(corrections.examples, heldOutParts);
	return {
		seen: { base: examples(false), corrections: split.train },
		unseen: { base: examples(true), corrections: split.test },
		heldOut: [
			...entries.filter(({ text }) => isHeldOut(text)).map((entry) => rowOf(entry, habits)),
			...split.test
		]
	};
}

function trainAll(rivalTrial: Uint8Array | null): Trained {
	// Without corrections the trial is the base model's own.
	const isAlike = corrections.examples.length === 0;
	const trainings = rivalTrial || isAlike ? 2 : 3;
	const training = telling('training', [1, 1, ...Array<number>(trainings).fill(5)]);
	const { seen, unseen, heldOut } = material();
	training.next();
	const known = featuresOf([seen.base, unseen.base]);
	/** A feature is asked for once, while the texts are read; what the library makes of them then says nothing of how far it is. */
	const options = (keep: (feature: string) => boolean) => {
		training.next();
		let asked = 0;
		return {
			...recipe(lexicon),
			keep: (feature: string) => {
				training.tell((readingShare * Math.min(++asked, known.size)) / known.size);
				return keep(feature);
			}
		};
	};
	const isShared = (feature: string) => known.has(feature) || corrections.isShared(feature);
	const model = train(
		[...seen.base, ...unseen.base, ...seen.corrections, ...unseen.corrections],
		options(isShared)
	);
	const trial = train([...seen.base, ...seen.corrections], options(isShared));
	let rival: ModelData;
	if (rivalTrial) rival = parsed(rivalTrial);
	else if (isAlike) rival = trial;
	else
		rival = train(
			seen.base,
			options(() => true)
		);
	const evaluating = telling('evaluating', [1, 1]);
	const metrics = measure(trial, heldOut, evaluating.tell);
	evaluating.next();
	const rivalMetrics = measure(rival, heldOut, evaluating.tell);
	return {
		model: bytesOf(model),
		trial: bytesOf(trial),
		trainedOn: {
			base: seen.base.length + unseen.base.length,
			people: corrections.people,
			corrections: corrections.examples.length,
			leftOut: corrections.countPrivate(known)
		},
		metrics,
		rival: rivalMetrics
	};
}

/** Every feature there is in the examples, whose texts come many times with different amounts. */
function featuresOf(lists: readonly (readonly Example[])[]): Set<string> {
	const texts = new Set(lists.flatMap((examples) => examples.map(({ description }) => description)));
	const known = new Set<string>(circumstances.flat());
	for (const text of texts) for (const feature of featureTexts(text, 0, 'EUR')) known.add(feature);
	return known;
}

/** `tell` hears which share of the rows is done. */
function measure(
	data: ModelData,
	rows: readonly Example[],
	tell: (share: number) => void = () => undefined
): Metrics {
	const model = new Model<CategoryKey>(data);
	let done = 0;
	return evaluate((row) => {
		tell(++done / rows.length);
		return model.predict(row.description, row.amount, row.currency);
	}, rows);
}

/** Of a training, so much is reading the texts. */
const readingShare = 0.3;
const hundred = 100;

/**
 * Says how far a stage is, in hundredths of it, whenever there is one more. `weights`: how long its parts take beside each other;
 * `next` begins the next one, and `tell` hears which share of the part at hand is done.
 */
function telling(status: 'training' | 'evaluating', weights: readonly number[]) {
	const sum = weights.reduce((a, b) => a + b);
	let [part, before, told] = [0, 0, -1];
	const tell = (share: number) => {
		const done = Math.floor((hundred * (before + share * weights[part]!)) / sum);
		if (done <= told) return;
		told = done;
		say({ is: 'progress', status, done, total: hundred });
	};
	tell(0);
	const next = () => {
		before += weights[part++]!;
		tell(0);
	};
	return { tell, next };
}

const bytesOf = (model: ModelData): Uint8Array => new TextEncoder().encode(toText(model));
const parsed = (bytes: Uint8Array): ModelData => JSON.parse(new TextDecoder().decode(bytes)) as ModelData;
