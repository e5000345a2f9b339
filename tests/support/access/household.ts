/** What the owner of the access matrix has: something of everything, and spare pieces of what a call uses up. */
import { v7 } from 'uuid';
import { expect } from 'vitest';
import { newBudget } from '#lib/budgets/budget.ts';
import type { Mapping } from '#lib/statement/types.ts';
import { hashToken, newToken } from '#server/auth/token.ts';
import { createBudget } from '#server/budgets/create.ts';
import { newRule } from '#lib/rules/rule.ts';
import { inTx } from '#server/db/client.ts';
import { bodyPlace } from '#server/mail/send.ts';
import { createRule } from '#server/rules/create.ts';
import { startSession } from '#server/sessions/start.ts';
import { newSecret, secretPlace } from '#server/webhooks/secret.ts';
import { apiOf } from '../api.ts';
import { importStatement, transactionsOf, type Person } from '../person.ts';
import { bookings, monthly, statement } from '../statement.ts';
import type { TestApp } from '../app.ts';
import { addPerson } from './actors.ts';
import { groupRowsOf, makeGroupThings, type GroupThings } from './group-things.ts';

export type Household = {
	person: Person;
	email: string;
	account: string;
	done: string;
	waiting: string;
	transaction: string;
	recurring: string;
	notification: string;
	passkey: string;
	session: string;
	token: string;
	webhook: string;
	delivery: string;
	budget: string;
	rule: string;
	run: string;
	alert: string;
	/** Of a session that nobody else has. */
	export: string;
	group: GroupThings;
	categoryId: string;
	/** One that she has made. */
	ownCategory: string;
	mapping: Mapping;
};

const statementOf = (name: string) =>
	statement([
		...monthly(`Landlord ${name} rent`, -85_000, { from: '2025-01-01', months: 12 }),
		...bookings(20)
	]);

export const rentBudget = {
	...{ name: 'A roof over the head', categoryIds: ['rent'], currency: 'EUR', amount: 90_000 },
	period: 'monthly' as const
};

export const rentRule = {
	conditions: {
		kind: 'all' as const,
		of: [{ kind: 'text' as const, test: 'contains' as const, value: 'rent' }]
	},
	actions: { categoryId: 'rent' }
};

/** Fills somebody's account, as a month of use does. */
export async function makeHousehold(quits: TestApp, person: Person): Promise<Household> {
	const { app } = quits;
	const file = statementOf(person.name);
	const done = await importStatement(person, file);
	await importStatement(person, file); // with duplicates
	const waiting = await importStatement(person, file, { preview: true });
	const [row] = await transactionsOf(person);
	const { detection } = await person.api.uploads.detection.query({ id: waiting.id });
	const { email } = await person.api.auth.me.query();
	const spares = makeSpares(quits, person);
	return {
		...{ person, email },
		account: done.accountId!,
		done: done.id,
		waiting: waiting.id,
		transaction: row!.id,
		recurring: (await person.api.recurring.list.query())[0]!.id,
		notification: (await person.api.notifications.list.query()).items[0]!.id,
		passkey: await spares.passkey(),
		session: await spares.session(),
		token: await spares.token(),
		...(await spares.webhook()),
		...(await spares.alert()),
		rule: await spares.rule(),
		ownCategory: await spares.category(),
		run: await spares.run(),
		export: await spares.export(),
		group: await spares.group(),
		categoryId: (await app.db.category.findFirstOrThrow({ where: { userId: null } })).id,
		mapping: detection!.mapping
	};
}

/** Makes one more of something of the owner's, for a call that may use it up. */
export function makeSpares({ app }: Pick<TestApp, 'app'>, owner: Person) {
	const { db } = app;
	const userId = owner.id;
	return {
		account: async () => {
			const id = v7();
			await db.account.create({ data: { id, userId, name: 'Spare', currency: 'EUR' } });
			return id;
		},
		waiting: async () => {
			const id = await owner.send(statementOf(owner.name), { preview: true });
			await expect
				.poll(() => db.upload.count({ where: { id, status: 'preview' } }), { timeout: 20_000, interval: 20 })
				.toBe(1);
			return id;
		},
		done: async () => {
			const id = v7();
			await db.upload.create({
				data: { id, userId, filename: 'spare.csv', size: 1, sha256: id, status: 'done' }
			});
			return id;
		},
		session: async () => {
			const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
			const caller = { userAgent: 'a spare phone', address: '127.0.0.1' };
			return (await inTx(db, (tx) => startSession(tx, user, caller))).id;
		},
		token: async () => {
			const id = v7();
			await db.apiToken.create({
				data: { id, userId, name: 'Spare', tokenHash: hashToken(id), hint: 'pare', scopes: 'read' }
			});
			return id;
		},
		/** One that is turned off, so that nothing goes anywhere, and something it was to be sent. */
		webhook: async () => {
			const [webhook, delivery] = [v7(), v7()];
			const secret = app.sealer.seal(newSecret(), secretPlace(webhook));
			const url = `https://hooks.example.org/${webhook}`;
			await db.webhookEndpoint.create({
				data: { id: webhook, userId, url, secret, events: ['upload.done'], disabledAt: new Date() }
			});
			await db.delivery.create({
				data: {
					...{ id: delivery, userId, endpointId: webhook, dedupeKey: delivery, channel: 'webhook' },
					...{ event: 'webhook.test', payload: { endpointId: webhook }, status: 'failed' }
				}
			});
			return { webhook, delivery };
		},
		budget: async () => {
			const holder = { userId, timeZone: 'UTC', membership: null };
			return (await createBudget(app, holder, newBudget.parse(rentBudget))).id;
		},
		category: async () => {
			const id = v7();
			const name = `Kites ${id}`;
			await db.category.create({
				data: { id, userId, name, nameKey: name, group: 'entertainment', sort: 0 }
			});
			return id;
		},
		rule: async () => {
			const fields = newRule.parse({
				conditions: { kind: 'all', of: [{ kind: 'text', test: 'contains', value: 'landlord' }] },
				actions: { note: 'A roof over the head' }
			});
			return (await createRule(app, userId, fields)).id;
		},
		/** What a rule is said to have done. */
		run: async () => {
			const id = v7();
			await db.ruleRun.create({ data: { id, userId, changes: [], splits: [] } });
			return id;
		},
		export: async () => {
			const id = v7();
			const sessionId = await makeSpares({ app }, owner).session();
			const file = { file: 'transactions.csv', query: '', filename: 'transactions.csv', type: 'text/csv' };
			await db.export.create({ data: { id, userId, sessionId, ...file } });
			return id;
		},
		/** One of long ago, which is on the person's screens, and its budget. */
		alert: async () => {
			const [alert, budget] = [v7(), await makeSpares({ app }, owner).budget()];
			const period = { periodStart: '2020-01-01', periodEnd: '2020-01-31' };
			const sums = { threshold: 80, percent: 94, spent: 85_000n, amount: 90_000n, currency: 'EUR' };
			await db.alert.create({ data: { id: alert, budgetId: budget, ...period, ...sums } });
			await db.delivery.create({
				data: {
					...{ id: v7(), userId, alertId: alert, dedupeKey: alert, channel: 'screen', status: 'delivered' },
					...{ event: 'budget.alert', payload: { alertId: alert, budgetId: budget } }
				}
			});
			return { alert, budget };
		},
		passkey: async () => {
			const id = newToken();
			await db.passkey.create({ data: { id, userId, name: 'Spare', publicKey: new Uint8Array(77) } });
			return id;
		},
		group: async () => {
			// A session of its own: by now the owner's may have been ended.
			const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
			const caller = { userAgent: 'a spare program', address: '127.0.0.1' };
			const { token } = await inTx(db, (tx) => startSession(tx, user, caller));
			return makeGroupThings(apiOf(app, { token }));
		},
		/** Of the instance rather than the owner: for what admins do. */
		person: () => addPerson(db, { name: 'Spare' }),
		invite: async () => {
			const id = v7();
			const expiresAt = new Date(Date.now() + 86_400_000);
			await db.invite.create({ data: { id, codeHash: id, createdById: userId, expiresAt } });
			return id;
		},
		/** A version whose files are gone. */
		model: async () => {
			const id = v7();
			await db.modelVersion.create({
				data: { id, status: 'ready', corrections: false, createdById: userId, checksums: {} }
			});
			return id;
		},
		mail: async () => {
			const id = v7();
			const body = app.sealer.seal('Good morning.', bodyPlace(id));
			await db.mail.create({
				data: { id, to: 'spare@example.org', kind: 'verify', subject: 'Hello', body, status: 'kept' }
			});
			return id;
		}
	};
}

export type Spares = ReturnType<typeof makeSpares>;

/** All that is somebody's, to compare: as text, by table. */
export async function everythingOf(
	{ app: { db } }: TestApp,
	userId: string
): Promise<Record<string, string>> {
	const where = { where: { userId }, orderBy: { id: 'asc' } } as const;
	const uploads = await db.upload.findMany(where);
	const rows = {
		user: await db.user.findUnique({ where: { id: userId } }),
		accounts: await db.account.findMany(where),
		uploads,
		uploadRows: await db.uploadRow.findMany({
			where: { uploadId: { in: uploads.map(({ id }) => id) } },
			orderBy: [{ uploadId: 'asc' }, { line: 'asc' }]
		}),
		formats: await db.statementFormat.findMany({ where: { userId }, orderBy: { headerKey: 'asc' } }),
		transactions: await db.transaction.findMany(where),
		categories: await db.category.findMany(where),
		hiddenCategories: await db.hiddenCategory.findMany({ where: { userId }, orderBy: { categoryId: 'asc' } }),
		transfers: await db.transfer.findMany({ where: { out: { userId } }, orderBy: { outId: 'asc' } }),
		noTransfers: await db.noTransfer.findMany({ where: { out: { userId } }, orderBy: { outId: 'asc' } }),
		rules: await db.rule.findMany(where),
		exports: await db.export.findMany(where),
		ruleRuns: await db.ruleRun.findMany(where),
		recurring: await db.recurring.findMany(where),
		notifications: await db.notification.findMany(where),
		// When they were last looked at is noted by whoever looks after them.
		budgets: await db.budget.findMany({ ...where, omit: { checkedFor: true } }),
		alerts: await db.alert.findMany({ where: { budget: { userId } }, orderBy: { id: 'asc' } }),
		...(await groupRowsOf(db, userId)),
		authenticator: await db.authenticator.findUnique({ where: { userId } }),
		recoveryCodes: await db.recoveryCode.findMany(where),
		passkeys: await db.passkey.findMany(where),
		webhooks: await db.webhookEndpoint.findMany(where),
		deliveries: await db.delivery.findMany(where),
		// When they were last seen is noted for whoever uses them.
		sessions: await db.session.findMany({ ...where, omit: { lastSeenAt: true } }),
		tokens: await db.apiToken.findMany({ ...where, omit: { lastUsedAt: true } })
	};
	return Object.fromEntries(
		Object.entries(rows).map(([table, found]) => [
			table,
			JSON.stringify(found, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
		])
	);
}
