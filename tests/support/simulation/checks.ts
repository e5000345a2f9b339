/** What must hold once everybody has put their hands down. Each check rejects with what does not. */
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { lessPaid } from '#lib/groups/open-debts.ts';
import { seedOf } from '#lib/groups/apportion.ts';
import { partsOf } from '#lib/groups/parts.ts';
import { load, removedOf, type Api, type Client, type Shown } from './client.ts';
import type { Ledger } from './ledger.ts';
import { findNothing } from './perform.ts';

/**
 * How long everybody has to show the same, once nothing happens any more: two seconds, looked at every 10 ms. A machine that is
 * busy with other things gives fewer looks a second, and so more time.
 */
const [calmMs, lookMs] = [2000, 10];

/** Waits until every member shows what the server says, and who else is looking. Returns how long that took, in ms. */
export async function agreed(clients: readonly Client[]): Promise<number> {
	const started = performance.now();
	const truths = new Map<Client, Shown>();
	const members = new Set<Client>();
	for (const client of clients) {
		const groups = await client.ask('fine', (api) => api.groups.list.query());
		if (groups.some(({ id }) => id === client.groupId)) members.add(client);
	}
	for (const client of members)
		truths.set(client, await client.ask('fine', (api) => load(api, client.groupId)));
	const looking = [...members].map(({ person }) => person.memberId).sort();
	const different = (): string[] =>
		clients.flatMap((client) => {
			const { name } = client.person;
			if (!members.has(client)) return client.shown === null ? [] : [`${name} shows what they may not see`];
			if (!isDeepStrictEqual(client.shown, truths.get(client))) {
				const [shown, is] = [client.shown?.group.revision, truths.get(client)?.group.revision];
				return [`${name} shows revision ${shown} of ${is}`];
			}
			const seen = [...client.looking].sort();
			return isDeepStrictEqual(seen, looking)
				? []
				: [`${name} sees ${seen.length} looking of ${looking.length}`];
		});
	for (let looks = 1; different().length > 0; looks++) {
		const ms = performance.now() - started;
		const late = ms > calmMs && looks * lookMs > calmMs;
		ok(!late, `after ${Math.round(ms)} ms of calm, ${different().join('; ')}`);
		await delay(lookMs);
	}
	const ms = performance.now() - started;
	const [first, ...others] = [...truths.values()].map(asAnybody);
	ok(first, 'somebody is left in the group');
	for (const other of others) deepStrictEqual(other, first, 'members do not see the same group');
	return ms;
}

/** Without what is about whoever looks. */
const asAnybody = ({ group, balances, expenses, settlements }: Shown) => ({
	group: { ...group, me: null },
	balances,
	expenses: expenses.map((expense) => ({ ...expense, mine: null })),
	settlements
});

/** What was paid for an expense in what it is owed in now, in the order in which it was said. */
const paidFor = ({ id, settleCurrency }: Shown['expenses'][number], { settlements }: Shown) =>
	settlements
		.filter((one) => one.expenseId === id && one.currency === settleCurrency && one.status !== 'disputed')
		.map((one) => ({ ...one, said: `${String(one.createdAt)} ${one.id}` }))
		.sort((a, b) => (a.said < b.said ? -1 : 1));

/** The balances are what the expenses and settlements come to, and sum to zero; a share is paid when nothing of it is open. */
export function checkMoney(shown: Shown): void {
	const { balances, expenses, settlements } = shown;
	const sums = new Map<string, number>();
	const add = (memberId: string, currency: string, amount: number): void =>
		void sums.set(`${memberId} ${currency}`, (sums.get(`${memberId} ${currency}`) ?? 0) + amount);
	for (const expense of expenses) {
		const { id, settleCurrency, settleAmount } = expense;
		const parts = partsOf(expense, seedOf(expense));
		ok(parts.ok, `expense ${id} does not add up`);
		equal(settleAmount, parts.settleAmount);
		for (const { memberId, net } of parts.parts) add(memberId, settleCurrency, net);
		const shares = expense.shares.map(({ memberId, amount }) => [memberId, amount]);
		const expected = shares.map(([memberId]) => [
			memberId,
			parts.parts.find((part) => part.memberId === memberId)?.share
		]);
		deepStrictEqual(shares, expected, `the shares of expense ${id}`);
		const positions = parts.parts.map(({ memberId, net }) => ({ memberId, amount: net }));
		const open = lessPaid(positions, paidFor(expense, shown)).filter(({ amount }) => amount < 0);
		const unpaid = expense.shares.filter(({ paid }) => !paid).map(({ memberId }) => memberId);
		const behind = open.map(({ memberId }) => memberId);
		const sharing = behind.filter((one) => expense.shares.some(({ memberId }) => memberId === one));
		deepStrictEqual(unpaid.sort(), sharing.sort(), `what is paid of expense ${id}`);
	}
	for (const { from, to, currency, amount } of settlements.filter(({ status }) => status !== 'disputed')) {
		add(from, currency, amount);
		add(to, currency, -amount);
	}
	const said = balances.members.flatMap(({ memberId, balances }) =>
		balances.map(({ currency, amount }) => [`${memberId} ${currency}`, amount] as const)
	);
	const computed = [...sums].filter(([, amount]) => amount !== 0);
	deepStrictEqual(Object.fromEntries(said), Object.fromEntries(computed), 'the balances are others');
	const byCurrency = Map.groupBy(said, ([key]) => key.split(' ')[1]);
	for (const [currency, entries] of byCurrency) {
		equal(
			entries.reduce((sum, [, amount]) => sum + amount, 0),
			0,
			`the balances in ${currency} do not sum to zero`
		);
	}
}

type Line = Awaited<ReturnType<Api['groups']['activity']['query']>>['items'][number];

/** The whole log of a group, oldest first; every revision is in it once. */
export async function logOf({ ask, groupId, shown }: Client): Promise<Line[]> {
	const lines: Line[] = [];
	let cursor: number | undefined;
	do {
		const page = await ask('fine', (api) => api.groups.activity.query({ groupId, cursor, limit: 200 }));
		lines.push(...page.items);
		cursor = page.nextCursor ?? undefined;
	} while (cursor !== undefined);
	lines.reverse();
	deepStrictEqual(
		lines.map(({ revision }) => revision),
		Array.from({ length: shown?.group.revision ?? 0 }, (_, at) => at + 1),
		'the log does not have every revision once'
	);
	return lines;
}

/** Sent again it is the same wish again: when somebody has undone it in between, it comes about twice. */
const statesAWish =
	/^(share_|settlement_(confirmed|disputed)|expense_removed|member_(renamed|removed)|owner_changed|group_updated)/;

/** All that was promised has happened, and nothing twice, and nothing that nobody wanted. */
export async function checkOnce(client: Client, log: readonly Line[], { intents }: Ledger): Promise<void> {
	const { ask, groupId, shown } = client;
	const isIt = (line: Line, { kinds, subject }: Ledger['intents'][number]): boolean =>
		kinds.includes(line.kind) && (line.subjectId ?? groupId) === subject;
	for (const line of log) {
		const wanted = intents
			.filter((intent) => isIt(line, intent))
			.reduce((sum, { tries }) => sum + (statesAWish.test(line.kind) ? tries : 1), 0);
		// What was paid in two currencies is taken back at once, and told one by one.
		const lines = log.filter(
			({ kind, subjectId, summary }) =>
				kind === line.kind &&
				subjectId === line.subjectId &&
				(kind !== 'share_unpaid' || summary.currency === line.summary.currency)
		).length;
		ok(
			lines <= wanted,
			`${line.kind} of ${line.subjectId} was meant ${wanted} times and done ${lines} times`
		);
	}
	const made = ['expense_added', 'member_added', 'settlement_marked', 'invite_created'] as const;
	for (const intent of intents.filter(({ done, kinds }) => done && made.some((k) => kinds[0] === k))) {
		const lines = log.filter((line) => isIt(line, intent) && line.subjectId === intent.subject);
		ok(lines.length >= 1, `${intent.kinds[0]} of ${intent.subject} was promised and is not there`);
	}
	for (const expense of [...shown!.expenses, ...(await removedOf(client))]) {
		const about = log.filter(({ subjectId }) => subjectId === expense.id);
		const changed = about.filter(({ kind }) => /^expense_(updated|removed|restored)$/.test(kind));
		equal(expense.version, 1 + changed.length, `the version of expense ${expense.id}`);
		const meant = intents.filter(({ subject }) => subject === expense.id);
		const marks = expense.notes.split(' ').filter(Boolean);
		equal(new Set(marks).size, marks.length, `a change of expense ${expense.id} was done twice`);
		equal(
			marks.length,
			about.filter(({ kind }) => kind === 'expense_updated').length,
			'changes and their lines'
		);
		for (const { mark, done } of meant) {
			ok(!done || !mark || marks.includes(mark), `change ${mark} of expense ${expense.id} was lost`);
		}
		if (!meant.some(({ commentId }) => commentId)) continue;
		const { comments } = await ask('fine', (api) => api.expenses.get.query({ id: expense.id }));
		const lines = about.filter(({ kind }) => kind === 'expense_commented');
		equal(comments.length, lines.length, `comments of expense ${expense.id} and their lines`);
		for (const { commentId } of meant.filter((intent) => intent.done && intent.commentId)) {
			ok(
				comments.some(({ id }) => id === commentId),
				`comment ${commentId} was lost`
			);
		}
	}
}

const comings = ['member_joined', 'member_left', 'member_removed'];

/**
 * Nobody has heard an event twice, or another one than the log says, or one of a time when they were not in the group; and as
 * long as their connection stood they have heard them all.
 */
export function checkHeard({ person, heard }: Client, log: readonly Line[]): void {
	const { memberId, name } = person;
	const wasIn = (revision: number): boolean => {
		const last = log
			.slice(0, revision)
			.findLast(({ kind, subjectId }) => subjectId === memberId && comings.includes(kind));
		return last === undefined || last.kind === 'member_joined';
	};
	equal(new Set(heard.map(({ revision }) => revision)).size, heard.length, `${name} heard an event twice`);
	for (const { revision, kind, actorId, subjectId } of heard) {
		const line = log[revision - 1];
		deepStrictEqual(
			{ kind, actorId, subjectId },
			{ kind: line?.kind, actorId: line?.actor.memberId, subjectId: line?.subjectId },
			`${name} heard something else of revision ${revision}`
		);
		ok(wasIn(revision), `${name} was not in the group any more, and heard of revision ${revision}`);
	}
	for (const events of Map.groupBy(heard, ({ connection }) => connection).values()) {
		const revisions = new Set(events.map(({ revision }) => revision));
		for (let revision = Math.min(...revisions); revision < Math.max(...revisions); revision++) {
			ok(
				revisions.has(revision) || !wasIn(revision),
				`${name} was there, and did not hear of revision ${revision}`
			);
		}
	}
}

export const checkOutside = async (clients: readonly Client[]): Promise<void> => {
	for (const client of clients.filter(({ shown }) => shown === null)) await findNothing(client);
};
