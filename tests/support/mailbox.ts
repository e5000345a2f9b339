/** Where mail arrives in tests: a real SMTP server, and one that speaks Resend's API. Both remember everything. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, expect } from 'vitest';
import { z } from 'zod';
import type { App } from '#server/app.ts';
import { getMail } from '#server/mail/get.ts';
import { trustedCertificate } from './receiver.ts';

export type Refusal = { code: number; text: string };

type SmtpOptions = {
	/** From the first byte, or by STARTTLS; then only who is `ana` with the password `secret` may send. */
	tls?: 'at once' | 'STARTTLS';
};

/** Takes mail on a free port. `refuse` says what the next mails are answered with. */
export async function startSmtpServer({ tls }: SmtpOptions = {}) {
	const mails: ParsedMail[] = [];
	/** Of each mail, whether it came encrypted, and from whom. */
	const senders: { secure: boolean; user: string | undefined }[] = [];
	let refused: Refusal | undefined;
	let pause: Promise<unknown> | undefined;
	const server = new SMTPServer({
		...(tls ? { ...(await trustedCertificate()), secure: tls === 'at once' } : { authOptional: true }),
		disabledCommands: tls ? [] : ['STARTTLS'],
		onAuth: ({ username, password }, _session, done) => {
			const known = username === 'ana' && password === 'secret';
			done(known ? null : new Error('unknown'), { user: username });
		},
		onData: (stream, { secure, user }, done) => {
			simpleParser(stream).then(
				async (mail) => {
					if (!refused) {
						mails.push(mail);
						senders.push({ secure, user: user as string | undefined });
					}
					await pause;
					done(refused && Object.assign(new Error(refused.text), { responseCode: refused.code }));
				},
				(error: Error) => done(error)
			);
		}
	});
	server.on('error', () => undefined); // of a connection that somebody breaks off
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
	const { port } = server.server.address() as AddressInfo;
	const scheme = tls === 'at once' ? 'smtps' : 'smtp';
	return {
		url: tls ? `${scheme}://ana:secret@localhost:${port}` : `${scheme}://127.0.0.1:${port}`,
		mails,
		senders,
		refuse: (refusal: Refusal | undefined) => void (refused = refusal),
		/** From now on mails are taken, and nothing is answered before this. */
		answerAfter: (until: Promise<unknown> | undefined) => void (pause = until)
	};
}

export type SmtpServer = Awaited<ReturnType<typeof startSmtpServer>>;

type ResendCall = { method: string; path: string; headers: IncomingHttpHeaders; body: unknown };
type ResendAnswer = { status: number; body: unknown };

const mailbox = z.union([z.email(), z.string().regex(/^[^<>\r\n]+ <[^<>@\s]+@[^<>@\s]+>$/)]);
const mailboxes = z.union([mailbox, z.array(mailbox).min(1).max(50)]);
/** What Resend takes at POST /emails, and nothing else (resend.com/docs/api-reference/emails/send-email). */
const resendMail = z
	.strictObject({
		from: mailbox,
		to: mailboxes,
		subject: z
			.string()
			.min(1)
			.max(998)
			.regex(/^[^\r\n]+$/),
		html: z.string().min(1).optional(),
		text: z.string().optional(),
		cc: mailboxes.optional(),
		bcc: mailboxes.optional(),
		reply_to: mailboxes.optional(),
		headers: z.record(z.string().regex(/^[!-9;-~]+$/), z.string().regex(/^[ -~]+$/)).optional(),
		attachments: z
			.array(
				z.strictObject({
					filename: z.string().regex(/^[\w.-]+$/),
					content: z.base64(),
					content_type: z.string().optional()
				})
			)
			.optional(),
		tags: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional()
	})
	.refine(({ html, text }) => html !== undefined || text !== undefined);

/**
 * Answers as Resend does: it takes only what is right in every part, and under one Idempotency-Key only one mail. `answer` says
 * with what else, from then on.
 */
export async function startResendServer() {
	const calls: ResendCall[] = [];
	const taken = new Map<string, string>();
	let next: ResendAnswer | undefined;
	const judge = ({ method, path, headers, body }: ResendCall): ResendAnswer => {
		const no = (status: number, name: string, message = name): ResendAnswer => ({
			status,
			body: { statusCode: status, name, message }
		});
		if (method !== 'POST' || path !== '/emails') return no(405, 'method_not_allowed');
		if (!/^Bearer re_\w+$/.test(headers.authorization ?? '')) return no(401, 'missing_api_key');
		if (headers['content-type'] !== 'application/json') return no(422, 'validation_error');
		const key = headers['idempotency-key'];
		if (typeof key !== 'string' || key.length > 256) return no(400, 'invalid_idempotency_key');
		const read = resendMail.safeParse(body);
		if (!read.success) return no(422, 'validation_error', z.prettifyError(read.error));
		const mail = JSON.stringify(body);
		if ((taken.get(key) ?? mail) !== mail) return no(409, 'invalid_idempotent_request');
		taken.set(key, mail);
		return { status: 200, body: { id: '49a3999c-0ce1-4ea6-ab68-afcd6dc2e794' } };
	};
	const server = createServer((request, response) => {
		let text = '';
		request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			const call = { method, path, headers, body: JSON.parse(text) as unknown };
			calls.push(call);
			const { status, body } = next ?? judge(call);
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(typeof body === 'string' ? body : JSON.stringify(body));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	afterAll(() => void server.close());
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		calls,
		/** How many mails it has taken. */
		taken: () => taken.size,
		answer: (status: number, body: unknown) => void (next = { status, body }),
		judge: () => void (next = undefined)
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
