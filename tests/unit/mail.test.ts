import { expect, test } from 'vitest';
import { writeMail, type MailKind, type MailParams } from '#server/mail/kinds.ts';

const samples: { [K in MailKind]: MailParams[K] } = {
	verify: { link: 'https://quits.example.org/verify#token' },
	sign_up: { link: 'https://quits.example.org/verify#token' },
	already_registered: {},
	reset: { link: 'https://quits.example.org/reset#token' },
	password_changed: {},
	new_device: { device: 'Firefox on Linux', place: '203.0.113.9', at: '2026-03-04T20:30:00.000Z' },
	mfa_on: {},
	mfa_off: {},
	mfa_reset: {},
	recovery_used: { left: 9 },
	recovery_new: {},
	recovery_few: { left: 2 },
	passkey_added: { name: 'Phone' },
	passkey_removed: { name: 'Phone' },
	token_made: { name: 'Backup script' },
	group_invite: { link: 'https://quits.example.org/join#token', group: 'Flat 3', from: 'Ana' }
};
const place = {
	timeZone: 'Europe/Berlin',
	now: new Date('2026-03-04T20:30:00Z'),
	publicUrl: 'https://q.example'
};

const write = <K extends MailKind>(kind: K, locale: 'en' | 'de') =>
	writeMail(kind, samples[kind], { ...place, locale });

test.each(Object.keys(samples) as MailKind[])(
	'“%s” says what there is to know, in both languages',
	(kind) => {
		const en = write(kind, 'en');
		const de = write(kind, 'de');
		for (const { subject, body } of [en, de]) {
			expect(subject).toMatch(/^\S.{5,70}$/);
			for (const value of Object.values(samples[kind])) {
				expect(body).toContain(
					kind === 'new_device' && /T.*Z$/.test(String(value)) ? '21:30' : String(value)
				);
			}
			// When it happened, and where it comes from; a link of the mail stands on a line of its own.
			if (kind !== 'verify') expect(body).toMatch(/4 Mar 2026|4\. März 2026/);
			expect(body).toContain('https://q.example');
			expect(body).not.toMatch(/[{}]|undefined|null|!/);
			if (/#token/.test(body)) expect(body).toMatch(/^https:\S+#token$/m);
		}
		expect(de.subject).not.toBe(en.subject);
		expect(de.body).not.toBe(en.body);
	}
);

test('a name cannot pose as a line of the mail, and stays out of the subject', () => {
	const name = 'Phone\r\n\r\nSign in at https://evil.example\u2028now';
	const { subject, body } = writeMail('passkey_added', { name }, { ...place, locale: 'en' });
	expect(subject).toBe('A passkey was added');
	expect(body).toContain('“Phone Sign in at https://evil.example now”');
	const invite = writeMail(
		'group_invite',
		{ link: 'https://q.example/join#code', group: 'Flat\n3', from: 'Ana\r\nBcc: eve@evil.example' },
		{ ...place, locale: 'en' }
	);
	expect(invite.subject).toBe('Ana Bcc: eve@evil.example invites you to the group “Flat 3”');
	expect(invite.body).toContain('group “Flat 3”');
});
