import { afterEach, expect, test } from 'vitest';
import { onDead } from '#jobs/index.ts';
import type { App } from '#server/app.ts';
import { inTx, type User } from '#server/db/client.ts';
import { deliverMail } from '#server/mail/deliver.ts';
import { getMail } from '#server/mail/get.ts';
import { listMails } from '#server/mail/list.ts';
import { resendMail } from '#server/mail/resend.ts';
import type { MailKind } from '#server/mail/kinds.ts';
import { sendMail } from '#server/mail/send.ts';
import { startTestApp } from '../support/app.ts';
import { startResendServer, startSmtpServer } from '../support/mailbox.ts';
import { samples } from '../support/mail-samples.ts';

const { app } = await startTestApp({ env: { PUBLIC_URL: 'https://quits.example.org' }, work: false });
const smtp = await startSmtpServer();
const resend = await startResendServer();
const link = 'https://quits.example.org/reset#the-secret-of-the-link';

const none = { resendKey: undefined, resendUrl: undefined, smtpUrl: undefined, from: undefined };
const from = 'Quits <quits@example.org>';
const withMail = (mail: Partial<App['config']['mail']>): App => ({
	...app,
	config: { ...app.config, mail: { ...none, ...mail } }
});
const bySmtp = withMail({ from, smtpUrl: smtp.url });
const byResend = withMail({ from, resendKey: 're_test', resendUrl: resend.url });
const transports = { SMTP: bySmtp, Resend: byResend };

afterEach(async () => {
	smtp.refuse(undefined);
	resend.judge();
	smtp.mails.length = 0;
	resend.calls.length = 0;
	await app.db.mail.deleteMany();
	await app.db.outbox.deleteMany();
	await app.db.user.deleteMany();
});

/** Promises a mail that resets Ana's password, and says under which ids. */
async function promise(locale = 'en'): Promise<{ id: string; jobId: string }> {
	const id = await inTx(app.db, (tx) =>
		sendMail(tx, app, { to: 'ana@example.org', locale, kind: 'reset', params: { link } })
	);
	const { id: jobId } = await app.db.outbox.findFirstOrThrow({ where: { queue: 'mail-send' } });
	return { id, jobId };
}

const rowOf = (id: string) => app.db.mail.findUniqueOrThrow({ where: { id } });

test('a mail goes out over SMTP as text and as HTML, from and to whom it should, under an id of its own', async () => {
	const { id, jobId } = await promise();
	await deliverMail(bySmtp, id, jobId);
	expect(smtp.mails).toHaveLength(1);
	const [mail] = smtp.mails;
	expect(mail!.from?.text).toBe('"Quits" <quits@example.org>');
	expect(mail!.to).toMatchObject({ text: 'ana@example.org' });
	expect(mail!.subject).toBe('Choose a new password');
	expect(mail!.text).toContain(`\n${link}\n`);
	expect(mail!.text).toContain('30 minutes');
	expect(mail!.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
	expect(mail!.html).toContain(`href="${link}"`);
	expect(mail!.html).toContain('30 minutes');
	expect(mail!.headers.has('list-unsubscribe')).toBe(false);
	expect(mail!.messageId).toBe(`<${id}@quits.example.org>`);
	expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
	expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 1, body: '', html: '', error: null });
	expect(await app.db.outbox.count()).toBe(0);
});

test('a mail is in the language of whoever reads it, letters and all', async () => {
	const { id, jobId } = await promise('de');
	await deliverMail(bySmtp, id, jobId);
	expect(smtp.mails[0]!.subject).toBe('Wähle ein neues Passwort');
	for (const said of [smtp.mails[0]!.text, smtp.mails[0]!.html])
		expect(said).toContain('wollte jemand ein neues Passwort für dein Konto wählen');
});

test('a mail goes out through Resend in its format, under a key that makes the second of two the first', async () => {
	const { id, jobId } = await promise();
	await deliverMail(byResend, id, jobId);
	expect(resend.calls).toHaveLength(1);
	const [call] = resend.calls;
	expect(call).toMatchObject({
		method: 'POST',
		path: '/emails',
		headers: {
			authorization: 'Bearer re_test',
			'content-type': 'application/json',
			'idempotency-key': id
		}
	});
	expect(call!.body).toEqual({
		from,
		to: 'ana@example.org',
		subject: 'Choose a new password',
		text: expect.stringContaining(link),
		html: expect.stringContaining(`href="${link}"`),
		headers: {
			'Message-ID': `<${id}@quits.example.org>`,
			'Auto-Submitted': 'auto-generated',
			'X-Auto-Response-Suppress': 'All'
		}
	});
	expect(await rowOf(id)).toMatchObject({ status: 'sent', body: '', html: '' });
});

test.each(['at once', 'STARTTLS'] as const)(
	'a mail goes out encrypted, %s, by somebody who signs in',
	async (tls) => {
		const server = await startSmtpServer({ tls });
		const { id, jobId } = await promise();
		await deliverMail(withMail({ from, smtpUrl: server.url }), id, jobId);
		expect(server.senders).toEqual([{ secure: true, user: 'ana' }]);
		expect(server.mails).toMatchObject([{ messageId: `<${id}@quits.example.org>` }]);
		// A wrong password is the settings' fault: the mail waits until somebody mends them.
		const wrong = withMail({ from, smtpUrl: server.url.replace('secret', 'wrong') });
		const next = await promise();
		await expect(deliverMail(wrong, next.id, next.jobId)).rejects.toThrow();
		expect(await rowOf(next.id)).toMatchObject({ status: 'queued' });
	}
);

test('a certificate of somebody else is no way to send mail', async () => {
	const server = await startSmtpServer({ tls: 'at once' });
	const { id, jobId } = await promise();
	const elsewhere = withMail({ from, smtpUrl: server.url.replace('localhost', '127.0.0.1') });
	await expect(deliverMail(elsewhere, id, jobId)).rejects.toThrow(/certificate|altnames/i);
	expect(server.mails).toEqual([]);
});

test.each<[string, App]>(Object.entries(transports))(
	'every kind of mail can go out over %s, and again as the very same mail, in both languages',
	async (via, way) => {
		const user = await app.db.user.create({
			data: { id: crypto.randomUUID(), email: 'ana@example.org', name: 'Ana', passwordHash: 'none' }
		});
		const kinds = Object.keys(samples) as MailKind[];
		for (const locale of ['en', 'de'])
			for (const kind of kinds) {
				const id = await inTx(app.db, (tx) =>
					sendMail(tx, app, { to: user.email, userId: user.id, locale, kind, params: samples[kind] })
				);
				const [{ id: jobId } = { id: '' }] = await app.db.outbox.findMany();
				await deliverMail(way, id, jobId);
				expect({ kind, row: await rowOf(id) }).toMatchObject({ row: { status: 'sent' } });
			}
		if (via === 'Resend') expect(resend.taken()).toBeGreaterThanOrEqual(2 * kinds.length);
		else expect(smtp.mails).toHaveLength(2 * kinds.length);
		const stoppable = (headers: Iterable<[string, unknown]>) =>
			[...headers].filter(([name]) => /^list/i.test(name)).length > 0;
		const ending =
			via === 'Resend'
				? resend.calls.filter(({ body }) => stoppable(Object.entries((body as { headers: object }).headers)))
				: smtp.mails.filter(({ headers }) => stoppable(headers));
		expect(ending).toHaveLength(6); // alerts, their test and monthly reports, in two languages
	}
);

test('an alert that is sent twice through Resend is one mail: it is the same to the last letter', async () => {
	const user = await app.db.user.create({
		data: { id: crypto.randomUUID(), email: 'ana@example.org', name: 'Ana', passwordHash: 'none' }
	});
	const to = { to: user.email, userId: user.id, locale: 'en' };
	const id = await inTx(app.db, (tx) =>
		sendMail(tx, app, { ...to, kind: 'budget_alert', params: samples.budget_alert })
	);
	const { id: jobId } = await app.db.outbox.findFirstOrThrow();
	const before = resend.taken();
	// As when a process dies between sending and saying so.
	await Promise.all([deliverMail(byResend, id, jobId), deliverMail(byResend, id, jobId)]);
	expect(resend.calls).toHaveLength(2);
	expect(resend.calls[0]!.body).toEqual(resend.calls[1]!.body);
	expect(resend.taken()).toBe(before + 1);
	expect(await rowOf(id)).toMatchObject({ status: 'sent' });
});

test.each<[string, App]>(Object.entries(transports))(
	'a mail that an older Quits left goes out over %s as the text it is',
	async (via, way) => {
		const { id, jobId } = await promise();
		await app.db.mail.update({ where: { id }, data: { html: '' } });
		await deliverMail(way, id, jobId);
		if (via === 'SMTP')
			expect(smtp.mails).toMatchObject([{ html: false, text: expect.stringContaining(link) }]);
		else expect(resend.calls[0]!.body).not.toHaveProperty('html');
		expect(await rowOf(id)).toMatchObject({ status: 'sent' });
	}
);

type Via = keyof typeof transports;
const refuse = (via: Via, status: number, name = 'validation_error'): void => {
	if (via === 'SMTP') smtp.refuse({ code: status, text: 'so says the mail server' });
	else resend.answer(status, { statusCode: status, name, message: 'so says the mail server' });
};

test.each<[Via, number, string?]>([
	['SMTP', 451],
	['SMTP', 421],
	['Resend', 500, 'internal_server_error'],
	['Resend', 429, 'rate_limit_exceeded'],
	['Resend', 409, 'concurrent_idempotent_requests'],
	['Resend', 401, 'missing_api_key'],
	['Resend', 403, 'validation_error']
])(
	'%s says %i, which may pass: the mail stays promised and goes out at the next try',
	async (via, status, name) => {
		const { id, jobId } = await promise();
		refuse(via, status, name);
		await expect(deliverMail(transports[via], id, jobId)).rejects.toThrow('so says the mail server');
		expect(await rowOf(id)).toMatchObject({ status: 'queued', attempts: 1 });
		expect(await app.db.outbox.count()).toBe(1);
		smtp.refuse(undefined);
		resend.judge();
		await deliverMail(transports[via], id, jobId);
		expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 2, error: null });
	}
);

test.each<[Via, number, string?]>([
	['SMTP', 550],
	['SMTP', 554],
	['Resend', 422, 'validation_error'],
	['Resend', 400, 'validation_error'],
	['Resend', 409, 'invalid_idempotent_request']
])('%s says %i, which is final: the mail is marked as failed, with the reason', async (via, status, name) => {
	const { id, jobId } = await promise();
	refuse(via, status, name);
	await deliverMail(transports[via], id, jobId);
	expect(await rowOf(id)).toMatchObject({
		status: 'failed',
		attempts: 1,
		error: expect.stringContaining('so says the mail server')
	});
	expect(await app.db.outbox.count()).toBe(0);
});

test.each<[string, App]>([
	['SMTP', withMail({ from, smtpUrl: 'smtp://127.0.0.1:1' })],
	['Resend', withMail({ from, resendKey: 're_test', resendUrl: 'http://127.0.0.1:1' })]
])('a mail waits while nobody answers for %s', async (_, unreachable) => {
	const { id, jobId } = await promise();
	await expect(deliverMail(unreachable, id, jobId)).rejects.toThrow();
	expect(await rowOf(id)).toMatchObject({ status: 'queued', attempts: 1 });
	expect(await app.db.outbox.count()).toBe(1);
});

test('a mail whose tries are spent is marked as failed, and can be sent after all', async () => {
	const { id, jobId } = await promise();
	await inTx(app.db, async (tx) => {
		await tx.outbox.deleteMany({ where: { id: jobId } });
		await onDead['mail-send'](tx, { mailId: id }, 'the mail server was away for hours');
	});
	expect(await rowOf(id)).toMatchObject({ status: 'failed', error: 'the mail server was away for hours' });
	await resendMail(app, id);
	const again = await app.db.outbox.findFirstOrThrow();
	await deliverMail(bySmtp, id, again.id);
	expect(smtp.mails).toHaveLength(1);
	expect(await rowOf(id)).toMatchObject({ status: 'sent', error: null });
	await expect(resendMail(app, id)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'mail_sent' });
});

test('an attempt that was thought dead changes nothing, and its mail has the same id as the other', async () => {
	const { id, jobId } = await promise();
	await Promise.all([deliverMail(bySmtp, id, jobId), deliverMail(bySmtp, id, jobId)]);
	expect(new Set(smtp.mails.map(({ messageId }) => messageId))).toEqual(
		new Set([`<${id}@quits.example.org>`])
	);
	expect(await rowOf(id)).toMatchObject({ status: 'sent' });
	const count = smtp.mails.length;
	await deliverMail(bySmtp, id, jobId);
	expect(smtp.mails).toHaveLength(count);
});

test('without a way to send, a mail is kept for the admin, who can read it and send it once there is one', async () => {
	const { id, jobId } = await promise();
	await deliverMail(app, id, jobId);
	expect(await rowOf(id)).toMatchObject({ status: 'kept', attempts: 0 });
	const kept = { status: 'kept', body: expect.stringContaining(link), html: expect.stringContaining(link) };
	expect(await getMail(app, id)).toMatchObject(kept);
	await resendMail(app, id);
	const again = await app.db.outbox.findFirstOrThrow();
	await deliverMail(bySmtp, id, again.id);
	expect(smtp.mails[0]!.text).toContain(link);
	expect(await getMail(app, id)).toMatchObject({ status: 'sent', body: null, html: null });
});

test('the database never tells what a mail opens', async () => {
	const { id } = await promise();
	const { body, html, ...rest } = await rowOf(id);
	expect(body).not.toBe('');
	expect(html).not.toBe('');
	expect(JSON.stringify({ body, html, rest })).not.toContain('the-secret-of-the-link');
	expect(JSON.stringify(await app.db.outbox.findMany())).not.toContain('the-secret-of-the-link');
	// Sealed for this mail: in another one's place it does not open.
	const other = await promise();
	await app.db.mail.update({ where: { id: other.id }, data: { body } });
	await expect(getMail(app, other.id)).rejects.toThrow();
});

test('a mail that is promised in a transaction that fails is never sent', async () => {
	const failing = inTx(app.db, async (tx) => {
		await sendMail(tx, app, { to: 'ana@example.org', locale: 'en', kind: 'mfa_on', params: {} });
		throw new Error('something else went wrong');
	});
	await expect(failing).rejects.toThrow('something else');
	expect(await app.db.mail.count()).toBe(0);
	expect(await app.db.outbox.count()).toBe(0);
});

test('times are told in the time zone of whoever reads them', async () => {
	const who = { id: crypto.randomUUID(), email: 'ana@example.org', name: 'Ana', passwordHash: 'none' };
	const ana: User = await app.db.user.create({ data: { ...who, timeZone: 'Asia/Tokyo' } });
	const at = '2026-03-04T20:30:00.000Z';
	const id = await inTx(app.db, (tx) =>
		sendMail(tx, app, {
			to: ana.email,
			userId: ana.id,
			locale: ana.locale,
			kind: 'new_device',
			params: { device: 'Firefox\nLinux', place: 'your own network', at }
		})
	);
	const { body } = await getMail(app, id);
	expect(body).toContain('5 Mar 2026, 05:30 (Asia/Tokyo)');
	expect(body).toContain('Device: Firefox Linux\n');
	expect(body).toContain('https://quits.example.org/reset\n');
});

test('the admin sees all mails by page, newest first, or those of one state', async () => {
	const ids: string[] = [];
	for (let n = 0; n < 5; n++) ids.unshift((await promise()).id);
	await app.db.mail.update({ where: { id: ids[1]! }, data: { status: 'failed', error: 'no such box' } });
	const first = await listMails(app.db, { limit: 3 });
	expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 3));
	const rest = await listMails(app.db, { limit: 3, cursor: first.nextCursor! });
	expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(3));
	expect(rest.nextCursor).toBeNull();
	const failed = await listMails(app.db, { status: 'failed', limit: 50 });
	expect(failed.items).toMatchObject([
		{ id: ids[1], error: 'no such box', subject: 'Choose a new password' }
	]);
	expect(JSON.stringify([first, rest, failed])).not.toContain('body');
});
