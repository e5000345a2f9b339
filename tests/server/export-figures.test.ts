import fc from 'fast-check';
import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { categories } from '#lib/categories.ts';
import { formatAmount, formatNumber } from '#lib/i18n.ts';
import { toDecimal, toMinor } from '#lib/money.ts';
import { startTestApp } from '../support/app.ts';
import { csvLines, pdfPages, xlsxSheets, type PdfPage, type SheetCell } from '../support/export-readers.ts';
import { exported } from '../support/exports.ts';
import { openAccount, transactionsOf, type Person } from '../support/person.ts';

const quits = await startTestApp();
const { db } = quits.app;
const month = '2026-03';

type Booked = { day: number; amount: number; currency: string; categoryId: string | null };

async function book(person: Person, bookings: Booked[]): Promise<void> {
	const accountId = (await openAccount(person, `Account ${v7()}`)).id;
	const rows = bookings.map(({ day, amount, currency, categoryId }, at) => {
		const date = `${month}-${String(day).padStart(2, '0')}`;
		return {
			...{ id: v7(), userId: person.id, accountId, date, amount: BigInt(amount), currency, categoryId },
			...{ description: `Booking ${at}`, merchant: `Shop ${at % 7}`, merchantKey: 'shop', search: 'booking' },
			...{ fingerprint: `${date}.${at}`, occurrence: 1, source: 'user' as const }
		};
	});
	for (let from = 0; from < rows.length; from += 50)
		await db.transaction.createMany({ data: rows.slice(from, from + 50) });
}

const shown = (amount: number, currency: string) =>
	formatAmount(amount, currency, { locale: 'en' }).replaceAll('\u00a0', ' ');

type Total = { currency: string; spent: number; earned: number };
const inOrder = (totals: Total[]) => totals.sort((one, other) => (one.currency < other.currency ? -1 : 1));

/** Decimal text or a number of a sheet, in minor units. */
const minor = (value: SheetCell | undefined, currency: string): number =>
	typeof value === 'number'
		? Math.round(value * Number(`1e${toDecimal(0, currency).split('.')[1]?.length ?? 0}`))
		: toMinor(String(value), currency)!;

/** Returns the pages of the PDF. */
async function figuresAgree(person: Person): Promise<PdfPage[]> {
	const query = { from: `${month}-01`, to: `${month}-31` };
	const get = (format: string) => exported(db, person, `transactions.${format}`, { query });
	const listed = await transactionsOf(person, query);
	const rows = listed.map(({ date, amount, currency }) => `${date} ${amount} ${currency}`);
	const summary = await person.api.transactions.summary.query({ month });
	const totals = inOrder(summary!.totals.map(({ currency, spent, earned }) => ({ currency, spent, earned })));

	for (const { currency, spent, earned } of totals) {
		for (const [direction, total] of [['out', spent] as const, ['in', earned] as const]) {
			const behind = await transactionsOf(person, { ...query, currency, direction });
			const sum = behind.reduce((sum, { amount }) => sum + amount, 0);
			expect({ currency, direction, sum }).toEqual({ currency, direction, sum: total });
		}
	}

	const lines = csvLines(await get('csv'));
	expect(
		lines.map(({ date, amount, currency }) => `${date} ${toMinor(amount!, currency!)} ${currency}`)
	).toEqual(rows);

	const sheets = await xlsxSheets(await get('xlsx'));
	const [, ...sheet] = sheets.get('Transactions')!;
	expect(
		sheet.map(([date, amount, currency]) => {
			return `${(date as Date).toISOString().slice(0, 10)} ${minor(amount, String(currency))} ${currency}`;
		})
	).toEqual(rows);
	const [, ...sums] = sheets.get('Summary')!;
	const ofSheet = (isTotal: boolean): Total[] => {
		const byCurrency = new Map<string, Total>();
		for (const [, , cell, spent, earned] of sums.filter(([, name]) => (name === 'Total') === isTotal)) {
			const currency = String(cell);
			const so = byCurrency.get(currency) ?? { currency, spent: 0, earned: 0 };
			so.spent += minor(spent, currency);
			so.earned += minor(earned, currency);
			byCurrency.set(currency, so);
		}
		return inOrder(
			[...byCurrency.values()].filter(({ currency }) => totals.some((one) => one.currency === currency))
		);
	};
	expect(ofSheet(true)).toEqual(totals);
	expect(ofSheet(false)).toEqual(totals);

	const { pages } = await pdfPages(await get('pdf'));
	const texts = pages.flatMap(({ texts }) => texts);
	for (const { currency, spent, earned } of totals) {
		const at = texts.indexOf(currency);
		expect(texts.slice(at, at + 3)).toEqual([
			currency,
			...[spent, earned].map((amount) => shown(amount, currency))
		]);
	}
	const counts = Map.groupBy(
		listed.map(({ amount, currency }) => shown(amount, currency)),
		(text) => text
	);
	const printed = Map.groupBy(texts, (text) => text);
	for (const [text, { length }] of counts)
		expect(printed.get(text)?.length, text).toBeGreaterThanOrEqual(length);
	return pages;
}

const booking = fc.record({
	day: fc.integer({ min: 1, max: 31 }),
	amount: fc.integer({ min: -5_000_000, max: 5_000_000 }),
	currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
	categoryId: fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom(...categories.map(({ key }) => key)) },
		fc.constantFrom('refund', 'credit_card_payment', 'account_transfer', null)
	)
});

test('screen, CSV, Excel and PDF say the same to the cent, whatever was booked', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(booking, { minLength: 1, maxLength: 40 }), async (bookings) => {
			const ana = await quits.meet('Ana');
			await book(ana, bookings);
			await figuresAgree(ana);
		}),
		{ numRuns: 8 }
	);
});

test('and so they do for a thousand refunds in three currencies', async () => {
	const ana = await quits.meet('Ana');
	const refunds = Array.from({ length: 1000 }, (_, at): Booked => ({
		...{ day: (at % 31) + 1, amount: 1 + ((at * 7919) % 100_000) },
		...{ currency: ['EUR', 'JPY', 'KWD'][at % 3]!, categoryId: at % 5 ? 'refund' : 'clothing' }
	}));
	const spent = refunds.slice(0, 200).map((one): Booked => ({
		...one,
		amount: -2 * one.amount,
		categoryId: 'electronics'
	}));
	await book(ana, [...refunds, ...spent]);
	const pages = await figuresAgree(ana);
	expect(pages.length).toBeGreaterThan(15);
	expect(pages.flatMap(({ texts }) => texts)).toContain(formatNumber(400, { locale: 'en' }));
	pages.forEach(({ texts, roles }, at) => {
		expect(texts).toContain(`Page ${at + 1} of ${pages.length}`);
		if (at > 1 && at < pages.length - 1) expect(texts.filter((text) => text === 'Merchant')).toHaveLength(1);
		if (at > 1) expect(roles).toContain('TD');
	});
});
