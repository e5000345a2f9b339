/** Ending mails with one click: what a mail program does with the headers of a mail that has really come (RFC 8058). */
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { migratedDatabase } from '../support/db.ts';
import { freePort } from '../support/free-port.ts';
import { startSmtpServer } from '../support/mailbox.ts';
import type { Person } from '../support/person.ts';
import { signUp, startServer, type Server } from '../support/server.ts';

let server: Server;
let ana: Person;
/** What stands in the header. */
let link: string;
const elsewhere = { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' };

beforeAll(async () => {
	const smtp = await startSmtpServer();
	const port = await freePort();
	server = await startServer(await migratedDatabase(), {
		PORT: String(port),
		PUBLIC_URL: `http://127.0.0.1:${port}`,
		SMTP_URL: smtp.url,
		MAIL_FROM: 'Quits <quits@example.org>'
	});
	ana = await signUp(server, 'Ana');
	await ana.api.alerts.test.mutate({ channel: 'email' });
	const mail = () => smtp.mails.find(({ subject }) => subject === 'This is how budget alerts reach you');
	while (!mail()) await delay(50);
	const { unsubscribe } = mail()!.headers.get('list') as { unsubscribe: { url: string } };
	expect(mail()!.headerLines.map(({ line }) => line)).toContain(
		'List-Unsubscribe-Post: List-Unsubscribe=One-Click'
	);
	link = unsubscribe.url;
});
beforeEach(() => ana.api.alerts.setChannels.mutate({ email: true }));

const isMailed = async (): Promise<boolean> => (await ana.api.alerts.channels.query()).email;
const post = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
	fetch(url, {
		method: 'POST',
		redirect: 'manual',
		headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
		body: 'List-Unsubscribe=One-Click'
	});

test.each([{}, elsewhere])('one POST ends them, without session or cookie, from %o', async (headers) => {
	for (let time = 1; time <= 2; time++) {
		const answer = await post(link, headers);
		expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
		expect(answer.headers.get('set-cookie')).toBeNull();
		expect(await isMailed()).toBe(false);
	}
});

test('a body of several parts does as well', async () => {
	const body = new FormData();
	body.set('List-Unsubscribe', 'One-Click');
	expect((await fetch(link, { method: 'POST', body })).status).toBe(200);
	expect(await isMailed()).toBe(false);
});

test('opening the link changes nothing: it leads to a page with a button, which does', async () => {
	const opened = await fetch(link, { redirect: 'manual' });
	expect(opened.status).toBe(303);
	const page = await fetch(new URL(opened.headers.get('location')!, server.url));
	const action = /<form method="post" action="([^"]+)"/.exec(await page.text())?.[1];
	expect(await isMailed()).toBe(true);
	const pressed = await post(new URL(action!.replaceAll('&amp;', '&'), server.url).href, {
		origin: server.url
	});
	expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/unsubscribe?done']);
	expect(await isMailed()).toBe(false);
});

test('a link that is none of ours ends nothing', async () => {
	for (const wrong of ['', '?token=', `?token=${ana.id}`, '?token=%00', `${new URL(link).search}x`]) {
		const answer = await post(`${server.url}/api/unsubscribe${wrong}`, elsewhere);
		expect(answer.status).toBe(404);
		expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND' });
	}
	expect(await isMailed()).toBe(true);
});

test('no other address takes a change from elsewhere because it looks like this one', async () => {
	const { search } = new URL(link);
	for (const path of ['/api/unsubscribe/x', '/api/Unsubscribe', '/api/unsubscribe.json', '/unsubscribe'])
		expect([path, (await post(`${server.url}${path}${search}`, elsewhere)).status]).toEqual([path, 403]);
	const other = await post(`${server.url}/api/trpc/auth.logout?/api/unsubscribe`, elsewhere);
	expect(other.status).toBe(403);
	expect(await isMailed()).toBe(true);
});

test('none of this is an error of the server', () => {
	expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
	expect(server.noise).toEqual([]);
});
