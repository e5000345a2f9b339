/** `kill -9` in the middle of a training, and a model file that is damaged: some model goes on, and nothing half is there. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isTraining } from '#lib/models.ts';
import { query } from '../support/catalog.ts';
import { migratedDatabase } from '../support/db.ts';
import { folders, signUpAdmin, until } from '../support/models.ts';
import { importStatement, transactionsOf } from '../support/person.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { startServer, visit } from '../support/server.ts';
import { bookings, statement } from '../support/statement.ts';

const patience = { timeout: 280_000 };

test(
	'a training that was killed begins anew with the next start, and leaves one version',
	patience,
	async () => {
		const config = await migratedDatabase();
		await prepareQueueDirectory(config);
		const server = await startServer(config);
		const ada = await signUpAdmin(server, config);
		const { id } = await ada.api.models.train.mutate({ corrections: true });
		await until(ada, id, (status) => status === 'training');
		expect(await server.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
		const [left] = await query(config, `SELECT "status" FROM "ModelVersion" WHERE "id" = '${id}'`);
		expect(left).toEqual({ status: 'training' });
		// What the attempt may have left, and what no version was ever called.
		const half = join(
			config.dataDir,
			'models',
			'new-00000000-0000-7000-8000-000000000000-00000000-0000-4000-8000-000000000000'
		);
		mkdirSync(half, { recursive: true });
		writeFileSync(join(half, 'model.json'), '{"lab');

		const again = await startServer(config);
		const back = await visit(again.url, ada);
		expect(folders(config).filter((name) => name.startsWith('new-'))).toEqual([]);
		// Categories are there meanwhile.
		await importStatement(back, statement(bookings(50)));
		expect((await transactionsOf(back)).every(({ source }) => source === 'model')).toBe(true);
		await until(back, id, (status) => !isTraining(status));
		expect(await back.api.models.get.query({ id })).toMatchObject({ status: 'ready', active: false });
		expect(folders(config)).toEqual([id]);
		await back.api.models.activate.mutate({ id });

		// A file that is damaged while nobody looks: the next start says so and goes on with the model from before.
		await again.end('SIGTERM');
		const file = join(config.dataDir, 'models', id, 'model.json');
		writeFileSync(file, readFileSync(file).subarray(0, 100_000));
		const third = await startServer(config);
		await third.logged(/a model that is in use is broken/);
		const last = await visit(third.url, ada);
		const [version, base] = await last.api.models.list.query();
		expect(version).toMatchObject({ id, active: true, broken: true });
		expect(base).toMatchObject({ id: 'base', broken: false });
		await importStatement(last, statement(bookings(20, { perDay: 3 }), 'more.csv'));
		const [some] = await transactionsOf(last);
		expect((await last.api.transactions.why.query({ id: some!.id })).tokens.length).toBeGreaterThan(0);
		await third.end('SIGTERM');
	}
);
