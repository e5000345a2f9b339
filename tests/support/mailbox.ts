/** Where mail arrives in tests: a real SMTP server, and one that speaks Resend's API. Both remember everything. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, expect } from 'vitest';
import type { App } from '#server/app.ts';
import { getMail } from '#server/mail/get.ts';

export type Refusal = { code: number; text: string };

/** Takes mail on a free port. `refuse` says what the next mails are answered with. */
export async function startSmtpServer() {
	const mails: ParsedMail[] = [];
	let refused: Refusal | undefined;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, _session, done) => {
			simpleParser(stream).then(
				(mail) => {
					if (!refused) mails.push(mail);
					done(refused && Object.assign(new Error(refused.text), { responseCode: refused.code }));
				},
				(error: Error) => done(error)
			);
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
	const { port } = server.server.address() as AddressInfo;
	return {
		url: `smtp://127.0.0.1:${port}`,
		mails,
		refuse: (refusal: Refusal | undefined) => void (refused = refusal)
	};
}

type ResendCall = { method: string; path: string; headers: IncomingHttpHeaders; body: unknown };
type ResendAnswer = { status: number; body: unknown };

/** Answers as Resend does. `answer` says with what, from then on. */
export async function startResendServer() {
	const calls: ResendCall[] = [];
	let next: ResendAnswer = { status: 200, body: { id: '49a3999c-0ce1-4ea6-ab68-afcd6dc2e794' } };
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (piece: Buffer) => (text += piece.toString()));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			calls.push({ method, path, headers, body: JSON.parse(text) });
			response.writeHead(next.status, { 'content-type': 'application/json' });
			response.end(typeof next.body === 'string' ? next.body : JSON.stringify(next.body));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	afterAll(() => void server.close());
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		calls,
		answer: (status: number, body: unknown) => void (next = { status, body })
	};
}

/** The mails to an address that nothing has sent yet, or nothing can, oldest first, each with its text. */
export async function keptMails(app: App, to: string) {
	await app.queue.idle();
	const mails = await app.db.mail.findMany({ where: { to }, orderBy: { id: 'asc' }, select: { id: true } });
	return Promise.all(mails.map(({ id }) => getMail(app, id)));
}

/** The token in the link of a mail. Fails when there is none. */
export function tokenIn(text: string | null | undefined): string {
	const token = /https?:\/\/\S+#(\S+)/.exec(text ?? '')?.[1];
	return token ?? expect.fail(`no link in: ${text}`);
}
