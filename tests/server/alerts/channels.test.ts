/** How people choose to be told of alerts, and how they end it. */
import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { stopMails } from '#server/deliveries/stop-mails.ts';
import { oneClickLink, stopLink } from '#server/mail/stop-link.ts';
import { makeSealer } from '#server/seal.ts';
import { refusal } from '../../support/api.ts';
import { startTestApp } from '../../support/app.ts';
import { keptMails } from '../../support/mailbox.ts';
import { startReceiver } from '../../support/receiver.ts';

const quits = await startTestApp({ env: { EGRESS_ALLOW: 'localhost' } });
const { app } = quits;
const usual = { email: true, quietHours: null, digestAt: null };
const tokenOf = (link: string): string => new URL(link).searchParams.get('token')!;

test('who has chosen nothing is told at once; what is changed stays, and the rest as it was', async () => {
	const { api } = await quits.meet('Ana');
	const { channels, setChannels } = api.alerts;
	expect(await channels.query()).toEqual(usual);
	const quietHours = { from: '22:00', until: '07:00' };
	expect(await setChannels.mutate({ quietHours })).toEqual({ ...usual, quietHours });
	expect(await setChannels.mutate({ digestAt: '08:30' })).toEqual({
		...usual,
		quietHours,
		digestAt: '08:30'
	});
	expect(await setChannels.mutate({ email: false, quietHours: null })).toEqual({
		email: false,
		quietHours: null,
		digestAt: '08:30'
	});
	expect(await setChannels.mutate({})).toEqual(await channels.query());
});

test.each([
	[{ digestAt: '24:00' }, 'digestAt'],
	[{ digestAt: '8:00' }, 'digestAt'],
	[{ quietHours: { from: '22:00', until: '22:60' } }, 'quietHours.until'],
	[{ quietHours: { from: '22:00', until: '22:00' } }, 'quietHours.until']
])('%o is refused, at the field that is wrong', async (changes, field) => {
	const { api } = await quits.meet('Ana');
	const answer = await refusal(api.alerts.setChannels.mutate(changes));
	expect(answer).toMatchObject({ code: 'INVALID', httpStatus: 422 });
	expect(Object.keys(answer.fields!)).toEqual([field]);
	expect(await api.alerts.channels.query()).toEqual(usual);
});

test('changes of many tabs at once all hold', async () => {
	const { api } = await quits.meet('Ana');
	const { setChannels, channels } = api.alerts;
	await Promise.all([
		setChannels.mutate({ digestAt: '08:30' }),
		setChannels.mutate({ email: false }),
		setChannels.mutate({ quietHours: { from: '22:00', until: '07:00' } })
	]);
	expect(await channels.query()).toEqual({
		email: false,
		quietHours: { from: '22:00', until: '07:00' },
		digestAt: '08:30'
	});
});

test('a test goes by every way that is on, as alerts do', async () => {
	const ana = await quits.meet('Ana');
	const { email } = await app.db.user.findUniqueOrThrow({ where: { id: ana.id } });
	const receiver = await startReceiver({ tls: true });
	const { id: endpointId } = await ana.api.webhooks.create.mutate({
		url: receiver.url,
		events: ['budget.alert']
	});
	const told = ana.live.until('notification:new', ({ kind }) => kind === 'alert_test');
	expect(await ana.api.alerts.test.mutate()).toEqual({ channels: ['screen', 'email', 'webhook'] });
	expect(await told).toMatchObject({ unread: 1 });
	const mail = (await keptMails(app, email)).at(-1);
	expect(mail).toMatchObject({ kind: 'alert_test', body: expect.stringContaining('/unsubscribe?token=') });
	expect(receiver.received.map(({ body }) => JSON.parse(body))).toMatchObject([
		{ type: 'webhook.test', data: { endpointId } }
	]);
});

test('a test goes by no way that is off, unless it is asked for that one', async () => {
	const ana = await quits.meet('Ana');
	await ana.api.alerts.setChannels.mutate({ email: false });
	expect(await ana.api.alerts.test.mutate()).toEqual({ channels: ['screen'] });
	expect(await ana.api.alerts.test.mutate({ channel: 'email' })).toEqual({ channels: ['email'] });
	expect(await ana.api.alerts.test.mutate({ channel: 'webhook' })).toEqual({ channels: [] });
	expect(await app.db.mail.count({ where: { userId: ana.id } })).toBe(1);
});

test('the link of a mail ends such mails, once or again, and only those of whom it was sent to', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	for (const link of [
		stopLink(app, ana.id, 'alerts'),
		oneClickLink(app, ana.id, 'alerts'),
		oneClickLink(app, ana.id, 'alerts')
	]) {
		await stopMails(app, tokenOf(link));
		expect(await ana.api.alerts.channels.query()).toEqual({ ...usual, email: false });
	}
	expect(await ben.api.alerts.channels.query()).toEqual(usual);
	// It works for ever, but a person can want them again.
	await ana.api.alerts.setChannels.mutate({ email: true });
	expect(await ana.api.alerts.channels.query()).toEqual(usual);
});

test('what is no such link opens nothing', async () => {
	const { id } = await quits.meet('Ana');
	const token = tokenOf(stopLink(app, id, 'alerts'));
	const other = { ...app, sealer: makeSealer('another secret of thirty-two letters') };
	const wrong = [
		'',
		'x',
		id,
		token.slice(0, -2),
		token.slice(0, 40) + (token[40] === 'A' ? 'B' : 'A') + token.slice(41),
		tokenOf(stopLink(other, id, 'alerts')),
		tokenOf(stopLink(app, v7(), 'alerts')), // nobody
		app.sealer.seal(id, 'something else')
	];
	for (const one of wrong) await expect(stopMails(app, one)).rejects.toMatchObject({ code: 'NOT_FOUND' });
	expect(await app.db.alertChannels.count({ where: { userId: id } })).toBe(0);
});
