/** Every endpoint and every page there is, asked for by every kind of caller on the built server. */
import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb, type Db } from '#server/db/client.ts';
import { addOthers, credentialOf, whileRequired, type People } from '../support/access/actors.ts';
import { actors, isOwner, outcomeOf, refusals, type Actor, type Level } from '../support/access/levels.ts';
import { makeGroupThings, type GroupThings } from '../support/access/group-things.ts';
import { rentBudget } from '../support/access/household.ts';
import { migratedDatabase } from '../support/db.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { signUp, startServer, type Server } from '../support/server.ts';
import { bookings, statement } from '../support/statement.ts';

let server: Server;
let db: Db;
let people: People;
let ana: Person;
let hers: Record<'upload' | 'account' | 'budget' | 'export', string> &
	Record<'descriptions' | 'texts', string[]>;
/** A group of hers, with one expense in it that has a receipt. */
let group: GroupThings;
let calls = 0;

beforeAll(async () => {
	const config = await migratedDatabase();
	server = await startServer(config);
	await signUp(server, 'First');
	ana = await signUp(server, 'Anouschka');
	const ben = await signUp(server, 'Benedict');
	const upload = await importStatement(ana, statement(bookings(5)));
	const descriptions = (await transactionsOf(ana)).map(({ description }) => description);
	const budget = await ana.api.budgets.create.mutate(rentBudget);
	const made = await ana.api.exports.create.mutate({ file: 'transactions.csv' });
	const ids = { upload: upload.id, account: upload.accountId!, budget: budget.id, export: made.id };
	hers = { ...ids, descriptions, texts: [...descriptions, budget.name] };
	group = await makeGroupThings(ana.api);
	await fetch(server.url + receipt(), putting(ana.token));
	db = await openDb(config);
	people = { owner: ana.id, outsider: ben.id, ...(await addOthers(db)) };
});
afterAll(async () => {
	await db.$disconnect();
	console.log(
		`access matrix: ${Object.keys(endpoints).length} endpoints, ${pages.length} pages, ${calls} calls`
	);
});

const form = (text: string, accountId?: string): FormData => {
	const body = new FormData();
	body.set('file', new Blob([text]), 'giro.csv');
	if (accountId) body.set('accountId', accountId);
	body.set('preview', '1');
	return body;
};

const receipt = (): string => `/api/groups/${group.groupId}/expenses/${group.expense}/receipt`;
/** A picture of one white point. */
const picture = Uint8Array.from(
	atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=='),
	(c) => c.charCodeAt(0)
);
const putting = (token?: string): RequestInit => {
	const body = new FormData();
	body.set('file', new Blob([picture]), 'receipt.png');
	return { method: 'POST', body, ...(token && { headers: { authorization: `Bearer ${token}` } }) };
};

type Endpoint = {
	level: Level;
	/** Asks for the owner's things where it can name them. */
	request: () => { path: string; init?: RequestInit };
	/** How that ends for the owner, and for anybody else who is let in. */
	own: number;
	foreign: number;
};

const csv = 'Date,Description,Amount\n2026-01-02,Tea,-3.00\n';

const endpoints: Record<string, Endpoint> = {
	'GET healthz': { level: 'anyone', request: () => ({ path: '/healthz' }), own: 200, foreign: 200 },
	'GET readyz': { level: 'anyone', request: () => ({ path: '/readyz' }), own: 200, foreign: 200 },
	// Their procedures have a matrix of their own; here, that the endpoint knows who is calling.
	'GET api/trpc/[...procedure]': {
		level: 'anyToken',
		request: () => ({ path: '/api/trpc/auth.me' }),
		own: 200,
		foreign: 200
	},
	'POST api/trpc/[...procedure]': {
		level: 'write',
		request: () => ({
			path: '/api/trpc/accounts.update',
			init: {
				method: 'POST',
				body: JSON.stringify({ id: hers.account, name: 'Giro' }),
				headers: { 'content-type': 'application/json' }
			}
		}),
		own: 200,
		foreign: 404
	},
	'POST api/uploads': {
		level: 'import',
		request: () => ({ path: '/api/uploads', init: { method: 'POST', body: form(csv, hers.account) } }),
		own: 201,
		foreign: 404
	},
	'GET api/groups/[groupId]/expenses/[expenseId]/receipt': {
		level: 'groupsRead',
		request: () => ({ path: receipt() }),
		own: 200,
		foreign: 404
	},
	'POST api/groups/[groupId]/expenses/[expenseId]/receipt': {
		level: 'groups',
		request: () => ({ path: receipt(), init: putting() }),
		own: 201,
		foreign: 404
	},
	'DELETE api/groups/[groupId]/expenses/[expenseId]/receipt': {
		level: 'groups',
		request: () => ({ path: receipt(), init: { method: 'DELETE' } }),
		own: 204,
		foreign: 404
	},
	// With links that are none of ours; tests/process/unsubscribe.test.ts has one.
	'GET api/unsubscribe': {
		level: 'anyone',
		request: () => ({ path: '/api/unsubscribe?token=none' }),
		own: 303,
		foreign: 303
	},
	'POST api/unsubscribe': {
		level: 'anyone',
		request: () => ({ path: '/api/unsubscribe?token=none', init: { method: 'POST' } }),
		own: 404,
		foreign: 404
	},
	'GET api/exports/[...file]': {
		level: 'read',
		request: () => ({ path: `/api/exports/transactions.csv?accountId=${hers.account}` }),
		own: 200,
		foreign: 422
	},
	'GET api/exports/[...file] of budgets': {
		level: 'read',
		request: () => ({ path: '/api/exports/budgets.csv' }),
		own: 200,
		foreign: 200
	},
	'GET api/exports/[...file] of a group': {
		level: 'groupsRead',
		request: () => ({ path: `/api/exports/groups/${group.groupId}.csv` }),
		own: 200,
		foreign: 404
	},
	// It is of one session: to her other ones there is no such thing.
	'GET api/exports/downloads/[id]': {
		level: 'session',
		request: () => ({ path: `/api/exports/downloads/${hers.export}` }),
		own: 404,
		foreign: 404
	},
	'GET api/exports/[...file] of everything': {
		level: 'stepUp',
		request: () => ({ path: '/api/exports/everything.zip' }),
		own: 200,
		foreign: 200
	}
};

test('every endpoint there is has a row', () => {
	const found = globSync('src/routes/**/+server.ts').flatMap((file) => {
		const route = file.replace(/^src\/routes\//, '').replace(/\/\+server\.ts$/, '');
		const methods = readFileSync(file, 'utf8').matchAll(
			/^export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|fallback)\b/gm
		);
		return [...methods].map(([, method]) => `${method} ${route}`);
	});
	// One that hands out several things has a row for each.
	const rows = new Set(Object.keys(endpoints).map((row) => row.replace(/ of .*$/, '')));
	expect(found.sort()).toEqual([...rows].sort());
});

/** Asks with a credential, as a program or as a browser shows it. */
async function ask(
	{ path, init = {} }: ReturnType<Endpoint['request']>,
	token: string | undefined,
	by: 'bearer' | 'cookie'
): Promise<{ status: number; text: string; location: string | null }> {
	calls++;
	const headers = new Headers(init.headers);
	if (token && by === 'bearer') headers.set('authorization', `Bearer ${token}`);
	if (token && by === 'cookie') headers.set('cookie', `quits=${token}`);
	const answer = await fetch(server.url + path, { redirect: 'manual', ...init, headers });
	return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
}

const tells = (text: string): string[] =>
	[...hers.texts, hers.upload, hers.account, 'Anouschka', ...Object.values(group)].filter((secret) =>
		text.includes(secret)
	);

test.each(Object.entries(endpoints))('%s', async (_, { level, request, own, foreign }) => {
	for (const actor of actors) {
		const outcome = outcomeOf(level, actor);
		for (const by of ['bearer', 'cookie'] as const) {
			const token = await credentialOf(db, people, actor);
			const { status, text } = await whileRequired(db, actor, () => ask(request(), token, by));
			const expected = outcome === 'in' ? (isOwner(actor) ? own : foreign) : refusals[outcome].httpStatus;
			expect({ actor, by, status }).toEqual({ actor, by, status: expected });
			if (outcome !== 'in') expect(text).toContain(refusals[outcome].reason);
			if (!isOwner(actor) || outcome !== 'in')
				expect({ actor, tells: tells(text) }).toEqual({ actor, tells: [] });
		}
	}
	await db.apiToken.deleteMany();
	expect((await transactionsOf(ana)).map(({ description }) => description)).toEqual(hers.descriptions);
});

const pages = globSync('src/routes/**/+page.svelte')
	.map((file) => file.replace(/^src\/routes\//, '').replace(/\/?\+page\.svelte$/, ''))
	.sort();
const isOpen = (page: string): boolean => page.startsWith('(auth)');

test('every page is either for visitors or for people with a session', () => {
	expect(pages.filter((page) => !isOpen(page) && !page.startsWith('(app)'))).toEqual([]);
});

/** What `[id]` is in the address of a page. */
const idIn = (page: string): string => {
	if (page.includes('groups/')) return group.groupId;
	if (page.includes('models/')) return 'base';
	return page.includes('budgets/') ? hers.budget : hers.upload;
};

/** Of the owner's upload, budget, group or expense where it names one. */
const addressOf = (page: string): string =>
	`/${page
		.replace(/\([a-z]+\)\/?/g, '')
		.replace(/\/$/, '')
		.replace('[id]', idIn(page))
		.replace('[expenseId]', group.expense)}`;

// Only a session opens pages: an API token is for programs.
const withSession: readonly Actor[] = ['owner', 'old', 'outsider', 'admin', 'plain', 'staleAdmin'];

const isAdmins = (path: string): boolean => path === '/admin' || path.startsWith('/admin/');
const toSignIn: unknown = expect.stringMatching(/^\/sign-in/);

/** What an actor gets for a page. An admin without a second factor is told there to add one. */
function expectedOf(page: string, path: string, actor: Actor): { status: number; location: unknown } {
	const shown = { status: 200, location: null };
	const nothing = { status: 404, location: null };
	if (actor === 'half') {
		return path === '/settings/security' ? shown : { status: 303, location: '/settings/security' };
	}
	if (!withSession.includes(actor)) return { status: 303, location: toSignIn };
	if (isAdmins(path)) return ['admin', 'staleAdmin', 'plain'].includes(actor) ? shown : nothing;
	return page.includes('[id]') && !isOwner(actor) ? nothing : shown;
}

/** Whether a page may tell an actor that its person has an account here. */
const knowsNames = (path: string, actor: Actor): boolean =>
	isAdmins(path) && (actor === 'admin' || actor === 'staleAdmin');

test.each(pages)('page %s', async (page) => {
	const path = addressOf(page);
	for (const actor of actors) {
		const token = await credentialOf(db, people, actor);
		const { status, text, location } = await whileRequired(db, actor, () => ask({ path }, token, 'cookie'));
		if (!isOwner(actor) || !withSession.includes(actor)) {
			// The ids that were asked for are said again; they are no news.
			const asked = [hers.upload, hers.budget, group.groupId, group.expense];
			const told = tells(asked.reduce((rest, id) => rest.replaceAll(id, ''), text));
			const news = told.filter((secret) => secret !== ana.name || !knowsNames(path, actor));
			expect({ actor, page, news }).toEqual({ actor, page, news: [] });
		}
		if (isOpen(page)) expect({ actor, fine: status < 400 }).toEqual({ actor, fine: true });
		else expect({ actor, status, location }).toEqual({ actor, ...expectedOf(page, path, actor) });
	}
	await db.apiToken.deleteMany();
});

test('nobody has made it fail', () => {
	expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
	expect(server.noise).toEqual([]);
});
