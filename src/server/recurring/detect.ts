/** Finds recurring payments in an account and keeps one row for each series. */
import { v7 } from 'uuid';
import { findSeries } from '#lib/recurring/find.ts';
import { matchSeries } from '#lib/recurring/match.ts';
import type { Anchor, Cadence, Payment, Series, StoredSeries } from '#lib/recurring/types.ts';
import type { App } from '../app.ts';
import { dialectOf, inTx, joinSql, rawSql, type Db, type Recurring, type Tx } from '../db/client.ts';
import { createDeliveries } from '../deliveries/create.ts';
import { notify } from '../notifications/notify.ts';
import type { Live } from '../realtime/live.ts';
import { coveredUntil } from './covered-until.ts';

/** Merchants whose history is read at once: keeps each piece of work on the main thread to some milliseconds. */
const merchantsAtOnce = 3;

export type Scope = { userId: string; accountId: string; merchantKeys: readonly string[] };

/**
 * Finds the series of the merchants named from all their transactions, and updates what is stored: a series seen before keeps
 * its row and what a person decided about it. Returns how many series the account has among them.
 */
export async function detectRecurring(
	{ db, live }: Pick<App, 'db' | 'live'>,
	{ userId, accountId, merchantKeys }: Scope
): Promise<number> {
	const until = await coveredUntil(db, accountId);
	const keys = await merchantsToCheck(db, accountId, merchantKeys);
	let count = 0;
	for (let at = 0; at < keys.length; at += merchantsAtOnce) {
		const some = keys.slice(at, at + merchantsAtOnce);
		const histories = await readHistories(db, { userId, accountId }, some);
		const found = histories.map((history) => ({ ...history, series: findSeries(history.payments, until) }));
		count += found.reduce((sum, { series }) => sum + series.length, 0);
		const known = await db.recurring.count({ where: { accountId, merchantKey: { in: some } } });
		if (known > 0 || found.some(({ series }) => series.length > 0)) {
			await inTx(db, (tx) => store(tx, live, { userId, accountId }, some, found));
		}
	}
	return count;
}

/** The merchants named, and those of series that are stored: another payment of the account may show that theirs was missed. */
async function merchantsToCheck(db: Db, accountId: string, named: readonly string[]): Promise<string[]> {
	const stored = await db.recurring.findMany({
		where: { accountId },
		distinct: ['merchantKey'],
		select: { merchantKey: true }
	});
	return [...new Set([...named, ...stored.map((row) => row.merchantKey)])];
}

/** All payments of one merchant, in one direction and currency. */
type History = {
	merchantKey: string;
	merchant: string;
	currency: string;
	incoming: boolean;
	payments: Payment[];
};
type Found = History & { series: Series[] };
type StoredRow = Recurring & { transactions: { id: string }[] };

/** The histories of some merchants, each as one row: a value per payment would cost more to hand over than to find. */
async function readHistories(
	db: Db,
	{ userId, accountId }: Pick<Scope, 'userId' | 'accountId'>,
	merchantKeys: readonly string[]
): Promise<History[]> {
	const joined = rawSql(
		dialectOf(db) === 'sqlite'
			? `group_concat("id" || ' ' || "date" || ' ' || "amount", ',')`
			: `string_agg("id" || ' ' || "date" || ' ' || "amount", ',')`
	);
	const rows = await db.$queryRaw<
		{ merchantKey: string; merchant: string; currency: string; incoming: number | bigint; payments: string }[]
	>`
		SELECT "merchantKey", MAX("merchant") AS "merchant", "currency",
			CASE WHEN "amount" > 0 THEN 1 ELSE 0 END AS "incoming", ${joined} AS "payments"
		FROM "Transaction"
		WHERE "userId" = ${userId} AND "merchantKey" IN (${joinSql([...merchantKeys])})
			AND "accountId" = ${accountId} AND "amount" <> 0
		GROUP BY "merchantKey", "currency", CASE WHEN "amount" > 0 THEN 1 ELSE 0 END`;
	return rows
		.filter((row) => row.merchantKey !== '')
		.map((row) => ({ ...row, incoming: Number(row.incoming) === 1, payments: parsePayments(row.payments) }));
}

function parsePayments(text: string): Payment[] {
	const payments = text.split(',').map((part) => {
		const [id = '', date = '', amount] = part.split(' ');
		return { id, date, amount: Number(amount) };
	});
	return payments.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

const sameHistory = (a: History, row: Recurring): boolean =>
	a.merchantKey === row.merchantKey && a.currency === row.currency && a.incoming === row.amount > 0n;

async function store(
	tx: Tx,
	live: Live,
	owner: { userId: string; accountId: string },
	merchantKeys: readonly string[],
	found: readonly Found[]
): Promise<void> {
	// Two imports into one account find the same series: they take turns, and the second sees what the first has stored.
	await tx.account.update({ where: { id: owner.accountId }, data: { revision: { increment: 1 } } });
	const stored: StoredRow[] = await tx.recurring.findMany({
		where: { accountId: owner.accountId, merchantKey: { in: [...merchantKeys] } },
		include: { transactions: { select: { id: true } } }
	});
	for (const history of found) {
		const rows = stored.filter((row) => sameHistory(history, row));
		const { pairs, superseded, gone } = matchSeries(history.series, rows.map(storedSeries));
		for (const { id, into } of superseded) {
			await tx.transaction.updateMany({ where: { recurringId: id }, data: { recurringId: into } });
			await tx.recurring.delete({ where: { id } });
		}
		for (const { found: series, storedId } of pairs) {
			const before = rows.find((row) => row.id === storedId);
			await keep(tx, owner, history, series, storedId);
			if (before?.status === 'confirmed') await tellChanges(tx, live, before, series);
		}
		for (const id of gone)
			await letGo(
				tx,
				rows.find((row) => row.id === id)
			);
	}
	// Merchants of which nothing is left: their import was undone.
	const orphans = stored.filter((row) => !found.some((history) => sameHistory(history, row)));
	for (const row of orphans) await letGo(tx, row);
}

const storedSeries = (row: StoredRow): StoredSeries => ({
	id: row.id,
	cadence: row.cadence as Cadence,
	anchor: row.anchor as Anchor,
	nextDate: row.nextDate,
	amount: Number(row.amount),
	lastDate: row.lastDate,
	paymentIds: row.transactions.map(({ id }) => id),
	decided: row.status !== 'suggested'
});

async function keep(
	tx: Tx,
	owner: { userId: string; accountId: string },
	{ merchant, merchantKey, currency }: History,
	series: Series,
	storedId: string | null
): Promise<void> {
	const data = {
		merchant,
		cadence: series.cadence,
		anchor: series.anchor,
		amount: BigInt(series.amount),
		amountMin: BigInt(series.amountMin),
		amountMax: BigInt(series.amountMax),
		previousAmount: series.previousAmount === null ? null : BigInt(series.previousAmount),
		priceChangedOn: series.priceChangedOn,
		firstDate: series.firstDate,
		lastDate: series.lastDate,
		nextDate: series.nextDate,
		missed: series.missed,
		count: series.count,
		confidence: series.confidence,
		ended: series.ended
	};
	const id = storedId ?? v7();
	if (storedId) {
		await tx.recurring.update({ where: { id }, data });
		await tx.transaction.updateMany({
			where: { recurringId: id, id: { notIn: series.payments } },
			data: { recurringId: null }
		});
	} else {
		await tx.recurring.create({ data: { id, ...owner, merchantKey, currency, ...data } });
	}
	await tx.transaction.updateMany({ where: { id: { in: series.payments } }, data: { recurringId: id } });
}

/** Tells a person what is new about a payment they confirmed: a date that passed without it, another price. */
async function tellChanges(tx: Tx, live: Live, before: StoredRow, series: Series): Promise<void> {
	const { id: recurringId, userId, merchant, currency } = before;
	const known = before.missed as string[];
	const date = series.missed.findLast((day) => !known.includes(day));
	if (date) {
		const missed = { recurringId, merchant, date };
		await notify(tx, live, userId, 'recurring_missed', missed);
		const source = `missed:${recurringId}:${date}`;
		await createDeliveries(tx, { userId, source, event: 'recurring.missed', payload: missed });
	}
	if (series.previousAmount !== null && series.priceChangedOn !== before.priceChangedOn) {
		const prices = { before: series.previousAmount, after: series.amount, currency };
		const changed = { recurringId, merchant, ...prices };
		await notify(tx, live, userId, 'recurring_changed', changed);
		const source = `price:${recurringId}:${series.priceChangedOn}`;
		await createDeliveries(tx, { userId, source, event: 'recurring.changed', payload: changed });
	}
}

/** A series that is no longer found: what a person decided stays, a mere suggestion goes. */
async function letGo(tx: Tx, row: StoredRow | undefined): Promise<void> {
	if (!row) return;
	if (row.status === 'suggested') await tx.recurring.delete({ where: { id: row.id } });
	else
		await tx.recurring.update({
			where: { id: row.id },
			data: { ended: true, count: row.transactions.length }
		});
}
