/** The worker thread that trains and measures models. It reads the lexicon and what it is handed, and nothing else. */
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { CategoryKey } from '#lib/categories.ts';
import { Corrections } from '#models/corrections.ts';
import { evaluate, type Metrics } from '#models/evaluate.ts';
import { examplesOf, readEntries, readHabits } from '#models/examples.ts';
import { featureTexts } from '#models/features.ts';
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
	const total = rivalTrial ? 2 : 3;
	let done = 0;
	const step = () => say({ is: 'progress', status: 'training', done: done++, total });
	step();
	const { seen, unseen, heldOut } = material();
	const known = featuresOf([seen.base, unseen.base]);
	const options = {
		...recipe(lexicon),
		keep: (feature: string) => known.has(feature) || corrections.isShared(feature)
	};
	const model = train([...seen.base, ...unseen.base, ...seen.corrections, ...unseen.corrections], options);
	step();
	const trial = train([...seen.base, ...seen.corrections], options);
	let rival: ModelData;
	if (rivalTrial) rival = parsed(rivalTrial);
	else {
		step();
		rival = train(seen.base, recipe(lexicon));
	}
	say({ is: 'progress', status: 'evaluating', done: 0, total: 2 });
	const metrics = measure(trial, heldOut);
	say({ is: 'progress', status: 'evaluating', done: 1, total: 2 });
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
		rival: measure(rival, heldOut)
	};
}

function featuresOf(lists: readonly (readonly Example[])[]): Set<string> {
	const known = new Set<string>();
	for (const examples of lists) {
		for (const { description, amount, currency } of examples) {
			for (const feature of featureTexts(description, amount, currency)) known.add(feature);
		}
	}
	return known;
}

function measure(data: ModelData, rows: readonly Example[]): Metrics {
	const model = new Model<CategoryKey>(data);
	return evaluate((row) => model.predict(row.description, row.amount, row.currency), rows);
}

const bytesOf = (model: ModelData): Uint8Array => new TextEncoder().encode(toText(model));
const parsed = (bytes: Uint8Array): ModelData => JSON.parse(new TextDecoder().decode(bytes)) as ModelData;
