import { baseModel } from '#lib/models.ts';
import type { Metrics } from '#models/evaluate.ts';
import type { App } from '../app.ts';
import { notFound } from '../errors.ts';
import { Semaphore } from '../semaphore.ts';
import { gatherCorrections } from './gather.ts';
import { Trainer } from './trainer.ts';

/** Each takes a thread and the memory of one. */
const turns = new Semaphore(1);

/**
 * Measures a version anew, on the merchants held out of today's lexicon and of what people who agree have chosen by now. The
 * figures are told and not kept. Errors: NOT_FOUND, INVALID (`model_broken`), TOO_LARGE (`training_too_large`).
 */
export async function evaluateModel(
	{ db, models }: Pick<App, 'db' | 'models'>,
	id: string
): Promise<Metrics> {
	if (id !== baseModel && !(await db.modelVersion.count({ where: { id, status: 'ready' } })))
		throw notFound();
	const trial = await models.trial(id);
	return turns.run(async () => {
		const trainer = new Trainer();
		try {
			await gatherCorrections(db, trainer, () => Promise.resolve());
			return await trainer.evaluate(trial);
		} finally {
			await trainer.end();
		}
	});
}
