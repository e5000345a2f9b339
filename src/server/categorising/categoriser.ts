import { reviewThreshold } from '#lib/models.ts';
import { Categoriser } from '#models/categorise.ts';
import type { Model } from '#models/predict.ts';
import type { Db, Tx } from '../db/client.ts';
import { ownCounts } from './own-counts.ts';

/** What decides a category for one person now; `model` is the active one. */
export const categoriserFor = async (db: Db | Tx, userId: string, model: Model): Promise<Categoriser> =>
	new Categoriser(model, await ownCounts(db, userId), reviewThreshold);
