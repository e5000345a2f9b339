import type { App } from '../app.ts';
import { activeRules } from './find.ts';
import { scan } from './scan.ts';
import { splitTransaction } from './splits.ts';

/**
 * Makes the expenses that rules want of an import's transactions. Cut short and done again, by this process or another, each is
 * made once. Returns how many were made.
 */
export async function splitImported(
	app: Pick<App, 'db' | 'live'>,
	userId: string,
	uploadId: string
): Promise<number> {
	const rules = await activeRules(app.db, userId);
	if (!rules.some(({ actions }) => actions.split)) return 0;
	let made = 0;
	for await (const { row, split } of scan(app.db, userId, { rules, uploadId })) {
		if (split && (await splitTransaction(app, userId, row.id, split))) made++;
	}
	return made;
}
