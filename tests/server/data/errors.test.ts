import { expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { isDuplicateKey, isUniqueViolation } from '#server/db/errors.ts';
import { openTestDb } from '../../support/db.ts';

const { db } = await openTestDb();
const user = (id: string, email: string) => ({ id, email, name: id, passwordHash: '' });
const failure = (work: Promise<unknown>) =>
	work.then(
		() => null,
		(error: unknown) => error
	);

await db.user.create({ data: user('ada', 'ada@example.org') });

test('a violated unique rule is told by table and columns, from a model call, raw SQL and a transaction alike', async () => {
	const errors = [
		await failure(db.user.create({ data: user('ben', 'ada@example.org') })),
		await failure(inTx(db, (tx) => tx.user.create({ data: user('ben', 'ada@example.org') }))),
		await failure(
			db.$executeRaw`INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ('ben', 'ada@example.org', '', '')`
		)
	];
	for (const error of errors) {
		expect(isUniqueViolation(error, 'User', ['email'])).toBe(true);
		expect(isUniqueViolation(error, 'User', ['name'])).toBe(false);
		expect(isUniqueViolation(error, 'Account', ['email'])).toBe(false);
		expect(isDuplicateKey(error, 'User')).toBe(false);
	}
});

test('a rule over several columns is told by all of them', async () => {
	await db.account.create({ data: { id: 'checking', userId: 'ada', name: 'Checking', currency: 'EUR' } });
	const booking = (id: string) => ({
		id,
		userId: 'ada',
		accountId: 'checking',
		date: '2026-01-01',
		amount: -1n,
		currency: 'EUR',
		description: '',
		merchant: '',
		merchantKey: '',
		search: '',
		fingerprint: 'f',
		occurrence: 1
	});
	await db.transaction.create({ data: booking('t1') });
	const error = await failure(db.transaction.create({ data: booking('t2') }));
	expect(isUniqueViolation(error, 'Transaction', ['accountId', 'fingerprint', 'occurrence'])).toBe(true);
	expect(isUniqueViolation(error, 'Transaction', ['accountId'])).toBe(false);
});

test('a duplicate primary key is told apart', async () => {
	const error = await failure(db.user.create({ data: user('ada', 'other@example.org') }));
	expect(isDuplicateKey(error, 'User')).toBe(true);
	expect(isDuplicateKey(error, 'Account')).toBe(false);
	expect(isUniqueViolation(error, 'User', ['email'])).toBe(false);
});

test('other errors are neither', async () => {
	const dangling = await failure(
		db.account.create({ data: { id: 'x', userId: 'nobody', name: '', currency: 'EUR' } })
	);
	for (const error of [dangling, new Error('x'), null]) {
		expect(isUniqueViolation(error, 'User', ['email'])).toBe(false);
		expect(isDuplicateKey(error, 'User')).toBe(false);
	}
});
