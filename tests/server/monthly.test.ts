/** When the report of a month is written: for whom, at what time, and never twice. */
import { afterEach, expect, test } from 'vitest';
import { onDead } from '#jobs/index.ts';
import { getMail } from '#server/mail/get.ts';
import { stopMails } from '#server/deliveries/stop-mails.ts';
import { inTx } from '#server/db/client.ts';
import { stopLink } from '#server/mail/stop-link.ts';
import { runMonthly } from '#server/monthly/run.ts';
import { setMonthly } from '#server/monthly/settings.ts';
import { enqueue } from '#server/outbox.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup } from '../support/group.ts';
import { startSmtpServer } from '../support/mailbox.ts';
import { bookMonth, lookAt, meetReader, reportsTo, sendAll } from '../support/monthly.ts';

const smtp = await startSmtpServer();
const quits = await startTestApp({
	env: {
		SMTP_URL: smtp.url,
		MAIL_FROM: 'Quits <quits@example.org>',
		PUBLIC_URL: 'https://quits.example.org'
	},
	work: false
});
const { app } = quits;
const noMail = { ...app, config: { ...app.config, mail: { ...app.config.mail, smtpUrl: undefined } } };
/** In the morning of the first, in Berlin. */
const morning = new Date('2026-11-01T07:02:00Z');
const before = new Date('2026-10-20T12:00:00Z');

type Who = Awaited<ReturnType<typeof meetReader>>;
const wants = async (person: Who, now = before) => {
	const user = await app.db.user.findUniqueOrThrow({ where: { id: person.id } });
	return setMonthly(app, user, { on: true }, now);
};
async function reader(name: string, settings: Parameters<typeof meetReader>[2] = {}): Promise<Who> {
	const person = await meetReader(quits, name, settings);
	await bookMonth(app, person);
	await wants(person);
	return person;
}

afterEach(async () => {
	smtp.mails.length = 0;
	smtp.refuse(undefined);
	await app.db.outbox.deleteMany();
	await app.db.mail.deleteMany();
	await app.db.monthlyReport.deleteMany();
});

test('nobody gets a report who has not asked for it; who has gets one, and each by themselves', async () => {
	const ben = await meetReader(quits, 'Ben');
	await bookMonth(app, ben);
	expect(await ben.api.reports.monthly.query()).toEqual({ on: false });
	const [ana, eva] = [await reader('Ana'), await reader('Eva', { locale: 'de' })];
	expect(await ana.api.reports.monthly.query()).toEqual({ on: true });
	await lookAt(app, morning);
	await sendAll(app);
	expect(smtp.mails.map(({ to, subject }) => [to && 'text' in to && to.text, subject])).toEqual([
		[ana.email, 'Your month: October 2026'],
		[eva.email, 'Dein Monat: Oktober 2026']
	]);
	expect(await reportsTo(app, ben)).toEqual([]);
});

test('everybody gets it in the morning of their own first, however far apart, and once', async () => {
	const [auckland, berlin, honolulu] = [
		await reader('Ana', { timeZone: 'Pacific/Auckland' }), // summer time since September
		await reader('Ben', { timeZone: 'Europe/Berlin' }), // winter time since a week
		await reader('Eva', { timeZone: 'Pacific/Honolulu' })
	];
	for (let at = Date.parse('2026-10-31T12:02:00Z'); at < Date.parse('2026-11-03T00:00:00Z'); at += 3_600_000)
		await lookAt(app, new Date(at));
	const times = await Promise.all(
		[auckland, berlin, honolulu].map(async (one) =>
			(await reportsTo(app, one)).map(({ createdAt, subject }) => `${createdAt.toISOString()} ${subject}`)
		)
	);
	expect(times).toEqual([
		['2026-10-31T19:02:00.000Z Your month: October 2026'],
		['2026-11-01T07:02:00.000Z Your month: October 2026'],
		['2026-11-01T18:02:00.000Z Your month: October 2026']
	]);
});

test('who moves on the first, to where it is still October, gets no second report', async () => {
	const ana = await reader('Ana', { timeZone: 'Pacific/Kiritimati' });
	await lookAt(app, new Date('2026-10-31T18:02:00Z'));
	await app.db.user.update({ where: { id: ana.id }, data: { timeZone: 'Pacific/Pago_Pago' } });
	for (let at = Date.parse('2026-10-31T18:02:00Z'); at < Date.parse('2026-11-02T00:00:00Z'); at += 3_600_000)
		await lookAt(app, new Date(at));
	expect((await reportsTo(app, ana)).map(({ subject }) => subject)).toEqual(['Your month: October 2026']);
});

test('jobs at once, again, and after a process that was taken for dead, make one mail', async () => {
	const ana = await reader('Ana');
	const jobId = await inTx(app.db, (tx) => enqueue(tx, 'monthly-report', {}));
	await Promise.all([
		runMonthly(app, {}, jobId, morning),
		runMonthly(app, {}, jobId, morning),
		lookAt(app, morning)
	]);
	await runMonthly(app, {}, jobId, new Date(morning.getTime() + 60_000));
	expect(await reportsTo(app, ana)).toHaveLength(1);
	expect(await app.db.outbox.count({ where: { queue: 'mail-send' } })).toBe(1);
	// The mail is gone after a month, and that it was written is still known.
	await app.db.mail.deleteMany();
	await lookAt(app, new Date('2026-11-30T07:02:00Z'));
	expect(await reportsTo(app, ana)).toEqual([]);
	await lookAt(app, new Date('2026-12-01T07:02:00Z'));
	expect((await reportsTo(app, ana)).map(({ subject }) => subject)).toEqual(['Your month: November 2026']);
});

test('a process that dies before the mail is written leaves nothing, and the next try writes it', async () => {
	const ana = await reader('Ana');
	const broken = {
		...app,
		sealer: {
			...app.sealer,
			seal: () => {
				throw new Error('died');
			}
		}
	};
	const jobId = await inTx(app.db, (tx) => enqueue(tx, 'monthly-report', {}));
	await expect(runMonthly(broken, {}, jobId, morning)).rejects.toThrow('died');
	expect(await reportsTo(app, ana)).toEqual([]);
	await runMonthly(app, {}, jobId, morning);
	expect(await reportsTo(app, ana)).toMatchObject([
		{ status: 'queued', attachment: { type: 'application/pdf' } }
	]);
	await inTx(app.db, (tx) => onDead['monthly-report'](tx, {}, 'nothing to undo'));
});

test('one whose report cannot be written keeps nobody else waiting', async () => {
	const [ana, ben] = [await reader('Ana'), await reader('Ben')];
	// Not a currency that money can be shown in.
	await app.db.transaction.updateMany({
		where: { userId: ana.id, currency: 'USD' },
		data: { currency: '?' }
	});
	await expect(lookAt(app, morning)).rejects.toThrow();
	expect(await reportsTo(app, ana)).toEqual([]);
	expect(await reportsTo(app, ben)).toHaveLength(1);
});

test('a month without anything is no mail, until something of it is imported; groups alone are enough', async () => {
	const ana = await meetReader(quits, 'Ana');
	await wants(ana);
	const ben = await meetReader(quits, 'Ben');
	await wants(ben);
	const group = await makeGroup(app, [ben], { guests: ['Eva'] });
	await ben.api.expenses.create.mutate(group.expense({ date: '2026-10-31' }));
	await lookAt(app, morning);
	expect(await reportsTo(app, ana)).toEqual([]);
	expect(await reportsTo(app, ben)).toMatchObject([{ attachment: null }]);
	await bookMonth(app, ana);
	await lookAt(app, new Date('2026-11-04T07:02:00Z'));
	await lookAt(app, new Date('2026-11-05T07:02:00Z'));
	expect(await reportsTo(app, ana)).toHaveLength(1);
});

test('who ends them before theirs is sent gets none: by the setting, by the link, and while it is written', async () => {
	const [ana, ben, eva] = [await reader('Ana'), await reader('Ben'), await reader('Eva')];
	await lookAt(app, morning);
	await ana.api.reports.setMonthly.mutate({ on: false });
	const token = new URL(stopLink(app, ben.id, 'monthly')).searchParams.get('token')!;
	await app.db.mail.updateMany({ where: { userId: ben.id }, data: { status: 'failed' } });
	for (let time = 1; time <= 2; time++) expect(await stopMails(app, token)).toBe('monthly');
	await sendAll(app);
	expect(smtp.mails).toMatchObject([{ to: { text: eva.email } }]);
	for (const one of [ana, ben]) expect(await one.api.reports.monthly.query()).toEqual({ on: false });
	// Alerts have links of their own.
	expect(await ben.api.alerts.channels.query()).toMatchObject({ email: true });
	const december = new Date('2026-12-01T07:02:00Z');
	await bookMonth(app, eva, [['2026-11-03', -100, 'Rewe', 'groceries']]);
	await Promise.all([lookAt(app, december), eva.api.reports.setMonthly.mutate({ on: false })]);
	smtp.mails.length = 0;
	await sendAll(app);
	expect(smtp.mails).toEqual([]);
});

test('none goes to an account that is disabled, or an address that nobody has confirmed', async () => {
	const [ana, ben] = [await reader('Ana'), await reader('Ben')];
	await app.db.user.update({ where: { id: ana.id }, data: { disabledAt: new Date() } });
	await app.db.user.update({ where: { id: ben.id }, data: { emailVerifiedAt: null } });
	await lookAt(app, morning);
	for (const one of [ana, ben]) expect(await reportsTo(app, one)).toEqual([]);
});

test('without a mail server there are none: nobody else is to find them in the outbox', async () => {
	const ana = await reader('Ana');
	await lookAt(noMail, morning);
	expect(await reportsTo(app, ana)).toEqual([]);
	const user = await app.db.user.findUniqueOrThrow({ where: { id: ana.id } });
	await expect(setMonthly(noMail, user, { on: true })).rejects.toMatchObject({
		reason: 'reports_need_mail_server'
	});
	expect(await setMonthly(noMail, user, { on: false })).toEqual({ on: false });
});

test('the admin sees that one waits, and nothing of what it says', async () => {
	const ana = await reader('Ana');
	await lookAt(app, morning);
	const [mail] = await reportsTo(app, ana);
	expect(await getMail(app, mail!.id)).toMatchObject({ status: 'queued', body: null, html: null });
	expect(JSON.stringify(mail)).not.toMatch(/Rewe|%PDF|JVBERi/);
});

test('last month’s can be had at once, wanted or not, and changes nothing about the next', async () => {
	const ana = await meetReader(quits, 'Ana', { timeZone: 'UTC' });
	const unconfirmed = await meetReader(quits, 'Ben', { confirmed: false });
	for (const ask of [
		() => unconfirmed.api.reports.sendMonthly.mutate(),
		() => unconfirmed.api.reports.setMonthly.mutate({ on: true })
	])
		expect(await refusal(ask())).toMatchObject({ code: 'CONFLICT', reason: 'address_not_confirmed' });
	expect(await refusal(ana.api.reports.sendMonthly.mutate())).toMatchObject({ reason: 'nothing_last_month' });
	const now = new Date();
	const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
	await bookMonth(app, ana, [[`${month}-10`, -1_000, 'Rewe', 'groceries']]);
	expect(await ana.api.reports.sendMonthly.mutate()).toEqual({ month });
	const { id: jobId, payload } = await app.db.outbox.findFirstOrThrow({ where: { queue: 'monthly-report' } });
	expect(payload).toEqual({ userId: ana.id });
	await Promise.all([1, 2].map(() => runMonthly(app, { userId: ana.id }, jobId)));
	await runMonthly(app, { userId: ana.id }, jobId);
	await sendAll(app);
	expect(smtp.mails).toHaveLength(1);
	expect(await ana.api.reports.monthly.query()).toEqual({ on: false });
	expect(await app.db.monthlyReport.count()).toBe(0);
});
