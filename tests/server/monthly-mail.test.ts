/** What the report of a month says: the figures of the pages, to the cent, and a PDF that others can read. */
import type { Attachment } from 'mailparser';
import { afterEach, expect, test } from 'vitest';
import { categories, categoryGroups } from '#lib/categories.ts';
import { formatAmount } from '#lib/i18n.ts';
import { deliverMail } from '#server/mail/deliver.ts';
import { monthlyFigures } from '#server/monthly/figures.ts';
import { largestStatement, monthlyStatement } from '#server/monthly/statement.ts';
import { setMonthly } from '#server/monthly/settings.ts';
import { startTestApp } from '../support/app.ts';
import { makeBudget } from '../support/budgets.ts';
import { pdfPages } from '../support/export-readers.ts';
import { makeGroup } from '../support/group.ts';
import { startResendServer, startSmtpServer } from '../support/mailbox.ts';
import { bookMonth, lookAt, meetReader, october, reportsTo, sendAll } from '../support/monthly.ts';
import type { Person } from '../support/person.ts';

const smtp = await startSmtpServer();
const resend = await startResendServer();
const from = 'Quits <quits@example.org>';
const quits = await startTestApp({
	env: { SMTP_URL: smtp.url, MAIL_FROM: from, PUBLIC_URL: 'https://quits.example.org' },
	work: false
});
const { app } = quits;
const byResend = {
	...app,
	config: { ...app.config, mail: { ...app.config.mail, resendKey: 're_test', resendUrl: resend.url } }
};
const morning = new Date('2026-11-01T07:02:00Z');
const month = '2026-10';
const userOf = ({ id }: Person) => app.db.user.findUniqueOrThrow({ where: { id } });
const wants = async (person: Person) =>
	setMonthly(app, await userOf(person), { on: true }, new Date('2026-10-01T12:00:00Z'));

afterEach(async () => {
	smtp.mails.length = 0;
	await app.db.outbox.deleteMany();
	await app.db.mail.deleteMany();
	await app.db.monthlyReport.deleteMany();
});

test('its figures are those of the pages, to the cent', async () => {
	const ana = await meetReader(quits, 'Ana');
	await bookMonth(app, ana);
	const food = await makeBudget(app, ana, { amount: 9_000 }, new Date('2026-09-01T12:00:00Z'));
	const all = await makeBudget(
		app,
		ana,
		{ name: 'Year', categoryIds: [], period: 'yearly', amount: 500_000 },
		new Date('2026-09-01T12:00:00Z')
	);
	const group = await makeGroup(app, [ana], { guests: ['Eva'] });
	await ana.api.expenses.create.mutate(group.expense({ date: '2026-10-31' }));
	const figures = (await monthlyFigures(app.db, await userOf(ana), month, morning))!;

	const summary = await ana.api.transactions.summary.query({ month });
	expect(
		figures.currencies.map(({ currency, spent, earned }) => ({ currency, spent: -spent, earned }))
	).toEqual(summary!.totals.map(({ currency, spent, earned }) => ({ currency, spent, earned })));
	expect(figures.currencies.map(({ currency }) => currency).sort()).toEqual(['EUR', 'JPY', 'USD']);
	expect(figures.currencies[0]).toMatchObject({ spent: 105_990, spentBefore: 10_000, earned: 250_000 });

	const period = { from: '2026-10-01', to: '2026-10-31', compare: 'previous' as const };
	const byCategory = await ana.api.reports.spending.query({ ...period, by: 'category' });
	const byMerchant = await ana.api.reports.spending.query({ ...period, by: 'merchant' });
	for (const { currency, spent, spentBefore, categories, merchants } of figures.currencies) {
		const { total } = byCategory.currencies.find((one) => one.currency === currency)!;
		expect([spent, spentBefore]).toEqual([total.amount, total.before]);
		const sum = (of: 'amount' | 'before') => categories.reduce((all, one) => all + (one[of] ?? 0), 0);
		expect([sum('amount'), sum('before')]).toEqual([total.amount, total.before ?? 0]);
		const { rows } = byMerchant.currencies.find((one) => one.currency === currency)!;
		for (const { name, amount, before } of merchants)
			expect({ name, amount, before }).toEqual({
				name,
				amount: rows.find((row) => row.name === name)?.amount,
				before: rows.find((row) => row.name === name)?.before
			});
	}
	expect(figures.currencies[0]!.merchants[0]).toEqual({ name: 'Landlord Miller', amount: 95_000, before: 0 });

	expect(figures.budgets).toMatchObject([
		{ id: food.id, spent: 10_000, limit: 9_000, remaining: -1_000, periodEnd: '2026-10-31', over: true },
		{ id: all.id, currency: 'EUR', periodEnd: '2026-12-31', over: false }
	]);
	expect(figures.due).toEqual(await ana.api.recurring.due.query({ from: '2026-11-01', to: '2026-11-30' }));
	const [listed] = await ana.api.groups.list.query();
	expect(figures.groups).toEqual([{ name: listed!.name, balances: listed!.balances }]);
	expect(listed!.balances).toEqual([{ currency: 'EUR', amount: 1_500 }]);
});

test('more areas than are shown come together as the last', async () => {
	const ana = await meetReader(quits, 'Ana');
	// One of each area that money is spent on.
	const areas = categoryGroups.filter((group) => group !== 'income' && group !== 'transfers');
	const used = areas.map((area) => categories.find(({ group }) => group === area)!.key);
	expect(used.length).toBeGreaterThan(6);
	await bookMonth(
		app,
		ana,
		used.map((categoryId, n) => ['2026-10-05', -1_000 * (n + 1), categoryId, categoryId])
	);
	const { currencies } = (await monthlyFigures(app.db, await userOf(ana), month, morning))!;
	const { categories: told, merchants, spent } = currencies[0]!;
	expect(told).toHaveLength(6);
	expect(told.map(({ name }) => name === null)).toEqual([false, false, false, false, false, true]);
	expect(told.reduce((all, { amount }) => all + amount, 0)).toBe(spent);
	expect(merchants).toHaveLength(5);
});

test.each(['en', 'de'] as const)(
	'it comes as a mail in %s, with the transactions as a PDF',
	async (locale) => {
		const ana = await meetReader(quits, 'Ana', { locale });
		await bookMonth(app, ana);
		await wants(ana);
		await lookAt(app, morning);
		await sendAll(app);
		expect(smtp.mails).toHaveLength(1);
		const [mail] = smtp.mails;
		const money = (amount: number, currency = 'EUR') => formatAmount(amount, currency, { locale });
		for (const said of [mail!.text!, mail!.html as string]) {
			for (const amount of [105_990, 250_000, 144_010, 95_000, 10_000]) expect(said).toContain(money(amount));
			expect(said).toContain(money(7_350, 'USD'));
			expect(said).toContain(money(1_200, 'JPY'));
			expect(said).not.toContain('Not in October');
		}
		const { unsubscribe } = mail!.headers.get('list') as { unsubscribe: { url: string } };
		expect(unsubscribe.url).toMatch(
			/^https:\/\/quits\.example\.org\/api\/unsubscribe\?token=\S+&about=monthly$/
		);
		expect(mail!.text).toContain('https://quits.example.org/unsubscribe?token=');

		expect(mail!.attachments).toHaveLength(1);
		const [{ filename, contentType, content }] = mail!.attachments as [Attachment];
		expect([filename, contentType]).toEqual(['transactions_2026-10-01_2026-10-31.pdf', 'application/pdf']);
		const { info, pages } = await pdfPages(content);
		expect(info).toMatchObject({
			Title: expect.stringMatching(
				locale === 'en' ? /^Transactions · 1 Oct/ : /^Umsätze · 1\. Okt/
			) as string,
			Author: 'Ana'
		});
		const texts = pages
			.flatMap(({ texts }) => texts)
			.join(' ')
			.replaceAll(/\s+/g, ' ');
		const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
		for (const amount of [-105_990, 250_000]) expect(texts).toContain(plain(money(amount)));
		for (const [date, , merchant] of october)
			expect([merchant, texts.includes(merchant)]).toEqual([
				merchant,
				date.startsWith(month) || ['Rewe', 'Kiosk'].includes(merchant)
			]);
		expect(pages[0]!.roles).toEqual(expect.arrayContaining(['H1', 'Table', 'Figure']));
		expect(await reportsTo(app, ana)).toMatchObject([
			{ status: 'sent', body: '', html: '', attachment: null }
		]);
	}
);

test('sent again it is the very same, file and all, whatever has changed meanwhile', async () => {
	const ana = await meetReader(quits, 'Ana');
	await bookMonth(app, ana);
	await wants(ana);
	await lookAt(app, morning);
	const [mail] = await reportsTo(app, ana);
	const { id: jobId } = await app.db.outbox.findFirstOrThrow({ where: { queue: 'mail-send' } });
	resend.answer(500, { statusCode: 500, name: 'internal_server_error', message: 'away' });
	await expect(deliverMail(byResend, mail!.id, jobId)).rejects.toThrow('away');
	await app.db.transaction.deleteMany({ where: { userId: ana.id, merchant: 'ACME' } });
	resend.judge();
	await Promise.all([deliverMail(byResend, mail!.id, jobId), deliverMail(byResend, mail!.id, jobId)]);
	expect(resend.taken()).toBe(1);
	const bodies = resend.calls.map(({ body }) => JSON.stringify(body));
	expect(new Set(bodies).size).toBe(1);
	const { attachments } = resend.calls[0]!.body as { attachments: { content: string }[] };
	const { pages } = await pdfPages(Buffer.from(attachments[0]!.content, 'base64'));
	expect(pages.flatMap(({ texts }) => texts).join(' ')).toContain('ACME');
});

test('a file that is too large stays out of the mail, which says so', async () => {
	const ana = await meetReader(quits, 'Ana');
	await bookMonth(app, ana);
	const user = await userOf(ana);
	expect(await monthlyStatement(app.db, user, month, 10_000)).toBeNull();
	const { bytes } = (await monthlyStatement(app.db, user, month))!;
	expect(bytes.length).toBeLessThan(largestStatement);
});
