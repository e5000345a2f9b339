import { beforeAll, expect, test } from 'vitest';
import { afterCommit, dialectOf, inTx } from '#server/db/client.ts';
import { dialect, openTestDb } from '../../support/db.ts';

const { db } = await openTestDb();
const category = (id: string) => ({ id, group: 'test', sort: 0 });

beforeAll(async () => {
	await db.$executeRaw`CREATE TABLE "Parent" (id INTEGER PRIMARY KEY)`;
	await db.$executeRaw`CREATE TABLE "Child" (parent INTEGER REFERENCES "Parent" (id) DEFERRABLE INITIALLY DEFERRED)`;
});

test('a COMMIT that fails is undone, and what comes after it is kept', async () => {
	const dangling = inTx(db, async (tx) => {
		await tx.category.create({ data: category('failed-commit') });
		await tx.$executeRaw`INSERT INTO "Child" VALUES (404)`; // refused only at COMMIT
	});
	await expect(dangling).rejects.toThrow();
	await db.category.create({ data: category('plain-write') });
	await inTx(db, (tx) => tx.category.create({ data: category('next-transaction') }));
	await inTx(db, (tx) => tx.category.create({ data: category('the-one-after') }));
	const ids = (await db.category.findMany({ select: { id: true } })).map(({ id }) => id);
	expect(ids.sort()).toEqual(['next-transaction', 'plain-write', 'the-one-after']);
});

test('a query through db inside a transaction is refused, reads included, and the transaction is rolled back', async () => {
	const mixed = (query: () => Promise<unknown>) =>
		inTx(db, async (tx) => {
			await tx.category.create({ data: category('mixed') });
			await query();
		});
	await expect(mixed(() => db.category.create({ data: category('outside') }))).rejects.toThrow('use tx');
	await expect(mixed(() => db.category.count())).rejects.toThrow('use tx');
	await expect(mixed(() => inTx(db, (tx) => tx.category.count()))).rejects.toThrow('use tx');
	expect(await db.category.count({ where: { id: { in: ['mixed', 'outside'] } } })).toBe(0);
});

test('what a transaction started may use db once the transaction has ended', async () => {
	const ended = Promise.withResolvers<void>();
	const later = await inTx(db, async () => ({ count: ended.promise.then(() => db.category.count()) }));
	ended.resolve();
	expect(await later.count).toBeGreaterThanOrEqual(0);
});

test('afterCommit runs after the commit and not after a rollback', async () => {
	const seen: string[] = [];
	await inTx(db, async (tx) => {
		afterCommit(tx, () => seen.push('committed'));
		expect(seen).toEqual([]);
	});
	await inTx(db, async (tx) => {
		afterCommit(tx, () => seen.push('rolled back'));
		throw new Error('no');
	}).catch(() => {});
	expect(seen).toEqual(['committed']);
});

test('both a client and a transaction know their database', async () => {
	expect(dialectOf(db)).toBe(dialect);
	expect(await inTx(db, async (tx) => dialectOf(tx))).toBe(dialect);
});

test('bumping a revision first makes fifty read-then-write transactions lose no update', async () => {
	await db.category.create({ data: category('counter') });
	const add = () =>
		inTx(db, async (tx) => {
			await tx.category.update({ where: { id: 'counter' }, data: { group: 'locked' } });
			const { sort } = await tx.category.findUniqueOrThrow({ where: { id: 'counter' } });
			await tx.category.update({ where: { id: 'counter' }, data: { sort: sort + 1 } });
		});
	await Promise.all(Array.from({ length: 50 }, add));
	expect(await db.category.findUnique({ where: { id: 'counter' } })).toMatchObject({ sort: 50 });
});

// Prisma gathers the `findUnique`s of a moment and sends them together, from wherever the first one came.
test('a lookup beside a transaction is not taken for one inside it', async () => {
	await db.category.create({ data: category('beside') });
	const moment = Promise.withResolvers<void>();
	const lookUp = async (client: Pick<typeof db, 'category'>) => {
		await moment.promise;
		return client.category.findUnique({ where: { id: 'beside' } });
	};
	const open = Promise.withResolvers<void>();
	const inside = inTx(db, (tx) => {
		open.resolve();
		return lookUp(tx);
	});
	await open.promise;
	const beside = lookUp(db);
	moment.resolve();
	expect(await Promise.all([inside, beside])).toMatchObject([{ id: 'beside' }, { id: 'beside' }]);
});
