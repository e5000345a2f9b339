/** What tests of trainings need beside a server. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelStatus } from '#lib/models.ts';
import { openDb, type DbConfig } from '#server/db/client.ts';
import { addMfa } from './access/actors.ts';
import type { Person } from './person.ts';
import { signUp, visit, type Server } from './server.ts';

/** The first account of a server, with the second factor that admins need. */
export async function signUpAdmin(server: Server, config: DbConfig): Promise<Person> {
	const ada = await signUp(server, 'Ada');
	const db = await openDb(config);
	await addMfa(db, ada.id);
	await db.$disconnect();
	return visit(server.url, ada); // whose socket hears what admins do
}

/** Waits until a version has come to a status. */
export const until = ({ live }: Person, id: string, fits: (status: ModelStatus) => boolean) =>
	live.until('model:progress', ({ versionId, status }) => versionId === id && fits(status));

/** What is in DATA_DIR/models. */
export const folders = ({ dataDir }: DbConfig): string[] => {
	const models = join(dataDir, 'models');
	return existsSync(models) ? readdirSync(models) : [];
};
