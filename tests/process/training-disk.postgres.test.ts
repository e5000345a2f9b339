/** A disk that takes no model. Here the database is elsewhere, so that the model is all that this process writes. */
import { expect, test } from 'vitest';
import { isTraining } from '#lib/models.ts';
import { query } from '../support/catalog.ts';
import { migratedDatabase } from '../support/db.ts';
import { folders, signUpAdmin, until } from '../support/models.ts';
import { importStatement, transactionsOf } from '../support/person.ts';
import { startServer } from '../support/server.ts';
import { bookings, statement } from '../support/statement.ts';

test('a full disk fails the training with the reason, and the model in use goes on', async () => {
	const config = await migratedDatabase();
	const server = await startServer(config, {}, { largestFile: 400_000 });
	const ada = await signUpAdmin(server, config);
	const { id } = await ada.api.models.train.mutate({ corrections: true });
	await until(ada, id, (status) => !isTraining(status));
	const version = await ada.api.models.get.query({ id });
	expect(version).toMatchObject({ status: 'failed', errorCode: 'model_disk_full', active: false });
	expect(version.error).toMatch(/did not fit on the disk \(EFBIG\)/);
	expect(folders(config)).toEqual([]);
	expect(await query(config, `SELECT "name" FROM "ModelFile"`)).toEqual([]);
	await importStatement(ada, statement(bookings(50)));
	expect((await transactionsOf(ada)).every(({ source }) => source === 'model')).toBe(true);
	await server.end('SIGTERM');
}, 240_000);
