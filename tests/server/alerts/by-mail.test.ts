/** Alerts by mail: when they go, how many, and what of each becomes. The clock is the test's. */
import { afterEach, expect, test } from 'vitest';
import { raiseAlerts } from '#server/alerts/raise.ts';
import type { App } from '#server/app.ts';
import { inTx } from '#server/db/client.ts';
import { deliver } from '#server/deliveries/deliver.ts';
import { redeliver } from '#server/deliveries/redeliver.ts';
import { deliverMail, failMail } from '#server/mail/deliver.ts';
import { resendMail } from '#server/mail/resend.ts';
import { keepHouse } from '#server/housekeeping.ts';
import type { Queues } from '#server/queue/queues.ts';
import { refusal } from '../../support/api.ts';
import { startTestApp } from '../../support/app.ts';
import { book, makeBudget } from '../../support/budgets.ts';
import { makeGroup } from '../../support/group.ts';
import { startSmtpServer } from '../../support/mailbox.ts';
import type { Person } from '../../support/person.ts';

const publicUrl = 'https://quits.example.org';
const quits = await startTestApp({ env: { PUBLIC_URL: publicUrl }, work: false });
const { app } = quits;
const { db } = app;
const smtp = await startSmtpServer();
const bySmtp: App = {
	...app,
	config: {
		...app.config,
		mail: { ...app.config.mail, from: 'Quits <quits@example.org>', smtpUrl: smtp.url }
	}
};

const minute = 60_000;
const hour = 60 * minute;
const noon = new Date('2026-03-04T12:00:00Z');
const later = (ms: number, from = noon): Date => new Date(from.getTime() + ms);

afterEach(async () => {
	smtp.mails.length = 0;
	smtp.refuse(undefined);
	await db.outbox.deleteMany();
});

async function meet(name = 'Ana', timeZone = 'UTC'): Promise<Person> {
	const person = await quits.meet(name);
	await db.user.update({ where: { id: person.id }, data: { timeZone } });
	return person;
}

let budgets = 0;

/** A budget of somebody's that bursts at a moment. Returns the alert's id. */
async function burst(person: Person, at: Date, name = `Budget ${++budgets}`): Promise<string> {
	const { id } = await makeBudget(app, person, { name, amount: 1000, thresholds: [100] }, at);
	await book(app, person, [{ date: at.toISOString().slice(0, 10), amount: -1200 }]);
	await raiseAlerts(app, id, at);
	return (await db.alert.findFirstOrThrow({ where: { budgetId: id } })).id;
}

const mailOf = (alertId: string) =>
	db.delivery.findFirstOrThrow({ where: { alertId, channel: 'email' }, include: { mail: true } });

/** The job that is promised of a delivery: one at most. */
async function promised(deliveryId: string) {
	const rows = await db.outbox.findMany({ where: { queue: 'alert-mail' } });
	const jobs = rows.map((row) => ({ ...row, payload: row.payload as Queues['alert-mail'] }));
	const [job, ...others] = jobs.filter(({ payload }) => payload.deliveryId === deliveryId);
	expect(others).toEqual([]);
	return job;
}

/** Makes whatever is due by then, mails too, in order. */
async function workUntil(now: Date): Promise<void> {
	for (;;) {
		const jobs = await db.outbox.findMany({ orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] });
		const job = jobs.find(
			({ queue, dueAt }) => queue === 'mail-send' || (queue === 'alert-mail' && dueAt! <= now)
		);
		if (!job) return;
		if (job.queue === 'mail-send')
			await deliverMail(bySmtp, (job.payload as Queues['mail-send']).mailId, job.id);
		else await deliver(app, job.payload as Queues['alert-mail'], job.id, now);
		await db.outbox.deleteMany({ where: { id: job.id } }); // as the queue does when there was nothing to do
	}
}

test('an alert is mailed at once, and says what it is about, why it comes and how to end that', async () => {
	const ana = await meet();
	const alertId = await burst(ana, noon, 'Groceries');
	expect(await mailOf(alertId)).toMatchObject({ status: 'waiting', attempts: 0, nextAttemptAt: noon });
	await workUntil(noon);
	const delivery = await mailOf(alertId);
	expect(delivery).toMatchObject({ status: 'delivered', attempts: 1, nextAttemptAt: null });
	expect(delivery.deliveredAt).toBeInstanceOf(Date);
	expect(smtp.mails).toHaveLength(1);
	const [mail] = smtp.mails;
	expect(mail!.subject).toBe('“Groceries”: 120% of the budget is spent');
	expect(mail!.messageId).toBe(`<${delivery.mailId}@quits.example.org>`);
	const { budgetId } = await db.alert.findUniqueOrThrow({ where: { id: alertId } });
	for (const said of [
		'€12.00',
		'of €10.00',
		'120% is spent',
		'threshold of 100%',
		'1 Mar 2026 to 31 Mar 2026'
	]) {
		expect(mail!.text).toContain(said);
		expect(mail!.html).toContain(said);
	}
	expect(mail!.text).toContain(`${publicUrl}/budgets/${budgetId}`);
	expect(mail!.text).toMatch(
		/^Get no more of these mails: https:\/\/quits\.example\.org\/unsubscribe\?token=\S+$/m
	);
	expect(mail!.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toBe(
		'List-Unsubscribe-Post: List-Unsubscribe=One-Click'
	);
	const link = mail!.headers.get('list') as { unsubscribe: { url: string } };
	expect(link.unsubscribe.url).toMatch(/^https:\/\/quits\.example\.org\/api\/unsubscribe\?token=[\w.-]+$/);
});

test('a group’s budget is mailed to each member, with the name of the group', async () => {
	const [ana, ben] = [await meet('Ana'), await meet('Ben')];
	const group = await makeGroup(app, [ana, ben], { guests: ['Cleo'] });
	const wanted = { groupId: group.id, name: 'Food', amount: 1000, categoryIds: [] };
	const { id } = await makeBudget(app, ana, wanted, noon);
	await ana.api.expenses.create.mutate(group.expense({ amount: 1100 }));
	await raiseAlerts(app, id, noon);
	await workUntil(noon);
	expect(smtp.mails).toHaveLength(2);
	for (const mail of smtp.mails) expect(mail.text).toContain('Food · The flat');
});

test('in quiet hours mails wait, and then come as one', async () => {
	const ana = await meet('Ana', 'Europe/Berlin');
	await ana.api.alerts.setChannels.mutate({ quietHours: { from: '22:00', until: '07:00' } });
	const night = new Date('2026-03-04T22:00:00Z');
	const alerts = [
		await burst(ana, night),
		await burst(ana, later(hour, night)),
		await burst(ana, later(2 * hour, night))
	];
	const morning = new Date('2026-03-05T06:00:00Z');
	for (const id of alerts) expect(await mailOf(id)).toMatchObject({ nextAttemptAt: morning });
	await workUntil(later(-1, morning));
	expect(smtp.mails).toEqual([]);
	await workUntil(morning);
	expect(smtp.mails).toHaveLength(1);
	expect(smtp.mails[0]!.subject).toBe('3 budget alerts');
	const deliveries = await Promise.all(alerts.map(mailOf));
	expect(new Set(deliveries.map(({ mailId }) => mailId)).size).toBe(1);
	for (const delivery of deliveries) expect(delivery).toMatchObject({ status: 'delivered', attempts: 1 });
});

test('with a digest there is one mail a day, what is newest first', async () => {
	const ana = await meet();
	await ana.api.alerts.setChannels.mutate({ digestAt: '08:00' });
	const first = await burst(ana, noon, 'First');
	await burst(ana, later(hour), 'Second');
	const tomorrow = new Date('2026-03-05T08:00:00Z');
	await burst(ana, later(minute, tomorrow), 'Third');
	await db.alert.update({ where: { id: first }, data: { passedAt: later(2 * hour) } });
	await workUntil(tomorrow);
	expect(smtp.mails.map(({ subject }) => subject)).toEqual(['2 budget alerts']);
	const { text = '' } = smtp.mails[0]!;
	expect(text.indexOf('Second')).toBeLessThan(text.indexOf('First'));
	expect(text.match(/By now spending is below it again/g)).toHaveLength(1);
	await workUntil(later(24 * hour, tomorrow));
	expect(smtp.mails.map(({ subject }) => subject)).toEqual([
		'2 budget alerts',
		'“Third”: 360% of the budget is spent'
	]);
});

test('in one mail each budget is told of once: the highest threshold, and the others in a line', async () => {
	const ana = await meet();
	await ana.api.alerts.setChannels.mutate({ digestAt: '18:00' });
	const thresholds = [50, 80, 100];
	const { id } = await makeBudget(app, ana, { name: 'Groceries', amount: 1000, thresholds }, noon);
	for (const amount of [-500, -300, -200]) {
		await book(app, ana, [{ date: '2026-03-04', amount }]);
		await raiseAlerts(app, id, noon);
	}
	await workUntil(new Date('2026-03-04T18:00:00Z'));
	expect(smtp.mails.map(({ subject }) => subject)).toEqual(['“Groceries”: 100% of the budget is spent']);
	const { text = '' } = smtp.mails[0]!;
	expect(text.match(/Groceries/g)).toHaveLength(1);
	expect(text).toContain('the threshold of 100% was reached');
	expect(text).toContain('Also reached: 50%, 80%.');
	expect(await db.delivery.count({ where: { userId: ana.id, mailId: { not: null } } })).toBe(3);
});

test('more than twenty mails a day go to nobody: what is left comes together the next day', async () => {
	const ana = await meet();
	for (let n = 0; n < 23; n++) {
		await burst(ana, later(n * minute), `Budget number ${n}`);
		await workUntil(later(n * minute));
	}
	expect(smtp.mails).toHaveLength(20);
	await workUntil(new Date('2026-03-04T23:59:59Z'));
	expect(smtp.mails).toHaveLength(20);
	await workUntil(new Date('2026-03-05T00:00:00Z'));
	expect(smtp.mails.slice(20).map(({ subject }) => subject)).toEqual(['3 budget alerts']);
	// The cap is each address's own.
	await burst(await meet('Ben'), noon);
	await workUntil(noon);
	expect(smtp.mails).toHaveLength(22);
});

test('more than fifty alerts take more than one mail, and none is left behind', async () => {
	const ana = await meet();
	await ana.api.alerts.setChannels.mutate({ digestAt: '18:00' });
	for (let n = 0; n < 52; n++) await burst(ana, later(n * 1000), `Budget number ${n}`);
	await workUntil(new Date('2026-03-04T18:00:00Z'));
	expect(smtp.mails.map(({ subject }) => subject)).toEqual(['50 budget alerts', '2 budget alerts']);
});

test('the jobs of alerts that are due at once write one mail, however they run', async () => {
	const ana = await meet();
	for (let n = 0; n < 6; n++) await burst(ana, noon);
	const jobs = await db.outbox.findMany({ where: { queue: 'alert-mail' } });
	// Each twice: a job may be taken for dead while it runs.
	await Promise.all(
		[...jobs, ...jobs].map(({ id, payload }) => deliver(app, payload as Queues['alert-mail'], id, noon))
	);
	expect(await db.mail.count({ where: { userId: ana.id } })).toBe(1);
	expect(await db.outbox.count({ where: { queue: 'alert-mail' } })).toBe(0);
	await workUntil(noon);
	expect(smtp.mails.map(({ subject }) => subject)).toEqual(['6 budget alerts']);
});

test('other wishes count for what waits already', async () => {
	const ana = await meet();
	const set = ana.api.alerts.setChannels.mutate;
	await set({ digestAt: '18:00' });
	const alertId = await burst(ana, new Date());
	const { id, nextAttemptAt } = await mailOf(alertId);
	expect(nextAttemptAt!.getTime()).toBeGreaterThan(Date.now() - 1000);
	const before = await db.outbox.findFirstOrThrow({ where: { queue: 'alert-mail' } });
	await set({ digestAt: null });
	const { nextAttemptAt: sooner } = await mailOf(alertId);
	expect(sooner!.getTime()).toBeLessThanOrEqual(Date.now());
	// The job of before finds that it is not its turn, and the new one that it is.
	const { payload } = before;
	if (nextAttemptAt! > sooner!)
		await deliver(app, payload as Queues['alert-mail'], before.id, nextAttemptAt!);
	await db.outbox.deleteMany({ where: { id: before.id } });
	await workUntil(later(1000, sooner!));
	expect(smtp.mails).toHaveLength(1);
	expect(await promised(id)).toBeUndefined();
});

test('in another time zone mails that wait come by its clock, and budgets are looked at', async () => {
	const ana = await meet();
	await ana.api.alerts.setChannels.mutate({ digestAt: '08:00' });
	const alertId = await burst(ana, new Date());
	const { id, nextAttemptAt: before } = await mailOf(alertId);
	await db.outbox.deleteMany({ where: { queue: 'budget-check' } });
	await ana.api.auth.updateProfile.mutate({ name: 'Anna' });
	expect(await db.outbox.count({ where: { queue: 'budget-check' } })).toBe(0);
	await ana.api.auth.updateProfile.mutate({ timeZone: 'Asia/Kolkata' });
	const { nextAttemptAt: after } = await mailOf(alertId);
	const atEight = (at: Date | null, timeZone: string): string =>
		at!.toLocaleTimeString('en-GB', { timeZone, timeStyle: 'short' });
	expect([atEight(before, 'UTC'), atEight(after, 'Asia/Kolkata')]).toEqual(['08:00', '08:00']);
	const jobs = await db.outbox.findMany({ where: { queue: 'alert-mail' } });
	expect(jobs.map(({ payload }) => (payload as Queues['alert-mail']).dueAt)).toContain(after!.toISOString());
	expect(jobs.every(({ payload }) => (payload as Queues['alert-mail']).deliveryId === id)).toBe(true);
	expect(await db.outbox.findMany({ where: { queue: 'budget-check' } })).toMatchObject([
		{ payload: { userId: ana.id } }
	]);
});

test('who wants no more mails gets none of those that wait either, nor new ones', async () => {
	const ana = await meet();
	await ana.api.alerts.setChannels.mutate({ digestAt: '18:00' });
	const alertId = await burst(ana, noon);
	await ana.api.alerts.setChannels.mutate({ email: false });
	await burst(ana, later(hour));
	await workUntil(later(48 * hour));
	expect(smtp.mails).toEqual([]);
	expect(await ana.api.alerts.deliveries.query({ alertId })).toMatchObject({
		items: [{ channel: 'screen' }]
	});
});

test('an account that is disabled while a mail waits gets none', async () => {
	const ana = await meet();
	await ana.api.alerts.setChannels.mutate({ digestAt: '18:00' });
	const alertId = await burst(ana, noon);
	await db.user.update({ where: { id: ana.id }, data: { disabledAt: noon } });
	await workUntil(later(12 * hour));
	expect(smtp.mails).toEqual([]);
	expect(await mailOf(alertId)).toMatchObject({
		...{ status: 'cancelled', reason: 'disabled', nextAttemptAt: null }
	});
});

test('what becomes of a mail becomes of its deliveries: tried, refused, and sent after all', async () => {
	const ana = await meet();
	const alertId = await burst(ana, noon);
	smtp.refuse({ code: 451, text: 'come again later' });
	await expect(workUntil(noon)).rejects.toThrow('come again later');
	expect(await mailOf(alertId)).toMatchObject({ status: 'waiting', attempts: 1 });
	smtp.refuse({ code: 550, text: 'no such box' });
	await workUntil(noon);
	const refused = await mailOf(alertId);
	expect(refused).toMatchObject({ status: 'failed', attempts: 2, mail: { status: 'failed' } });
	const { items } = await ana.api.alerts.deliveries.query({ alertId });
	expect(items).toMatchObject([
		{ channel: 'screen', status: 'delivered', error: null },
		{ channel: 'email', status: 'failed', attempts: 2, error: expect.stringContaining('no such box') }
	]);
	smtp.refuse(undefined);
	await resendMail(app, refused.mailId!);
	expect(await mailOf(alertId)).toMatchObject({ status: 'waiting' });
	await workUntil(noon);
	expect(await mailOf(alertId)).toMatchObject({ status: 'delivered', attempts: 3 });
	expect(smtp.mails).toHaveLength(1);
});

test('a mail is delivered again as a new one, with what was told then', async () => {
	const ana = await meet();
	const alertId = await burst(ana, noon, 'Groceries');
	await workUntil(noon);
	const { id, mailId } = await mailOf(alertId);
	expect(await redeliver(bySmtp, ana.id, id)).toEqual({ ok: true });
	expect(await mailOf(alertId)).toMatchObject({ id, status: 'waiting', mailId: null });
	await workUntil(new Date());
	const again = await mailOf(alertId);
	expect(again).toMatchObject({ id, status: 'delivered' });
	expect(again.mailId).not.toBe(mailId);
	expect(smtp.mails.map(({ subject }) => subject)).toEqual(
		Array(2).fill('“Groceries”: 120% of the budget is spent')
	);
	// What shows on screens is no delivery to make again, and others' are nobody's business.
	const { items } = await ana.api.alerts.deliveries.query({ alertId });
	const ben = await meet('Ben');
	const wrong = [
		() => ana.api.alerts.redeliver.mutate({ id: items[0]!.id }),
		() => ben.api.alerts.redeliver.mutate({ id }),
		() => ben.api.alerts.deliveries.query({ alertId })
	];
	for (const call of wrong) expect(await refusal(call())).toMatchObject({ code: 'NOT_FOUND' });
});

test('asked for again while its mail is on its way, it is sent once more and not lost', async () => {
	const ana = await meet();
	const alertId = await burst(ana, noon);
	const { id } = await mailOf(alertId);
	const job = (await promised(id))!;
	await deliver(app, job.payload, job.id, noon);
	await redeliver(bySmtp, ana.id, id);
	await redeliver(bySmtp, ana.id, id);
	await workUntil(new Date());
	expect(smtp.mails).toHaveLength(2);
	expect(await mailOf(alertId)).toMatchObject({ status: 'delivered' });
});

test('of a group’s budget only those are mailed who are still in it, and nobody of one that is removed', async () => {
	const [ana, ben] = [await meet('Ana'), await meet('Ben')];
	for (const { api } of [ana, ben]) await api.alerts.setChannels.mutate({ digestAt: '18:00' });
	const group = await makeGroup(app, [ana, ben]);
	const wanted = { groupId: group.id, name: 'Food', amount: 1000, categoryIds: [] };
	const { id } = await makeBudget(app, ana, wanted, noon);
	await ana.api.expenses.create.mutate(group.expense({ amount: 1100 }));
	await raiseAlerts(app, id, noon);
	await burst(ben, noon, 'Of my own');
	const gone = await burst(ben, noon, 'Gone');
	const unread = async () => (await ben.api.notifications.list.query()).unread;
	expect(await unread()).toBe(3);
	await ana.api.members.remove.mutate({ groupId: group.id, memberId: group.member('Ben') });
	expect(await unread()).toBe(2);
	const { budgetId } = await db.alert.findUniqueOrThrow({ where: { id: gone } });
	await ben.api.budgets.remove.mutate({ id: budgetId });
	expect(await unread()).toBe(1);
	expect((await ben.api.alerts.list.query()).unread).toBe(1);
	await workUntil(new Date('2026-03-04T18:00:00Z'));
	expect(smtp.mails.map(({ subject }) => subject).toSorted()).toEqual([
		'“Food”: 110% of the budget is spent',
		'“Of my own”: 120% of the budget is spent'
	]);
	const ofBen = { userId: ben.id, channel: 'email', status: 'cancelled' } as const;
	const cancelled = await db.delivery.findMany({ where: ofBen, orderBy: { id: 'asc' } });
	expect(cancelled.map(({ reason }) => reason)).toEqual(['left_group', 'budget_removed']);
	for (const delivery of cancelled) {
		expect(delivery).toMatchObject({ mailId: null, nextAttemptAt: null, attempts: 0 });
		await expect(redeliver(bySmtp, ben.id, delivery.id)).rejects.toMatchObject({
			...{ code: 'CONFLICT', reason: 'alert_closed' }
		});
	}
	const { items } = await ben.api.alerts.deliveries.query({ alertId: gone });
	expect(items.at(-1)).toMatchObject({ status: 'cancelled', reason: 'budget_removed' });
	// Brought back before the mail is due, it is as if nothing had been.
	const back = await burst(ben, later(hour), 'Back');
	const again = { id: (await db.alert.findUniqueOrThrow({ where: { id: back } })).budgetId };
	await ben.api.budgets.remove.mutate(again);
	await ben.api.budgets.restore.mutate(again);
	await workUntil(new Date('2026-03-05T18:00:00Z'));
	expect(await mailOf(back)).toMatchObject({ status: 'delivered' });
});

test('without a mail server a mail is kept, and asking for it again makes no second one', async () => {
	const ana = await meet();
	const alertId = await burst(ana, noon);
	const job = (await promised((await mailOf(alertId)).id))!;
	await deliver(app, job.payload, job.id, noon);
	const mail = await db.outbox.findFirstOrThrow({ where: { queue: 'mail-send' } });
	await deliverMail(app, (mail.payload as Queues['mail-send']).mailId, mail.id);
	const { id, mailId, ...kept } = await mailOf(alertId);
	expect(kept).toMatchObject({ status: 'kept', attempts: 0, mail: { status: 'kept' } });
	const again = ana.api.alerts.redeliver.mutate({ id });
	expect(await refusal(again)).toMatchObject({ code: 'CONFLICT', reason: 'no_mail_server' });
	expect(await mailOf(alertId)).toMatchObject({ status: 'kept', mailId });
	// Once there is one, the outbox can send it.
	await resendMail(app, mailId!);
	expect(await mailOf(alertId)).toMatchObject({ status: 'waiting' });
	await workUntil(noon);
	expect(await mailOf(alertId)).toMatchObject({ status: 'delivered', attempts: 1 });
	expect(smtp.mails).toHaveLength(1);
});

test('who has turned mails off cannot ask for one again, and what was delivered stays that', async () => {
	const ana = await meet();
	const alertId = await burst(ana, noon);
	await workUntil(noon);
	const before = await mailOf(alertId);
	await ana.api.alerts.setChannels.mutate({ email: false });
	const again = ana.api.alerts.redeliver.mutate({ id: before.id });
	expect(await refusal(again)).toMatchObject({ code: 'CONFLICT', reason: 'alert_mails_off' });
	expect(await mailOf(alertId)).toEqual(before);
	expect(before).toMatchObject({ status: 'delivered' });
	expect(await promised(before.id)).toBeUndefined();
});

test('a mail that is forgotten unsent is a delivery that was given up', async () => {
	const ana = await meet();
	const alertId = await burst(ana, noon);
	const { id } = await mailOf(alertId);
	const job = (await promised(id))!;
	await deliver(app, job.payload, job.id, noon);
	await keepHouse(app, 'none', later(31 * 24 * hour));
	expect(await mailOf(alertId)).toMatchObject({ status: 'failed', mailId: null });
});

test('when its last try has failed, so has the delivery', async () => {
	const ana = await meet();
	const alertId = await burst(ana, noon);
	const { id } = await mailOf(alertId);
	const job = (await promised(id))!;
	await deliver(app, job.payload, job.id, noon);
	const { mailId } = await mailOf(alertId);
	await inTx(db, (tx) => failMail(tx, mailId!, 'the mail server was away for hours'));
	expect(await mailOf(alertId)).toMatchObject({ status: 'failed' });
});
