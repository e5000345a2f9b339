import { expect, test } from 'vitest';
import { dialectOf, sql } from '#server/db/client.ts';
import { selectRows } from '#server/db/bulk.ts';
import { openTestDb } from '../../support/db.ts';

const { db } = await openTestDb();
await db.user.create({ data: { id: 'ada', email: 'ada@example.org', name: 'Ada', passwordHash: '' } });

test('rows handed over as JSON arrive as what they were', async () => {
	const columns = {
		id: 'text',
		userId: 'text',
		filename: 'text',
		size: 'integer',
		sha256: 'text',
		status: '"UploadStatus"',
		wantPreview: 'boolean',
		mapping: 'jsonb',
		runId: 'text',
		createdAt: 'timestamp'
	};
	const names = sql([
		Object.keys(columns)
			.map((name) => `"${name}"`)
			.join(', ')
	]);
	const rows = [
		[
			'u1',
			'ada',
			`O'Hara "x" ünï 🐈`,
			12,
			'',
			'done',
			true,
			{ b: 1, a: ['x', null] },
			'r',
			'2026-01-02T03:04:05.678+00:00'
		],
		['u2', 'ada', '', -3, '', 'queued', false, null, null, '2026-01-02T03:04:05.000+00:00']
	];
	const inserted =
		await db.$executeRaw`INSERT INTO "Upload" (${names}) ${selectRows(dialectOf(db), columns, rows)}`;
	expect(inserted).toBe(2);
	expect(await db.upload.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
		{
			id: 'u1',
			filename: `O'Hara "x" ünï 🐈`,
			size: 12,
			status: 'done',
			wantPreview: true,
			runId: 'r',
			mapping: { a: ['x', null], b: 1 },
			createdAt: new Date('2026-01-02T03:04:05.678Z')
		},
		{ id: 'u2', filename: '', size: -3, status: 'queued', wantPreview: false, runId: null, mapping: null }
	]);
});

test('money keeps its exact value up to 2^53, and an ON CONFLICT clause may follow', async () => {
	await db.account.create({ data: { id: 'checking', userId: 'ada', name: 'Checking', currency: 'EUR' } });
	const columns = {
		id: 'text',
		userId: 'text',
		accountId: 'text',
		date: 'text',
		amount: 'bigint',
		currency: 'text',
		description: 'text',
		merchant: 'text',
		merchantKey: 'text',
		search: 'text',
		fingerprint: 'text',
		occurrence: 'integer',
		confidence: 'double precision'
	};
	const names = sql([
		Object.keys(columns)
			.map((name) => `"${name}"`)
			.join(', ')
	]);
	const row = (id: string, amount: number, fingerprint: string) => [
		id,
		'ada',
		'checking',
		'2026-01-01',
		amount,
		'EUR',
		'',
		'',
		'',
		'',
		fingerprint,
		1,
		0.125
	];
	const insert = (rows: unknown[][]) =>
		db.$executeRaw`INSERT INTO "Transaction" (${names}) ${selectRows(dialectOf(db), columns, rows)} ON CONFLICT DO NOTHING`;
	expect(
		await insert([row('a', Number.MAX_SAFE_INTEGER, 'x'), row('b', -Number.MAX_SAFE_INTEGER, 'y')])
	).toBe(2);
	expect(await insert([row('c', 1, 'x'), row('d', 2, 'z')])).toBe(1);
	const found = await db.transaction.findMany({
		orderBy: { id: 'asc' },
		select: { id: true, amount: true, confidence: true }
	});
	expect(found).toEqual([
		{ id: 'a', amount: BigInt(Number.MAX_SAFE_INTEGER), confidence: 0.125 },
		{ id: 'b', amount: -BigInt(Number.MAX_SAFE_INTEGER), confidence: 0.125 },
		{ id: 'd', amount: 2n, confidence: 0.125 }
	]);
});
