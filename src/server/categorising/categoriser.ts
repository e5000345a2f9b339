import { Categoriser } from '#models/categorise.ts';
import { loadBase, reviewThreshold } from '#models/load.ts';
import type { Db, Tx } from '../db/client.ts';
import { ownCounts } from './own-counts.ts';

let model: ReturnType<typeof loadBase> | undefined;

/** The model in use, for predictions outside of an import; read when it is first needed. */
export const modelInUse = (): ReturnType<typeof loadBase> => (model ??= loadBase());

/** What decides a category for one person now. */
export const categoriserFor = async (db: Db | Tx, userId: string): Promise<Categoriser> =>
	new Categoriser(modelInUse(), await ownCounts(db, userId), reviewThreshold);
