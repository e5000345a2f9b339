import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { claimDone, enqueue } from '#server/outbox.ts';
import type { Queue } from '#server/queue/queue.ts';
import type { Doorbells } from '#server/queue/workers.ts';
import { openTestDb } from '../../support/db.ts';
import { applyImport, effects, forgetImports, importing, promiseImports } from '../../support/imports.ts';
import { settingsWith, startTestQueue } from '../../support/queue.ts';

const { db, config } = await openTestDb();
beforeEach(() => forgetImports(db));

test('a job is run after the commit with the id of its outbox row, which goes when the work is done', async () => {
	const rung: unknown[] = [];
	const queue = await startTestQueue({
		db,
		config,
		doorbells: {
			'upload-purge': async (payload, { id, attempt }) => {
				rung.push({ payload, id, attempt });
				await inTx(db, async (tx) => expect(await claimDone(tx, id)).toBe(true));
			}
		}
	});
	const id = await inTx(db, (tx) => enqueue(tx, 'upload-purge', { uploadId: 'a' }));
	await queue.idle();
	expect(rung).toEqual([{ payload: { uploadId: 'a' }, id, attempt: 0 }]);
	expect(await db.outbox.count()).toBe(0);
});

test('a job promised by a transaction that is rolled back is never run', async () => {
	const queue = await startTestQueue({ db, config, doorbells: { 'import-run': importing(db) } });
	const promised = inTx(db, async (tx) => {
		await enqueue(tx, 'import-run', { uploadId: 'never' });
		throw new Error('changed my mind');
	});
	await expect(promised).rejects.toThrow('changed my mind');
	await queue.idle();
	expect(await effects(db)).toEqual({});
});

test('work that is promised for later waits until then, through a restart too, and keeps nobody from being idle', async () => {
	const rung: { uploadId: string; at: number }[] = [];
	const doorbells: Partial<Doorbells> = {
		'upload-purge': async ({ uploadId }, { id }) => {
			rung.push({ uploadId, at: Date.now() });
			await inTx(db, (tx) => claimDone(tx, id));
		}
	};
	const promise = (uploadId: string, inMs: number) =>
		inTx(db, async (tx) => {
			const dueAt = new Date(Date.now() + inMs);
			await enqueue(tx, 'upload-purge', { uploadId }, { dueAt });
			return dueAt;
		});
	const later = await promise('later', 3_600_000);
	const soon = await promise('soon', 3000);
	for (let round = 1; round <= 2; round++) {
		const queue = await startTestQueue({ db, config, doorbells });
		while ((await db.outbox.count()) > 1) await delay(50);
		await queue.idle();
		await queue.stop();
		expect(rung).toEqual([{ uploadId: 'soon', at: expect.any(Number) }]);
		expect(await db.outbox.findMany()).toMatchObject([{ dueAt: later, sentAt: expect.any(Date) }]);
	}
	expect(rung[0]!.at).toBeGreaterThanOrEqual(soon.getTime());
});

test('the queue comes up behind its start, and runs what was promised before', async () => {
	await promiseImports(db, 3);
	const queue = await startTestQueue({ db, config, doorbells: { 'import-run': importing(db) } });
	expect(queue.ready()).toBe(false);
	await queue.idle();
	expect(queue.ready()).toBe(true);
	expect(await effects(db)).toEqual({ 1: 3 });
});

// pg-boss tells its workers of new jobs only, and lets them sleep 30 s otherwise: both tests would run into their limit.
test('a job that fails is tried again soon', { timeout: 45_000 }, async () => {
	const attempts: number[] = [];
	const queue = await startTestQueue({
		db,
		config,
		settings: settingsWith({ retryDelay: 1, retryDelayMax: 1 }),
		doorbells: {
			'import-run': async ({ uploadId }, { id, attempt }) => {
				attempts.push(attempt);
				if (attempt < 3) throw new Error('not yet');
				await applyImport(db, id, uploadId);
			}
		}
	});
	await promiseImports(db, 1);
	await queue.idle();
	expect(attempts).toEqual([0, 1, 2, 3]);
});

test('a backlog of 300 is worked off at once', { timeout: 45_000 }, async () => {
	await promiseImports(db, 300);
	const queue = await startTestQueue({ db, config, doorbells: { 'import-run': importing(db) } });
	await queue.idle();
	expect(await effects(db)).toEqual({ 1: 300 });
});

test('people whose webhooks hang keep nobody else waiting, nor anybody’s mails', async () => {
	const hanging = ['ana', 'cleo', 'dora', 'eve', 'finn', 'gus'];
	const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
	const running = new Map<string, number>();
	const most = new Map<string, number>();
	const done: string[] = [];
	const queue = await startTestQueue({
		db,
		config,
		doorbells: {
			'webhook-send': async ({ userId }, { id }) => {
				running.set(userId, (running.get(userId) ?? 0) + 1);
				most.set(userId, Math.max(most.get(userId) ?? 0, running.get(userId)!));
				if (hanging.includes(userId)) await answered;
				running.set(userId, running.get(userId)! - 1);
				done.push(userId);
				await inTx(db, (tx) => claimDone(tx, id));
			},
			'alert-mail': async ({ userId }, { id }) => {
				done.push(`mail to ${userId}`);
				await inTx(db, (tx) => claimDone(tx, id));
			}
		}
	});
	const promise = (name: 'webhook-send' | 'alert-mail', userId: string) =>
		inTx(db, (tx) => enqueue(tx, name, { userId, deliveryId: 'none', dueAt: 'now' }));
	const each = (count: number): boolean => hanging.every((who) => running.get(who) === count);
	for (const who of hanging) for (let n = 0; n < 4; n++) await promise('webhook-send', who);
	while (!each(2)) await delay(20);
	for (let n = 0; n < 4; n++) await promise('webhook-send', 'ben');
	await promise('alert-mail', 'ana');
	while (done.length < 5) await delay(20);
	expect(done.toSorted()).toEqual([...Array(4).fill('ben'), 'mail to ana']);
	expect(each(2)).toBe(true);
	answer();
	await queue.idle();
	expect(done).toHaveLength(4 * hanging.length + 5);
	expect(Math.max(...most.values())).toBe(2);
});

test('handing a job over again does not run it again', async () => {
	let rung = 0;
	const begun = Promise.withResolvers<void>();
	const finish = Promise.withResolvers<void>();
	const queue = await startTestQueue({
		db,
		config,
		doorbells: {
			'import-run': async (payload, job) => {
				rung++;
				begun.resolve();
				await finish.promise;
				await importing(db)(payload, job);
			}
		}
	});
	await promiseImports(db, 1);
	await begun.promise;
	await db.outbox.updateMany({ data: { sentAt: null } });
	queue.kick();
	while ((await db.outbox.count({ where: { sentAt: null } })) > 0) await delay(10);
	finish.resolve();
	await queue.idle();
	expect(rung).toBe(1);
	expect(await effects(db)).toEqual({ 1: 1 });
});

test('a handler that finds nothing to do needs not say so', async () => {
	const queue = await startTestQueue({ db, config });
	await promiseImports(db, 1);
	await queue.idle();
	expect(await db.outbox.count()).toBe(0);
});

test('an attempt that was given up changes nothing when it ends after all', async () => {
	const attempts: { attempt: number; applied: boolean; aborted: boolean }[] = [];
	const secondEnded = Promise.withResolvers<void>();
	const firstEnded = Promise.withResolvers<void>();
	const queue = await startTestQueue({
		db,
		config,
		settings: settingsWith({ expire: 1, retryDelay: 1, retryDelayMax: 1, concurrency: 2 }),
		doorbells: {
			'import-run': async ({ uploadId }, { id, attempt, signal }) => {
				if (attempt === 0) await secondEnded.promise;
				const applied = await applyImport(db, id, uploadId);
				attempts.push({ attempt, applied, aborted: signal.aborted });
				(attempt === 0 ? firstEnded : secondEnded).resolve();
			}
		}
	});
	await promiseImports(db, 1);
	await firstEnded.promise;
	await queue.idle();
	expect(attempts).toEqual([
		{ attempt: 1, applied: true, aborted: false },
		{ attempt: 0, applied: false, aborted: true }
	]);
	expect(await effects(db)).toEqual({ 1: 1 });
});

test(
	'an attempt that was given up and finds nothing to do leaves the job to the next one',
	{ timeout: 30_000 },
	async () => {
		const secondBegun = Promise.withResolvers<void>();
		const firstEnded = Promise.withResolvers<void>();
		const queue = await startTestQueue({
			db,
			config,
			settings: settingsWith({ expire: 2, retryDelay: 1, retryDelayMax: 1, concurrency: 2 }),
			doorbells: {
				'import-run': async ({ uploadId }, { id, attempt }) => {
					if (attempt === 0) {
						await secondBegun.promise;
						void delay(300).then(firstEnded.resolve);
						return;
					}
					secondBegun.resolve();
					await firstEnded.promise;
					expect(await applyImport(db, id, uploadId)).toBe(true);
				}
			}
		});
		await promiseImports(db, 1);
		await queue.idle();
		expect(await effects(db)).toEqual({ 1: 1 });
	}
);

test('a job that fails for good is told to its owner once, is listed, and can be run again', async () => {
	let works = false;
	const told: unknown[] = [];
	const queue = await startTestQueue({
		db,
		config,
		settings: settingsWith({ retryLimit: 1, retryDelay: 1, retryDelayMax: 1 }),
		doorbells: {
			'upload-purge': async () => {
				if (!works) throw new Error('disk on fire');
			}
		},
		onDead: {
			'upload-purge': async (tx, payload, error) => {
				told.push({ payload, error });
				await tx.category.create({ data: { id: 'dead', group: 'dead', sort: 0 } });
			}
		}
	});
	await inTx(db, (tx) => enqueue(tx, 'upload-purge', { uploadId: 'u' }));
	await queue.idle();
	expect(told).toEqual([{ payload: { uploadId: 'u' }, error: 'disk on fire' }]);
	expect(await db.category.count({ where: { id: 'dead' } })).toBe(1);

	const [letter, ...others] = await queue.listDead();
	expect(others).toEqual([]);
	expect(letter).toMatchObject({
		queue: 'upload-purge',
		payload: { uploadId: 'u' },
		error: 'disk on fire',
		attempts: 2
	});

	works = true;
	expect(await queue.redrive(letter!.id)).toBe(true);
	await queue.idle();
	expect(await queue.listDead()).toEqual([]);
	expect(await queue.redrive(letter!.id)).toBe(false);
	expect(told).toHaveLength(1);
});

test('a job whose effects were applied is not told as failed, even if every attempt failed afterwards', async () => {
	const told: string[] = [];
	const queue = await startTestQueue({
		db,
		config,
		settings: settingsWith({ retryLimit: 0 }),
		doorbells: {
			'import-run': async (payload, job) => {
				await importing(db)(payload, job);
				throw new Error('after the fact');
			},
			'upload-purge': async () => {
				throw new Error('before it');
			}
		},
		onDead: {
			'import-run': async () => void told.push('import-run'),
			'upload-purge': async () => void told.push('upload-purge')
		}
	});
	await promiseImports(db, 1);
	while ((await listed(queue)) === 0) await delay(20);
	// Dead letters are seen to in turn: once the second has been, the first has been too.
	await inTx(db, (tx) => enqueue(tx, 'upload-purge', { uploadId: 'u' }));
	await queue.idle();
	expect(told).toEqual(['upload-purge']);
	expect(await effects(db)).toEqual({ 1: 1 });
});

async function listed(queue: Queue): Promise<number> {
	return queue.ready()
		? (await queue.listDead()).filter(({ error }) => error === 'after the fact').length
		: 0;
}

test('a queue that only hands over leaves the work to others', async () => {
	const web = await startTestQueue({ db, config, work: false, doorbells: { 'import-run': importing(db) } });
	await promiseImports(db, 2);
	while ((await db.outbox.count({ where: { sentAt: null } })) > 0) await delay(10);
	await web.stop();
	expect(await effects(db)).toEqual({ 0: 2 });
	const worker = await startTestQueue({ db, config, doorbells: { 'import-run': importing(db) } });
	await worker.idle();
	expect(await effects(db)).toEqual({ 1: 2 });
});
