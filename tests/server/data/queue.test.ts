import { expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { claimDone, enqueue } from '#server/outbox.ts';
import { openTestDb } from '../../support/db.ts';
import { keptLog, settingsWith, startTestQueue } from '../../support/queue.ts';

const { db, config } = await openTestDb();
const promise = (uploadId: string) => inTx(db, (tx) => enqueue(tx, 'import-run', { uploadId }));

test('a job is run after the commit, with the id of its outbox row, and the row goes when it is done', async () => {
	const rung: unknown[] = [];
	const queue = await startTestQueue({
		db,
		config,
		doorbells: {
			'import-run': async (payload, { id, attempt }) => {
				rung.push({ payload, id, attempt });
				await inTx(db, async (tx) => expect(await claimDone(tx, id)).toBe(true));
			}
		}
	});
	const id = await promise('a');
	await queue.idle();
	expect(rung).toEqual([{ payload: { uploadId: 'a' }, id, attempt: 0 }]);
	expect(await db.outbox.count()).toBe(0);
});
