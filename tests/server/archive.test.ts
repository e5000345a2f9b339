/** Everything of one person in one file: all of it, of one moment, and nothing of anybody else. */
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { admit, type Access } from '#server/auth/access.ts';
import { identify } from '#server/auth/identify.ts';
import { exportAccess } from '#server/exports/asked.ts';
import { whileAdmitted } from '#server/exports/while-admitted.ts';
import { findMembership } from '#server/groups/membership.ts';
import { deleteReceipt } from '#server/receipts/files.ts';
import { putReceipt } from '#server/receipts/put.ts';
import { everythingOf, makeHousehold, type Household } from '../support/access/household.ts';
import { startTestApp } from '../support/app.ts';
import { askExport, exported } from '../support/exports.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';

const quits = await startTestApp();
const { app } = quits;
const { db } = app;
const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const gif = new TextEncoder().encode('GIF89a the bill');
const secrets = ['hash of a password', 'seed of codes', 'hash of a recovery code', 'hash of a device'];

let hers: Household;
let his: Household;
/** Of both. */
let flat: TestGroup;
/** In the flat: hers with a receipt, and his, tied to a transaction of his. */
let dinner: string;
let taxi: string;

type Line = Record<string, unknown>;
type Archive = {
	names: string[];
	text: string;
	lines: (file: string) => Line[];
	manifest: Manifest;
	raw: Files;
};
type Files = Record<string, Uint8Array>;
type Manifest = {
	format: number;
	person: unknown;
	files: { file: string; lines: number }[];
	receipts: { files: number; missing: string[] };
};

function opened(bytes: Buffer): Archive {
	const raw = unzipSync(bytes);
	const textOf = (name: string): string => strFromU8(raw[name]!);
	return {
		names: Object.keys(raw),
		raw,
		text: Object.keys(raw).map(textOf).join('\n'),
		lines: (file) =>
			textOf(`${file}.jsonl`)
				.split('\n')
				.slice(0, -1)
				.map((line) => JSON.parse(line) as Line),
		manifest: JSON.parse(textOf('manifest.json')) as Manifest
	};
}

const archiveOf = async (person: Person): Promise<Archive> =>
	opened(await exported(db, person, 'everything.zip'));

const idsIn = (text: string): Set<string> =>
	new Set(text.match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g) ?? []);

/** What the API lets a person do with somebody else's things is not asked here; these are put in as they lie in the database. */
async function addSecrets({ id: userId }: Person): Promise<void> {
	await db.user.update({ where: { id: userId }, data: { passwordHash: `${secrets[0]} ${userId}` } });
	await db.authenticator.create({
		data: {
			userId,
			secret: `${secrets[1]} ${userId}`,
			pending: `${secrets[1]} ${userId}`,
			enabledAt: new Date()
		}
	});
	await db.recoveryCode.create({ data: { id: userId, userId, codeHash: `${secrets[2]} ${userId}` } });
	await db.device.create({ data: { userId, keyHash: `${secrets[3]} ${userId}`, lastSeenAt: new Date() } });
}

beforeAll(async () => {
	hers = await makeHousehold(quits, ana);
	his = await makeHousehold(quits, ben);
	flat = await makeGroup(app, [ana, ben], { guests: ['Dora'] });
	dinner = (await ana.api.expenses.create.mutate(flat.expense({ description: '../../etc/passwd' }))).id;
	const [ride] = await transactionsOf(ben, { q: 'tram' });
	const payers = [{ memberId: flat.member('Ben'), amount: 3000 }];
	const { id: transactionId } = ride!;
	taxi = (await ben.api.expenses.create.mutate(flat.expense({ payers, transactionId, description: 'Taxi' })))
		.id;
	await putReceipt(app, await findMembership(db, ana.id, flat.id), dinner, gif);
	await ben.api.expenses.comment.mutate({ id: dinner, text: 'Was it that much?' });
	const settlement = { groupId: flat.id, from: flat.member('Ben'), to: flat.member('Ana'), currency: 'EUR' };
	const [paid] = await transactionsOf(ben, { q: 'cinema' });
	await ben.api.settlements.create.mutate({ ...settlement, amount: 1500, transactionId: paid!.id });
	const odd = { name: '..\\..\\"evil\n.csv', bytes: new TextEncoder().encode('no statement') };
	expect((await importStatement(ana, odd)).status).toBe('failed');
	for (const person of [ana, ben]) await addSecrets(person);
});

test('all that is hers is in it, every line parses, and the manifest counts them', async () => {
	const { lines, manifest, text, names } = await archiveOf(ana);
	expect(manifest).toMatchObject({
		quits: 'everything',
		format: 1,
		person: { id: ana.id, name: 'Ana', email: hers.email },
		receipts: { files: 1, missing: [] }
	});
	const counted = manifest.files.map(({ file }) => [file, lines(file.replace('.jsonl', '')).length]);
	expect(counted).toEqual(manifest.files.map(({ file, lines: count }) => [file, count]));
	const empty = manifest.files.filter(({ lines: count }) => count === 0).map(({ file }) => file);
	expect(empty).toEqual([
		...['invitations.jsonl', 'transfers.jsonl', 'not-transfers.jsonl', 'learned-categories.jsonl'],
		...['alert-settings.jsonl', 'monthly-report.jsonl', 'mails.jsonl', 'delivery-attempts.jsonl']
	]);
	expect(names).toEqual([
		'README.txt',
		...manifest.files.map(({ file }) => file),
		`receipts/${dinner}.gif`,
		'manifest.json'
	]);

	const { ruleRuns, recoveryCodes, groupInvites, exports: _, ...rest } = await everythingOf(quits, ana.id);
	const [there, leftOut] = [idsIn(text), idsIn(`${ruleRuns}${recoveryCodes}${groupInvites}`)];
	const others = (await db.member.findMany({ where: { userId: { not: null } } })).map(
		({ userId }) => userId!
	);
	const [ride, paid] = await Promise.all([
		db.expense.findUniqueOrThrow({ where: { id: taxi } }),
		db.settlement.findFirstOrThrow({ where: { groupId: flat.id } })
	]);
	const notHers = [...others, ride.transactionId, paid.fromTransactionId].filter((id) => id !== ana.id);
	const missing = [...idsIn(Object.values(rest).join('\n'))].filter(
		(id) => !there.has(id) && !leftOut.has(id)
	);
	// Attempts are numbered, too.
	const runs = (await db.upload.findMany({ where: { userId: ana.id } })).map(({ runId }) => runId);
	expect(missing.filter((id) => !notHers.includes(id) && !runs.includes(id))).toEqual([]);
	expect(lines('transactions')).toHaveLength(await db.transaction.count({ where: { userId: ana.id } }));
	expect(lines('shares')).toHaveLength(
		await db.expensePart.count({ where: { groupId: { in: await herGroups() } } })
	);
});

const herGroups = async (): Promise<string[]> =>
	(await db.member.findMany({ where: { userId: ana.id } })).map(({ groupId }) => groupId);

test('what is in it says what the pages say, and its ids lead to each other', async () => {
	const { lines } = await archiveOf(ana);
	const [shown] = await transactionsOf(ana);
	const { id, date, amount, currency, merchant, description, categoryId, accountId, note } = shown!;
	expect(lines('transactions').find((line) => line['id'] === id)).toMatchObject({
		...{ id, date, amount, currency, merchant, description, categoryId, accountId, note, uploadId: hers.done }
	});
	const expense = lines('expenses').find((line) => line['id'] === dinner)!;
	expect(expense).toMatchObject({
		amount: 3000,
		receipt: `receipts/${dinner}.gif`,
		split: { mode: 'equal' }
	});
	expect(expense['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
	expect(lines('categories').find((line) => line['id'] === 'groceries')).toEqual({
		...{ id: 'groceries', name: 'Groceries', group: 'food_drink', own: false, hidden: false }
	});
	expect(lines('categories').find((line) => line['id'] === hers.ownCategory)).toMatchObject({ own: true });
	expect(lines('profile')[0]).toMatchObject({ email: hers.email, currency: 'EUR' });
	expect(lines('profile')[0]!['secondFactorSince']).toMatch(/Z$/);
	expect(lines('api-tokens')[0]).toMatchObject({ name: 'Spare', scopes: ['read'] });
	const inFlat = lines('members').filter((line) => line['groupId'] === flat.id);
	expect(inFlat.map(({ name, you, hasAccount }) => [name, you, hasAccount]).sort()).toEqual([
		['Ana', true, true],
		['Ben', false, true],
		['Dora', false, false]
	]);

	const leads = [
		...[
			['transactions', 'accountId', 'accounts'],
			['transactions', 'categoryId', 'categories']
		],
		...[
			['transactions', 'recurringId', 'recurring'],
			['transactions', 'uploadId', 'uploads']
		],
		...[
			['upload-rows', 'uploadId', 'uploads'],
			['alerts', 'budgetId', 'budgets']
		],
		...[
			['deliveries', 'webhookId', 'webhooks'],
			['deliveries', 'alertId', 'alerts']
		],
		...[
			['budgets', 'groupId', 'groups'],
			['members', 'groupId', 'groups']
		],
		...[
			['expenses', 'createdBy', 'members'],
			['shares', 'expenseId', 'expenses']
		],
		...[
			['shares', 'memberId', 'members'],
			['settlements', 'from', 'members']
		],
		...[
			['settlements', 'to', 'members'],
			['comments', 'expenseId', 'expenses']
		],
		...[
			['comments', 'memberId', 'members'],
			['activity', 'memberId', 'members']
		]
	] as const;
	for (const [from, column, to] of leads) {
		const known = new Set(lines(to!).map((line) => line['id']));
		const lost = lines(from!).filter((line) => line[column!] !== null && !known.has(line[column!]));
		expect({ from, column, lost }).toEqual({ from, column, lost: [] });
	}
});

test('nothing of anybody else is in it, and nothing that opens something', async () => {
	const { text, lines } = await archiveOf(ana);
	const ofFlat = idsIn(
		JSON.stringify(
			[
				await db.member.findMany({ where: { groupId: flat.id }, omit: { userId: true } }),
				await db.expense.findMany({ where: { groupId: flat.id }, omit: { transactionId: true } }),
				await db.settlement.findMany({ where: { groupId: flat.id }, omit: { fromTransactionId: true } }),
				await db.comment.findMany({ where: { expense: { groupId: flat.id } } }),
				await db.activity.findMany({ where: { groupId: flat.id } })
			],
			(_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
		)
	);
	const ofHis = idsIn(Object.values(await everythingOf(quits, ben.id)).join('\n'));
	const there = idsIn(text);
	expect([...ofHis].filter((id) => id !== ana.id && there.has(id) && !ofFlat.has(id))).toEqual([]);
	expect(ofHis.has(his.transaction)).toBe(true);
	expect(text).not.toContain(his.email);
	expect(lines('expenses').find((line) => line['id'] === taxi)).toMatchObject({ transactionId: null });
	expect(lines('settlements').find((line) => line['groupId'] === flat.id)).toMatchObject({
		...{ amount: 1500, fromTransactionId: null, toTransactionId: null }
	});
	const tied = (await archiveOf(ben)).lines('expenses').find((line) => line['id'] === taxi)!;
	expect(idsIn(String(tied['transactionId'])).size).toBe(1);

	const [token, session, hook, invite] = await Promise.all([
		db.apiToken.findFirstOrThrow({ where: { userId: ana.id } }),
		db.session.findFirstOrThrow({ where: { userId: ana.id } }),
		db.webhookEndpoint.findFirstOrThrow({ where: { userId: ana.id } }),
		db.groupInvite.findFirstOrThrow({ where: { groupId: hers.group.groupId } })
	]);
	const shut = [...secrets, token.tokenHash, session.tokenHash, hook.secret, invite.codeHash, invite.code];
	shut.push(ana.token, hers.group.code, hers.passkey);
	expect(shut.filter((secret) => text.includes(secret))).toEqual([]);
});

test('files stay in their folder, whatever things are called; a receipt that is gone is named', async () => {
	const { raw, names } = await archiveOf(ana);
	expect(names.filter((name) => !/^(receipts\/)?[A-Za-z\d-]+\.[a-z]+$/.test(name))).toEqual([]);
	expect(raw[`receipts/${dinner}.gif`]).toEqual(gif);
	await deleteReceipt(app.config, dinner);
	expect((await archiveOf(ana)).manifest.receipts).toEqual({ files: 0, missing: [dinner] });
	await putReceipt(app, await findMembership(db, ana.id, flat.id), dinner, gif);
});

test('it is of the moment when it began, nobody waits for it, and it can be left in the middle', async () => {
	const { pieces, name } = await askExport(db, ana, 'everything.zip');
	expect(name).toMatch(/^quits_everything_\d{4}-\d\d-\d\d\.zip$/);
	const taken: Uint8Array[] = [];
	while (filesBegun(taken) < 2) taken.push((await pieces.next()).value!);
	const { id: late } = await ben.api.expenses.create.mutate(flat.expense({ description: 'Too late' }));
	for await (const piece of pieces) taken.push(piece);
	const { lines, text } = opened(Buffer.concat(taken));
	expect(text).not.toContain(late);
	expect(lines('shares').length).toBe((await sharesNow()) - 3);
	expect((await archiveOf(ana)).text).toContain(late);

	for (const files of [1, 2, 9]) {
		const other = (await askExport(db, ana, 'everything.zip')).pieces;
		const some: Uint8Array[] = [];
		while (filesBegun(some) < files) some.push((await other.next()).value!);
		await other.return();
	}
	expect((await archiveOf(ana)).names).toContain('manifest.json');
});

const filesBegun = (pieces: Uint8Array[]): number =>
	Buffer.concat(pieces).toString('latin1').split('PK\u0003\u0004').length - 1;

const sharesNow = async (): Promise<number> =>
	db.expensePart.count({ where: { groupId: { in: await herGroups() } } });

test('somebody who left a group finds nothing of it', async () => {
	const cem = await quits.meet('Cem');
	const club = await makeGroup(app, [ben, cem]);
	await ben.api.expenses.create.mutate(club.expense({ description: 'Nets' }));
	expect((await archiveOf(cem)).text).toContain('Nets');
	await cem.api.members.leave.mutate({ groupId: club.id });
	const { lines, text } = await archiveOf(cem);
	expect(text).not.toContain('Nets');
	expect(text).not.toContain(club.id);
	expect(lines('profile')).toHaveLength(1);
});

test('it takes a session and a fresh proof, which need not stay fresh while it is taken', async () => {
	const access: Access = exportAccess('everything.zip');
	const identity = (await identify(db, ana.token))!;
	const later = Date.now() + 11 * 60_000;
	expect(admit(identity, access)).toBe(identity);
	expect(() => admit(identity, access, later)).toThrow('STEP_UP_REQUIRED');
	expect(access.scopes).toEqual([]);
	await db.session.updateMany({ where: { userId: ana.id }, data: { provedAt: new Date(0) } });
	const old = (await identify(db, ana.token))!;
	expect(() => admit(old, access)).toThrow('STEP_UP_REQUIRED');
	async function* slowly(): AsyncGenerator<number, void, undefined> {
		for (let n = 0; n < 3; n++) {
			await new Promise((resolve) => setTimeout(resolve, 450));
			yield n;
		}
	}
	const again = () => identify(db, ana.token);
	expect(await Array.fromAsync(whileAdmitted(slowly(), again, access))).toEqual([0, 1, 2]);
});
