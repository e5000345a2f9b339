/** The two ways a mail leaves: Resend's API, or any SMTP server. */
import { createTransport } from 'nodemailer';
import { Resend } from 'resend';
import type { Config } from '../config.ts';
import { egressConnect } from '../egress.ts';

/**
 * A mail as it goes out; `oneClick` is where one POST ends such mails (RFC 8058). What an older Quits has written has no HTML.
 */
export type Letter = {
	id: string;
	to: string;
	subject: string;
	text: string;
	html: string | null;
	oneClick: string | null;
	file: { name: string; type: string; base64: string } | null;
};

export type Transport = (letter: Letter) => Promise<void>;

/** This mail will not be taken however often it is sent: the address is none, or the server refuses it. */
export class RefusedMailError extends Error {
	override name = 'RefusedMailError';
}

/** It could not be sent now; later it may be. */
export class MailNotSentError extends Error {
	override name = 'MailNotSentError';
}

type MailConfig = Pick<Config, 'mail' | 'publicUrl'>;

/** Whether mail leaves this machine, or is kept for the admin to read. */
export const canMail = ({ mail }: Pick<Config, 'mail'>): boolean =>
	mail.from !== undefined && (mail.resendKey !== undefined || mail.smtpUrl !== undefined);

/** The way that the settings name; Resend when they name both, null when they name none. */
export function transportOf({ mail, publicUrl }: MailConfig): Transport | null {
	if (mail.from === undefined) return null;
	const sender = { from: mail.from, host: new URL(publicUrl).hostname };
	if (mail.resendKey !== undefined) return byResend(mail.resendKey, mail.resendUrl, sender);
	if (mail.smtpUrl !== undefined) return bySmtp(mail.smtpUrl, sender);
	return null;
}

type Sender = { from: string; host: string };

const timeoutMs = 30_000;

// Sent twice (a process died in between), a mail has the same id: mailboxes and Resend take the second for the first.
const messageId = (id: string, { host }: Sender): string => `<${id}@${host}>`;
const headersOf = ({ oneClick }: Letter): Record<string, string> => ({
	// So that no holiday notice answers.
	'Auto-Submitted': 'auto-generated',
	'X-Auto-Response-Suppress': 'All',
	...(oneClick !== null && {
		'List-Unsubscribe': `<${oneClick}>`,
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
	})
});

// What is wrong with the key, the sender or the moment, and not with the mail: somebody can mend that meanwhile.
const mendable = new Set([401, 403, 408, 425, 429]);

function byResend(key: string, url: string | undefined, sender: Sender): Transport {
	const resend = new Resend(key, { ...(url !== undefined && { baseUrl: url.replace(/\/+$/, '') }) });
	return async (letter) => {
		const { id, to, subject, text, html, file } = letter;
		const headers = { ...headersOf(letter), 'Message-ID': messageId(id, sender) };
		const { error } = await resend.emails.send(
			{
				...{ from: sender.from, to, subject, text, headers },
				...(html !== null && { html }),
				...(file && { attachments: [{ filename: file.name, content: file.base64, contentType: file.type }] })
			},
			{ idempotencyKey: id, signal: AbortSignal.timeout(timeoutMs) }
		);
		if (!error) return;
		const { name, message, statusCode } = error;
		const said = `${name} ${statusCode ?? ''}: ${message}`;
		const sameMailAtOnce = name === 'concurrent_idempotent_requests';
		const refused = statusCode !== null && statusCode >= 400 && statusCode < 500;
		throw refused && !sameMailAtOnce && !mendable.has(statusCode)
			? new RefusedMailError(said)
			: new MailNotSentError(said);
	};
}

function bySmtp(url: string, sender: Sender): Transport {
	const smtp = createTransport({
		url,
		getSocket: ({ host, port, secure }, answer) => {
			egressConnect(host!, Number(port ?? (secure ? 465 : 587)), timeoutMs).then(
				(connection) => answer(null, { connection }),
				(error: Error) => answer(error)
			);
		},
		connectionTimeout: timeoutMs,
		greetingTimeout: timeoutMs,
		socketTimeout: timeoutMs,
		// Nothing in a mail may make the server read a file or another address.
		disableFileAccess: true,
		disableUrlAccess: true
	});
	return async (letter) => {
		const { id, to, subject, text, html, file } = letter;
		const headers = headersOf(letter);
		const mail = {
			...{ from: sender.from, to, subject, text, headers, messageId: messageId(id, sender) },
			...(html !== null && { html }),
			...(file && {
				attachments: [
					{ filename: file.name, content: file.base64, encoding: 'base64', contentType: file.type }
				]
			})
		};
		await smtp.sendMail(mail).catch((error: { message: string; code?: string; responseCode?: number }) => {
			// A refused log-in is the settings' fault, which can be mended; an address that is none cannot.
			const refused = (error.responseCode ?? 0) >= 500 && error.code !== 'EAUTH' && error.code !== 'ENOAUTH';
			throw refused ? new RefusedMailError(error.message) : new MailNotSentError(error.message);
		});
	};
}
