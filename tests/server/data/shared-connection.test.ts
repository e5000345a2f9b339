import { expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { openTestDb } from '../../support/db.ts';

const { db } = await openTestDb();
const category = (id: string) => ({ id, group: 'test', sort: 0 });

test('a write outside a transaction survives the rollback of another one', async () => {
	const inside = Promise.withResolvers<void>();
	const finish = Promise.withResolvers<void>();
	const rolledBack = inTx(db, async (tx) => {
		await tx.category.create({ data: category('rolled-back') });
		inside.resolve();
		await finish.promise;
		throw new Error('changed my mind');
	});
	await inside.promise;
	const acknowledged = db.category.create({ data: category('acknowledged') });
	finish.resolve();
	await expect(rolledBack).rejects.toThrow('changed my mind');
	await acknowledged;
	expect(await db.category.findMany({ select: { id: true } })).toEqual([{ id: 'acknowledged' }]);
});

test('a reader sees committed rows only, and does not wait for the writer', async () => {
	const before = await db.category.count();
	const written = Promise.withResolvers<void>();
	const finish = Promise.withResolvers<void>();
	const writing = inTx(db, async (tx) => {
		await tx.category.create({ data: category('uncommitted') });
		expect(await tx.category.count()).toBe(before + 1);
		written.resolve();
		await finish.promise;
	});
	await written.promise;
	expect(await db.category.count()).toBe(before);
	finish.resolve();
	await writing;
	expect(await db.category.count()).toBe(before + 1);
});

test('all of many writers at once succeed', async () => {
	const names = Array.from({ length: 50 }, (_, i) => `writer-${i}`);
	await Promise.all(names.map((id) => inTx(db, (tx) => tx.category.create({ data: category(id) }))));
	expect(await db.category.count({ where: { id: { startsWith: 'writer-' } } })).toBe(50);
});
