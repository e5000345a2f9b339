/** Somebody with a month of money in three currencies, and what the report of it is made of. */
import { v7 } from 'uuid';
import { merchantKey } from '#lib/merchant.ts';
import type { App } from '#server/app.ts';
import { inTx } from '#server/db/client.ts';
import { deliverMail } from '#server/mail/deliver.ts';
import { runMonthly } from '#server/monthly/run.ts';
import { enqueue } from '#server/outbox.ts';
import type { TestApp } from './app.ts';
import type { Person } from './person.ts';

type Settings = { locale?: 'en' | 'de'; timeZone?: string; confirmed?: boolean };

/** Somebody whose address is confirmed, unless it is said otherwise. */
export async function meetReader(
	quits: TestApp,
	name: string,
	{ locale = 'en', timeZone = 'Europe/Berlin', confirmed = true }: Settings = {}
): Promise<Person & { email: string }> {
	const person = await quits.meet(name, { locale });
	const emailVerifiedAt = confirmed ? new Date('2026-01-01T00:00:00Z') : null;
	const data = { timeZone, emailVerifiedAt };
	const { email } = await quits.app.db.user.update({ where: { id: person.id }, data });
	return { ...person, email };
}

type Booking = [date: string, amount: number, merchant: string, categoryId: string | null, currency?: string];

/** What is bought in October 2026, with a refund, a transfer and wages, and something in the month before. */
export const october: Booking[] = [
	['2026-09-05', -8_000, 'Rewe', 'groceries'],
	['2026-09-12', -2_000, 'Kiosk', 'restaurants'],
	['2026-10-02', -4_321, 'Rewe', 'groceries'],
	['2026-10-09', -5_679, 'Rewe', 'groceries'],
	['2026-10-10', 1_000, 'Rewe', 'refund'],
	['2026-10-11', -95_000, 'Landlord Miller', 'rent'],
	['2026-10-12', -1_990, 'Bäckerei Öz', null],
	['2026-10-15', 250_000, 'ACME', 'salary'],
	['2026-10-20', -50_000, 'Savings', 'account_transfer'],
	['2026-10-21', -7_350, 'Diner', 'restaurants', 'USD'],
	['2026-10-31', -1_200, 'Kiosk', 'restaurants', 'JPY'],
	['2026-11-01', -99_999, 'Not in October', 'clothing']
];

export async function bookMonth({ db }: App, { id: userId }: Person, bookings = october): Promise<void> {
	const accounts = new Map<string, string>();
	for (const [, , , , currency = 'EUR'] of bookings) {
		if (accounts.has(currency)) continue;
		const account = await db.account.create({ data: { id: v7(), userId, name: currency, currency } });
		accounts.set(currency, account.id);
	}
	await db.transaction.createMany({
		data: bookings.map(([date, amount, merchant, categoryId, currency = 'EUR']) => ({
			...{ id: v7(), userId, accountId: accounts.get(currency)!, date, amount: BigInt(amount), currency },
			...{
				merchant,
				merchantKey: merchantKey(merchant),
				description: merchant,
				search: merchant.toLowerCase()
			},
			...{ fingerprint: v7(), occurrence: 1, categoryId }
		}))
	});
}

/** Runs a job that looks whose report is due. Returns its id. */
export async function lookAt(app: App, now: Date): Promise<string> {
	const jobId = await inTx(app.db, (tx) => enqueue(tx, 'monthly-report', {}));
	await runMonthly(app, {}, jobId, now);
	return jobId;
}

export const reportsTo = ({ db }: App, { id: userId }: { id: string }) =>
	db.mail.findMany({
		where: { userId, kind: 'monthly_report' },
		orderBy: { id: 'asc' },
		include: { attachment: true }
	});

/** Sends all mails that are promised. */
export async function sendAll(app: App): Promise<void> {
	for (const { id, payload } of await app.db.outbox.findMany({ where: { queue: 'mail-send' } }))
		await deliverMail(app, (payload as { mailId: string }).mailId, id);
}
