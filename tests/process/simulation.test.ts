/** The simulation of groups against the built server, over HTTP, with the process killed in the middle. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '#server/db/client.ts';
import { migratedDatabase } from '../support/db.ts';
import { startServer, type Server } from '../support/server.ts';
import type { SimulatedQuits } from '../support/simulation/quits.ts';
import { playTogether } from '../support/simulation/simulate.ts';

const seeds = [1001, 1002, 1003, 1004];

let server: Server;
let quits: SimulatedQuits;

beforeAll(async () => {
	const config = await migratedDatabase();
	server = await startServer(config);
	const { url } = server;
	const { port } = new URL(url);
	const db = await openDb(config);
	quits = {
		port: Number(port),
		apiUrl: `${url}/api/trpc`,
		fetchFor: () => fetch,
		withDb: (work) => work(db),
		restart: async () => {
			await server.end('SIGKILL');
			server = await startServer(config, { PORT: port });
		},
		stop: () => db.$disconnect()
	};
});
afterAll(() => quits.stop());

test('killed in the middle, everybody ends up seeing the same, and nothing is lost or done twice', async () => {
	const { totals, failed } = await playTogether(quits, seeds);
	expect(failed.map(({ message }) => message)).toEqual([]);
	expect(totals).toMatchObject({ seeds: seeds.length, restarts: 1 });
	expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
}, 180_000);
