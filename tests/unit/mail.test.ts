import { expect, test } from 'vitest';
import { contentOf, footerOf, type MailKind, type MailParams } from '#server/mail/kinds.ts';
import { renderMail } from '#server/mail/render.ts';
import { alert, samples, stop } from '../support/mail-samples.ts';

const place = {
	timeZone: 'Europe/Berlin',
	now: new Date('2026-03-04T20:30:00Z'),
	publicUrl: 'https://q.example'
};
const kinds = Object.keys(samples) as MailKind[];

function write<K extends MailKind>(kind: K, locale: 'en' | 'de', params: MailParams[K] = samples[kind]) {
	const there = { ...place, locale };
	const content = contentOf(kind, params, there);
	return { content, subject: content.subject, ...renderMail(content, { ...there, footer: footerOf(there) }) };
}

test.each(kinds)('“%s” says what there is to know, in both languages', (kind) => {
	const en = write(kind, 'en');
	const de = write(kind, 'de');
	for (const { subject, text } of [en, de]) {
		expect(subject).toMatch(/^\S.{5,70}$/);
		for (const value of Object.values(samples[kind]).filter((value) => typeof value !== 'object')) {
			expect(text).toContain(kind === 'new_device' && /T.*Z$/.test(String(value)) ? '21:30' : String(value));
		}
		// When it happened, and where it comes from; a link of the mail stands on a line of its own.
		if (kind !== 'verify') expect(text).toMatch(/4 Mar 2026|4\. März 2026/);
		expect(text).toMatch(/\n-- \n[^\n]+ https:\/\/q\.example\n$/);
		expect(text).not.toMatch(/[{}]|undefined|null|!|<|&\w+;/);
		if (/#token/.test(text)) expect(text).toMatch(/^https:\S+#token$/m);
	}
	expect(de.subject).not.toBe(en.subject);
	expect(de.text).not.toBe(en.text);
});

/** What a mail says, in order and without how it is laid out. */
const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

test.each(kinds)('“%s” says the same as HTML and as text, and loads nothing from anywhere', async (kind) => {
	for (const locale of ['en', 'de'] as const) {
		const { content, html, text: plain } = write(kind, locale);
		const { text = '', why = '', budgets = [], figures = [], tables = [] } = content;
		const amounts = figures.flatMap(({ figures, line = '' }) => [
			...figures.map(({ label, value }) => `${label}: ${value}`),
			line
		]);
		const cells = tables.flatMap(({ title, head, rows, rest = '' }) => [
			...[title, ...head, rest],
			...rows.flatMap(({ cells, under = '' }) => [`${cells[0]}: ${cells.slice(1).join(' · ')}`, under])
		]);
		const lines = [...text.split('\n'), ...why.split('\n'), ...budgets.flatMap(({ lines }) => lines)];
		for (const said of [...lines, ...amounts, ...cells]) expect(words(plain)).toContain(words(said));
		expect(html).toContain(`<html lang="${locale}">`);
		expect(html).toContain('<meta name="color-scheme" content="light dark"');
		expect(html).toContain('prefers-color-scheme: dark');
		expect(html).not.toMatch(/<(img|script|link|iframe|object|form|svg)\b|url\(|@import|src=|<!--| on\w+=/i);
		for (const [, address] of html.matchAll(/href="([^"]*)"/g))
			expect(address!.replaceAll('&amp;', '&')).toMatch(/^https:\/\/q\.example(\/|$)/);
	}
});

test('an alert says how much is spent of what, in which budget and since when, and how to end such mails', () => {
	const { subject, html, text } = write('budget_alert', 'en');
	expect(subject).toBe('“Groceries”: 82% of the budget is spent');
	expect(text.replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
		"Groceries
		€412.30 of €500.00
		1 Mar 2026 to 31 Mar 2026
		82% is spent: the threshold of 80% was reached on 4 Mar 2026, 21:30 (Europe/Berlin).
		https://q.example/budgets/groceries

		You get this because a budget of yours, or of a group you are in, has reached a threshold, and you are told of that by mail.

		Have such mails once a day, or not at night: https://q.example/settings/alerts

		Get no more of these mails: https://q.example/unsubscribe?token=stop

		-- 
		Sent by Quits at https://q.example
		"
	`);
	for (const said of [
		'€412.30',
		'of €500.00',
		'width="82%"',
		'href="https://q.example/budgets/groceries"',
		`href="${stop}"`
	])
		expect(html).toContain(said);
});

test('an alert of a budget that was used up from the start says so, and what is beyond all measure is not counted', () => {
	const usedUp = { ...alert, percent: 9999, threshold: 100, spent: 1, amount: -14_000 };
	const { subject, html, text } = write('budget_alert', 'en', { alerts: [usedUp], stop });
	expect(subject).toBe('“Groceries” was used up before the period began');
	expect(text.split('\n').slice(0, 4)).toEqual([
		'Groceries',
		'€0.01 spent',
		'1 Mar 2026 to 31 Mar 2026',
		'Earlier periods have used up all of it. That something is spent was seen on 4 Mar 2026, 21:30 (Europe/Berlin).'
	]);
	expect(html).toContain('width="100%"');
	const german = write('budget_alert', 'de', { alerts: [usedUp], stop });
	expect(german.subject).toBe('„Groceries“ war schon vor dem Zeitraum aufgebraucht');
	expect(german.text).toContain('0,01 € ausgegeben'.replace(' ', '\u00a0'));
	const far = { ...usedUp, spent: 10 ** 9, amount: 100 };
	expect(write('budget_alert', 'en', { alerts: [far], stop }).subject).toBe(
		'“Groceries”: more than 9,999% of the budget is spent'
	);
	expect(write('budget_alert', 'de', { alerts: [far], stop }).text).toContain(
		'mehr als 9.999\u00a0% sind ausgegeben: die Schwelle von 100\u00a0% wurde'
	);
});

test('several alerts are one mail, each with its own amounts; one that has passed says so', () => {
	const over = {
		...alert,
		budgetId: 'rent',
		budgetName: 'Rent',
		group: 'Flat 3',
		percent: 104,
		threshold: 100,
		spent: 124_800,
		amount: 120_000
	};
	const { subject, html, text } = write('budget_alert', 'de', {
		alerts: [{ ...alert, passed: true }, over],
		stop
	});
	expect(subject).toBe('2 Budgetwarnungen');
	expect(text.replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
		"Rent · Flat 3
		1.248,00 € von 1.200,00 €
		1. März 2026 bis 31. März 2026
		104 % sind ausgegeben: die Schwelle von 100 % wurde am 4. März 2026, 21:30 (Europe/Berlin) erreicht.
		https://q.example/budgets/rent

		Groceries
		412,30 € von 500,00 €
		1. März 2026 bis 31. März 2026
		82 % sind ausgegeben: die Schwelle von 80 % wurde am 4. März 2026, 21:30 (Europe/Berlin) erreicht.
		Inzwischen liegen die Ausgaben wieder darunter.
		https://q.example/budgets/groceries

		Du bekommst diese Mail, weil ein Budget von dir oder von einer deiner Gruppen eine Schwelle erreicht hat und du das per Mail erfährst.

		Solche Mails einmal am Tag bekommen, oder nicht nachts: https://q.example/settings/alerts

		Keine solchen Mails mehr bekommen: https://q.example/unsubscribe?token=stop

		-- 
		Gesendet von Quits unter https://q.example
		"
	`);
	expect(html.match(/width="(82|100)%" height="10"/g)).toHaveLength(2);
});

test('the report of a month says what it came to, area by area, and how budgets and groups stand', () => {
	const { subject, text } = write('monthly_report', 'en');
	expect(subject).toBe('Your month: February 2026');
	expect(text.replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
		"Spent: €1,842.30
		Came in: €2,400.00
		Remained: €557.70
		Spent in January 2026: €2,019.99.

		Where it went
		Area: Feb · Jan
		Home: €950.00 · €950.00
		Food: €612.30 · €804.99
		Everything else: €280.00 · €265.00

		Where you spent most
		Merchant: Feb · Jan
		Rewe: €401.10 · €380.00

		Budgets
		Budget: Spent · Limit
		Groceries: €412.30 · €500.00
		Kept: €87.70 left over
		Rent · Flat 3: €1,248.00 · €1,200.00
		€48.00 over the limit
		Travel: €50.00 · €1,000.00
		1 Jan 2026 to 31 Dec 2026 · €950.00 still left

		Still due in March 2026
		Payment: Expected · Amount
		Iron Gym: 15 Mar · −€29.90

		Groups
		Group: Balance
		Flat 3: You are owed €40.00
		Norway: You are even

		All transactions of February 2026 are attached as a PDF.

		This is how it stood on 4 Mar 2026, 21:30 (Europe/Berlin). What is imported or changed later is only in Quits.

		https://q.example/reports?from=2026-02-01&to=2026-02-28

		You get this because you have asked for a report of each month by mail.

		Choose which mails you get: https://q.example/settings/alerts

		Get no more of these mails: https://q.example/unsubscribe?token=stop

		-- 
		Sent by Quits at https://q.example
		"
	`);
	const german = write('monthly_report', 'de');
	expect(german.subject).toBe('Dein Monat: Februar 2026');
	expect(german.text.replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
		"Ausgegeben: 1.842,30 €
		Eingenommen: 2.400,00 €
		Übrig: 557,70 €
		Ausgegeben im Januar 2026: 2.019,99 €.

		Wohin es ging
		Bereich: Feb · Jan
		Home: 950,00 € · 950,00 €
		Food: 612,30 € · 804,99 €
		Alles andere: 280,00 € · 265,00 €

		Wo am meisten ausgegeben wurde
		Händler: Feb · Jan
		Rewe: 401,10 € · 380,00 €

		Budgets
		Budget: Ausgegeben · Grenze
		Groceries: 412,30 € · 500,00 €
		Eingehalten: 87,70 € übrig
		Rent · Flat 3: 1.248,00 € · 1.200,00 €
		48,00 € über der Grenze
		Travel: 50,00 € · 1.000,00 €
		1. Jan. 2026 bis 31. Dez. 2026 · noch 950,00 € übrig

		Noch fällig im März 2026
		Zahlung: Erwartet · Betrag
		Iron Gym: 15. März · −29,90 €

		Gruppen
		Gruppe: Saldo
		Flat 3: Du bekommst 40,00 €
		Norway: Ihr seid quitt

		Alle Umsätze vom Februar 2026 hängen als PDF an.

		So stand es am 4. März 2026, 21:30 (Europe/Berlin). Was später importiert oder geändert wird, steht nur in Quits.

		https://q.example/reports?from=2026-02-01&to=2026-02-28

		Du bekommst diese Mail, weil du um einen Bericht über jeden Monat per Mail gebeten hast.

		Wählen, welche Mails kommen: https://q.example/settings/alerts

		Keine solchen Mails mehr bekommen: https://q.example/unsubscribe?token=stop

		-- 
		Gesendet von Quits unter https://q.example
		"
	`);
});

test('a report says so where its transactions are too many for a mail, or where there are none', () => {
	const { report } = samples.monthly_report;
	const said = (is: MailParams['monthly_report']['statement']['is']) =>
		write('monthly_report', 'en', { report, statement: { is }, stop }).text;
	expect(said('too_large')).toContain('has too many transactions for a file in a mail');
	expect(said('none')).toContain('February 2026 has no transactions on your accounts.');
});

test('what people have named stays text, in a mail’s HTML as everywhere', () => {
	const name = '<img src=x onerror=alert(1)> & "Co" https://evil.example/<b>';
	const { html, text } = write('budget_alert', 'en', {
		alerts: [{ ...alert, budgetName: name, group: name }],
		stop
	});
	expect(html).not.toMatch(/<img|<b>|href="https:\/\/evil/);
	expect(text).toContain(`${name} · ${name}`);
	const invite = write('group_invite', 'en', {
		...samples.group_invite,
		from: '<!-- -->\n\nhttps://evil.example/'
	});
	expect(invite.html).not.toMatch(/<!--|href="https:\/\/evil/);
	expect(invite.text).toContain('<!-- --> https://evil.example/ invited you');
});

test('a name cannot pose as a line of the mail, and stays out of the subject', () => {
	const name = 'Phone\r\n\r\nSign in at https://evil.example\u2028now';
	const { subject, text } = write('passkey_added', 'en', { name });
	expect(subject).toBe('A passkey was added');
	expect(text).toContain('“Phone Sign in at https://evil.example now”');
	const invite = write('group_invite', 'en', {
		link: 'https://q.example/join#code',
		group: 'Flat\n3',
		from: 'Ana\r\nBcc: eve@evil.example'
	});
	expect(invite.subject).toBe('Ana Bcc: eve@evil.example invites you to the group “Flat 3”');
	expect(invite.text).toContain('group “Flat 3”');
});
