/**
 * A change of a group on its way to 100 other sockets, from its commit to each of them, against a bare Socket.IO server that sends
 * the same bytes to 100 sockets of the same process, in turns; first alone, then while statements of 100,000 rows are imported.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Server } from 'socket.io';
import { v7 } from 'uuid';
import * as jobs from '#jobs/index.ts';
import type { ServerEventPayload } from '#lib/realtime/events.ts';
import { isEnded, isWaiting } from '#lib/uploads.ts';
import type { App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { inTx } from '#server/db/client.ts';
import { createGroup } from '#server/groups/create.ts';
import { makeLog } from '#server/log.ts';
import { attachSockets } from '#server/realtime/sockets.ts';
import { startSession } from '#server/sessions/start.ts';
import { createSettlement } from '#server/settlements/create.ts';
import { startApp } from '#server/start.ts';
import { startUpload } from '#server/uploads/start.ts';
import { percentile, report } from './support/figures.ts';
import { machineMs, type Listening, type Report } from './support/listeners.ts';
import { statementCsv } from './support/statement.ts';

const listeners = 100;
const people = 20; // a person has ten sockets at most
const changes = 300;
const changesWhileImporting = 150;
const mostImports = 20;

const dataDir = mkdtempSync(join(tmpdir(), 'quits-live-'));
const config = readConfig({ DATA_DIR: dataDir, RATE_LIMITS: 'off' });
const { app, stop } = await startApp(config, makeLog('error'), jobs);
const web = createServer();
attachSockets(app.live.sockets, web);
const ours = await open(web);

const bareWeb = createServer();
const bare = new Server(bareWeb, { serveClient: false });
bare.on('connection', (socket) => void socket.join('group'));
const bareUrl = await open(bareWeb);

const owner = await addPerson('Ana');
const membership = await createGroup(app, { id: owner.id, name: 'Ana' }, { name: 'Flat', currency: 'EUR' });
const guest = v7();
await app.db.member.create({ data: { id: guest, groupId: membership.groupId, name: 'Cleo', role: 'guest' } });
const tokens: string[] = [];
for (let n = 0; n < people; n++) {
	const person = await addPerson(`Person ${n}`);
	const data = { id: v7(), groupId: membership.groupId, userId: person.id, name: `Person ${n}` };
	await app.db.member.create({ data });
	tokens.push(...Array<string>(listeners / people).fill(person.token));
}

const child = fork(join(import.meta.dirname, 'support/listeners.ts'));
const waiting = new Map<string, (at: number[]) => void>();
child.on('message', (message: Report) => {
	if ('open' in message) waiting.get(`${message.name} open`)?.([]);
	else waiting.get(`${message.name} ${message.revision}`)?.(message.at);
});
/** When each socket has heard of it. */
const heard = (name: string, what: number | 'open'): Promise<number[]> =>
	new Promise((resolve) => waiting.set(`${name} ${what}`, resolve));
for (const listening of [
	{ name: 'ours', url: ours, tokens },
	{ name: 'bare', url: bareUrl, tokens: tokens.map(() => null) }
] satisfies Listening[]) {
	const opened = heard(listening.name, 'open');
	child.send(listening);
	await opened;
}

// The verb says that it is done by telling the group: the first thing after the commit.
let committedAt = 0;
let payload: ServerEventPayload<'group:changed'> | undefined;
const watched: App = {
	...app,
	live: {
		...app.live,
		toGroup: (groupId, event, sent) => {
			committedAt = machineMs();
			payload = sent as ServerEventPayload<'group:changed'>;
			app.live.toGroup(groupId, event, sent);
		}
	}
};

type Times = { ours: number[]; bare: number[] };

/** One change, and the same bytes sent bare, now this first and now that; adds how long each socket had to wait. */
async function oneOfEach(times: Times): Promise<void> {
	const { revision } = await app.db.group.findUniqueOrThrow({ where: { id: membership.groupId } });
	const turns = [() => change(times, revision + 1), () => sendBare(times, revision + 1)];
	for (const turn of revision % 2 === 0 ? turns : turns.reverse()) {
		await turn();
		await delay(3);
	}
}

async function change(times: Times, revision: number): Promise<void> {
	const arrived = heard('ours', revision);
	await createSettlement(watched, membership, {
		...{ from: guest, to: membership.id, currency: 'EUR', amount: 1 + (revision % 5000) },
		note: 'bench',
		again: false
	});
	for (const at of await arrived) times.ours.push(at - committedAt);
}

async function sendBare(times: Times, revision: number): Promise<void> {
	const arrived = heard('bare', revision);
	const sentAt = machineMs();
	bare.to('group').emit('group:changed', { ...payload, revision });
	for (const at of await arrived) times.bare.push(at - sentAt);
}

await change({ ours: [], bare: [] }, 2); // what is sent bare is what this one sent
for (let n = 0; n < 50; n++) await oneOfEach({ ours: [], bare: [] });
const alone: Times = { ours: [], bare: [] };
for (let n = 0; n < changes; n++) await oneOfEach(alone);
tell('live-change-to-100', alone);

const importing: Times = { ours: [], bare: [] };
await app.queue.ready();
for (let n = 0; n < mostImports && importing.ours.length < changesWhileImporting * listeners; n++) {
	const importer = await addPerson(`Importer ${n}`);
	const bytes = new TextEncoder().encode(statementCsv(100_000, n + 1));
	const id = await startUpload(app, importer.id, { filename: 'statement.csv', bytes, preview: false });
	const status = async () => (await app.db.upload.findUniqueOrThrow({ where: { id } })).status;
	while ((await status()) === 'queued') await delay(5);
	for (let now = await status(); now !== 'done'; now = await status()) {
		if (isEnded(now) || isWaiting(now)) throw new Error(`an import stopped as ${now}`);
		await oneOfEach(importing);
	}
}
tell('live-change-to-100-during-import', importing);

child.disconnect();
await bare.close();
await stop();
web.close();
rmSync(dataDir, { recursive: true, force: true });

function tell(name: string, times: Times): void {
	for (const [figure, share] of [
		['p50', 0.5],
		['p95', 0.95]
	] as const) {
		const [value, against] = [percentile(times.ours, share), percentile(times.bare, share)];
		report({
			name: `${name}-${figure}`,
			value,
			unit: 'ms',
			ratio: value / against,
			against: 'a bare Socket.IO broadcast of the same bytes'
		});
	}
}

async function open(server: ReturnType<typeof createServer>): Promise<string> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function addPerson(name: string): Promise<{ id: string; token: string }> {
	const id = v7();
	return inTx(app.db, async (tx) => {
		const user = await tx.user.create({
			data: { id, name, email: `${id}@example.org`, passwordHash: 'none' }
		});
		const { token } = await startSession(tx, user, { userAgent: 'bench', address: '127.0.0.1' });
		return { id, token };
	});
}
