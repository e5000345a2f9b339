/** Model versions: trained, measured, compared, put in use and rolled back; and what must not be able to disturb any of it. */
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { isTraining } from '#lib/models.ts';
import { runTraining } from '#server/models/run.ts';
import { addMfa } from '../support/access/actors.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { connectLive } from '../support/live.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { statement } from '../support/statement.ts';

const quits = await startTestApp();
quits.expectErrors(); // broken files and full disks are logged
const { app } = quits;
const { db } = app;
const folder = join(app.config.dataDir, 'models');

let ada: Person;
let ana: Person;
let ben: Person;
/** The version that most of this is about. */
let versionId: string;

async function admin(name: string): Promise<Person> {
	const person = await quits.meet(name, { role: 'admin' });
	await addMfa(db, person.id);
	// A socket is let into the room of admins when it connects.
	return { ...person, live: await connectLive(quits.url, { token: person.token }) };
}

const visit = (text: string, day: number) => ({
	date: `2026-03-${String(day).padStart(2, '0')}`,
	text,
	amount: -1000 - day
});

/** Imports bookings of a merchant and puts them all where a person wants them. */
async function choose(person: Person, text: string, categoryId: string): Promise<void> {
	await importStatement(person, statement([visit(text, 1), visit(text, 2), visit(text, 3)]));
	const q = text.split(' ')[0]!.toLowerCase();
	const ids = (await transactionsOf(person, { q })).map(({ id }) => id);
	await person.api.transactions.setCategories.mutate({ ids, categoryId });
}

async function trained(input = { corrections: true }): Promise<string> {
	const { id } = await ada.api.models.train.mutate(input);
	await ada.live.until('model:progress', ({ versionId, status }) => versionId === id && !isTraining(status));
	return id;
}

beforeAll(async () => {
	ada = await admin('Ada');
	ana = await quits.meet('Ana');
	ben = await quits.meet('Ben');
	await choose(ana, 'Zyrkonium Vexillo', 'pharmacy');
	await choose(ben, 'Zyrkonium Vexillo', 'pharmacy');
	await choose(ana, 'Quibbleflax Praxis', 'dentist');
	await choose(ben, 'Wobblethorne Nook', 'groceries');
	const cleo = await quits.meet('Cleo');
	await choose(cleo, 'Wobblethorne Nook', 'groceries');
}, 120_000);

test('what people have chosen is theirs until they agree, and again when they no longer do', async () => {
	expect(await ada.api.models.sources.query()).toEqual({ people: 0, corrections: 0 });
	expect((await ana.api.auth.me.query()).sharesCorrections).toBe(false);
	for (const { api } of [ana, ben]) await api.auth.updateProfile.mutate({ sharesCorrections: true });
	expect(await ada.api.models.sources.query()).toEqual({ people: 2, corrections: 12 });
	await ben.api.auth.updateProfile.mutate({ sharesCorrections: false });
	expect(await ada.api.models.sources.query()).toEqual({ people: 1, corrections: 6 });
	expect((await ben.api.auth.updateProfile.mutate({ sharesCorrections: true })).sharesCorrections).toBe(true);
});

describe('a training', () => {
	beforeAll(async () => {
		versionId = await trained();
	}, 240_000);

	test('ends with a version that is measured beside the one in use, on merchants of which neither has seen one', async () => {
		const version = await ada.api.models.get.query({ id: versionId });
		expect(version).toMatchObject({ status: 'ready', active: false, error: null, against: { id: 'base' } });
		expect(version.trainedOn).toMatchObject({ people: 2, corrections: 12 });
		const { metrics, against } = version;
		for (const figures of [metrics!, against!.metrics]) {
			expect(figures.rows).toBeGreaterThan(1000);
			for (const share of [figures.accuracy, figures.groupAccuracy, figures.macroF1]) {
				expect(share).toBeGreaterThan(0.2);
				expect(share).toBeLessThan(0.9);
			}
			expect(figures.perCategory.length).toBeGreaterThan(50);
			expect(figures.calibration).toHaveLength(10);
		}
		expect(metrics!.rows).toBe(against!.metrics.rows);
		const listed = (await ada.api.models.list.query()).map(({ id, active }) => ({ id, active }));
		expect(listed).toEqual([
			{ id: versionId, active: false },
			{ id: 'base', active: true }
		]);
	});

	test('is on disk with its numbers and checksums, and nothing else is', async () => {
		expect(await readdir(folder)).toEqual([versionId]);
		expect((await readdir(join(folder, versionId))).sort()).toEqual([
			'metrics.json',
			'model.json',
			'trial.json'
		]);
		const figures = JSON.parse(await readFile(join(folder, versionId, 'metrics.json'), 'utf8')) as object;
		expect(figures).toMatchObject({ versionId, checksums: { 'model.json': /^[\da-f]{64}$/ } as object });
	});

	test('learns no word that one person alone has', async () => {
		for (const file of ['model.json', 'trial.json']) {
			const text = await readFile(join(folder, versionId, file), 'utf8');
			// Ana alone; Ben, and Cleo, who did not agree.
			expect(text.match(/quibbl|wobble/g)).toBe(null);
			// Both have it. It may be among those held out of the trial.
			if (file === 'model.json') expect(text.includes('"zyrkonium"')).toBe(true);
		}
		const { model } = await app.models.load(versionId);
		expect(model.predict('ZYRKONIUM VEXILLO', -1500, 'EUR').category).toBe('pharmacy');
	});

	test('tells admins live how far it is, and nobody else', () => {
		const steps = ada.live.all('model:progress').filter((event) => event.versionId === versionId);
		const statuses = new Set(steps.map(({ status }) => status));
		expect([...statuses]).toEqual(['queued', 'gathering', 'training', 'evaluating', 'ready']);
		expect(ana.live.all('model:progress')).toEqual([]);
		const training = steps.filter(({ status }) => status === 'training').map(({ done }) => done);
		expect(training.length).toBeGreaterThan(20);
		expect(training).toEqual(training.toSorted((one, other) => one - other));
		const ready = steps.find(({ status }) => status === 'ready')!;
		expect(ready.done).toBe(ready.total);
	});
});

test('two admins at once: the second hears whose training runs', async () => {
	const eve = await admin('Eve');
	const answers = await Promise.allSettled([
		ada.api.models.train.mutate({ corrections: false }),
		eve.api.models.train.mutate({ corrections: false })
	]);
	expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	const won = answers.find((answer) => answer.status === 'fulfilled')!.value;
	const lost = answers[0].status === 'fulfilled' ? eve : ada;
	expect(await refusal(lost.api.models.train.mutate({ corrections: false }))).toMatchObject({
		...{ code: 'CONFLICT', reason: 'training_running', current: { id: won.id } },
		params: { name: lost === eve ? 'Ada' : 'Eve' }
	});
	await lost.api.models.cancel.mutate({ id: won.id });
	expect(await refusal(ada.api.models.cancel.mutate({ id: won.id }))).toMatchObject({
		reason: 'training_ended'
	});
	await app.queue.idle();
	expect(await ada.api.models.get.query({ id: won.id })).toMatchObject({
		status: 'cancelled',
		metrics: null
	});
	expect(await readdir(folder)).toEqual([versionId]);
	await ada.api.models.remove.mutate({ id: won.id });
}, 120_000);

test('one that is cancelled in the middle of its work stops, and leaves nothing', async () => {
	const { id } = await ada.api.models.train.mutate({ corrections: true });
	await ada.live.until(
		'model:progress',
		({ versionId, status }) => versionId === id && status === 'training'
	);
	await ada.api.models.cancel.mutate({ id });
	await app.queue.idle();
	expect(await ada.api.models.get.query({ id })).toMatchObject({ status: 'cancelled' });
	expect(await readdir(folder)).toEqual([versionId]);
}, 120_000);

describe('a version', () => {
	test('is compared by counts of everybody’s transactions, and rows of the admin’s own alone', async () => {
		const text = 'ZYRKONIUM VEXILLO 12';
		await importStatement(ada, statement([visit(text, 4)]));
		const dora = await quits.meet('Dora');
		await importStatement(dora, statement([visit(text, 5), visit('Zyrkonium Vexillo Secret', 6)]));
		// What somebody has said of a merchant no model changes.
		const elsa = await quits.meet('Elsa');
		await choose(elsa, 'Zyrkonium Vexillo', 'hobbies');
		await importStatement(elsa, statement([visit(text, 7)]));
		const compared = await ada.api.models.compare.query({ id: versionId });
		expect(compared).toMatchObject({ activeId: 'base', sampled: 4, changed: 3 });
		expect(compared.pairs.reduce((sum, { count }) => sum + count, 0)).toBe(3);
		expect(compared.own).toMatchObject([{ description: text, to: 'pharmacy' }]);
		expect(JSON.stringify(compared)).not.toContain('Secret');
	});

	test('decides as soon as it is in use, and no longer when it is rolled back', async () => {
		const categoryOf = async (text: string, day: number) => {
			await importStatement(ada, statement([visit(text, day)]));
			const [row] = await transactionsOf(ada, { q: text.toLowerCase() });
			return { row: row!, why: await ada.api.transactions.why.query({ id: row!.id }) };
		};
		await ada.api.models.activate.mutate({ id: versionId });
		expect(await ada.api.models.get.query({ id: versionId })).toMatchObject({
			active: true,
			previousId: 'base'
		});
		const { row, why } = await categoryOf('Zyrkonium vexillo seven', 7);
		expect(row.categoryId).toBe('pharmacy');
		expect(why.tokens.map(({ token }) => token)).toContain('zyrkonium');
		expect(await ada.api.models.rollBack.mutate()).toEqual({ id: 'base' });
		const { row: later } = await categoryOf('Zyrkonium vexillo eight', 8);
		expect(later.categoryId).not.toBe('pharmacy');
		expect(await refusal(ada.api.models.rollBack.mutate())).toMatchObject({ reason: 'no_model_before' });
	});

	test('that is broken is refused, and the one in use goes on', async () => {
		const path = join(folder, versionId, 'model.json');
		const whole = await readFile(path);
		const damaged = [
			whole.subarray(0, whole.length / 2),
			Buffer.from(whole.toString().replace('"temperature":1', '"temperature":9')),
			Buffer.from('{}'),
			Buffer.alloc(0)
		];
		for (const bytes of damaged) {
			await writeFile(path, bytes);
			expect(await refusal(ada.api.models.activate.mutate({ id: versionId }))).toMatchObject({
				reason: 'model_broken'
			});
			expect(await ada.api.models.list.query()).toContainEqual(
				expect.objectContaining({ id: 'base', active: true, serving: true, broken: false })
			);
			expect(await ada.api.models.get.query({ id: versionId })).toMatchObject({
				...{ active: false, serving: false, broken: true }
			});
		}
		// What is missing comes back from the database, as on another machine.
		await rm(join(folder, versionId), { recursive: true });
		await ada.api.models.activate.mutate({ id: versionId });
		expect(await readFile(path)).toEqual(whole);
		expect(await ada.api.models.get.query({ id: versionId })).toMatchObject({ serving: true, broken: false });
	});

	test('is not removed while it is in use', async () => {
		expect(await refusal(ada.api.models.remove.mutate({ id: versionId }))).toMatchObject({
			reason: 'model_active'
		});
	});

	test('is measured anew', async () => {
		const figures = await ada.api.models.evaluate.mutate({ id: versionId });
		const { metrics } = await ada.api.models.get.query({ id: versionId });
		expect(figures).toEqual(metrics);
	}, 120_000);
});

test('a training that cannot save says so, and nothing half is there', async () => {
	const { id } = await db.modelVersion.create({
		data: { id: v7(), slot: 1, corrections: false, createdById: ada.id }
	});
	// A file where the folder should be: nothing can be written there, whoever runs this.
	await rm(folder, { recursive: true });
	await writeFile(folder, 'in the way');
	const jobId = v7();
	await db.outbox.create({ data: { id: jobId, queue: 'none', payload: {} } });
	await runTraining(app, id, { id: jobId, signal: new AbortController().signal });
	const version = await ada.api.models.get.query({ id });
	expect(version).toMatchObject({ status: 'failed', errorCode: 'model_not_saved' });
	expect(version.error).toMatch(/could not be saved/);
	expect(await db.modelFile.count({ where: { versionId: id } })).toBe(0);
	expect(await ada.api.models.list.query()).toContainEqual(
		expect.objectContaining({ id: versionId, active: true, broken: false })
	);
	await rm(folder);
	await mkdir(folder);
	await chmod(folder, 0o700);
}, 240_000);
