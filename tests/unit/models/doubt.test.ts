/** What waits for a look however sure the model is, and what a till's thanks do not disturb. */
import { describe, expect, test } from 'vitest';
import { reviewThreshold } from '#lib/models.ts';
import { Categoriser } from '#models/categorise.ts';
import { loadBase } from '#models/load.ts';
import { kindOf } from '#models/own.ts';

const base = loadBase();
const cold = new Categoriser(base, [], reviewThreshold);
const decide = (description: string, amount: number) => cold.decide({ description, amount, currency: 'EUR' });

const names = [
	'Paul Becker',
	'Marco Bianchi',
	'Maria Gonzalez',
	'Julia Keller',
	'Lena Vogt',
	'Max Mustermann'
];

describe('a name alone', () => {
	test.each(names)('%s is a person, and what it was for their payer has to say', (name) => {
		for (const amount of [-4500, 4500, -85_000]) {
			expect(decide(name, amount)).toMatchObject({ category: 'peer_transfer', review: true });
		}
		expect(decide(`Refund ${name}`, 3000).review).toBe(true);
		expect(decide(`Erstattung ${name}`, 3000).review).toBe(true);
	});

	test.each(['ZELLE TO JOHN SMITH', 'TIKKIE Jan de Vries', 'Anna Schmidt Geburtstag'])(
		'%s says more than a name',
		(text) => expect(decide(text, -3000)).toMatchObject({ category: 'peer_transfer', review: false })
	);

	test('is settled when its person has answered once', () => {
		const said = { ...kindOf('Lena Vogt', -85_000), category: 'rent', count: 1, saidAt: 0 };
		expect(
			new Categoriser(base, [said], reviewThreshold).decide({
				...{ description: 'Lena Vogt', amount: -85_000, currency: 'EUR' }
			})
		).toMatchObject({ category: 'rent', review: false });
	});

	test.each([
		['Baeckerei Becker', 'bakery'],
		['Zahnarztpraxis Dr. Becker', 'dentist'],
		['HUGO BOSS', 'clothing'],
		['Friseur Anna', 'hair_beauty'],
		['JACKSON HEWITT', 'legal_financial']
	])('%s is a business', (text, category) =>
		expect(decide(text, -3000)).toMatchObject({ category, review: false })
	);
});

describe('a bare name', () => {
	test.each(['Peter Shell', 'Thomas Otto', 'Paul Hermes', 'Frau Penny', 'Maria Metzger', 'MORRISON J'])(
		'%s has a shop’s name',
		(text) => {
			for (const amount of [-2500, -85_000, 4500]) expect(decide(text, amount).review).toBe(true);
		}
	);

	test.each(['LONDON', 'PARIS FR', 'Berlin', 'ACME LTD', 'LUCKY 88'])('%s may be anything', (text) => {
		expect(decide(text, -2500).review).toBe(true);
	});

	test.each(['BEN', 'SKY'])('%s is a friend as well as a firm, when money comes in', (text) => {
		expect(decide(text, 3000)).toMatchObject({ review: true, refund: false });
		expect(decide(text, -3000).review).toBe(false);
	});

	test.each([
		['CIRCLE K', 'fuel'],
		['TESCO LTD', 'groceries'],
		['LIDL BERLIN', 'groceries']
	])('%s is a shop', (text, category) =>
		expect(decide(text, -2500)).toMatchObject({ category, review: false })
	);

	test('is what its person said it is', () => {
		const said = { ...kindOf('Peter Shell', -2500), category: 'rent', count: 1, saidAt: 0 };
		expect(
			new Categoriser(base, [said], reviewThreshold).decide({
				...{ description: 'Peter Shell', amount: -2500, currency: 'EUR' }
			})
		).toMatchObject({ category: 'rent', review: false });
	});
});

test.each(['CHECK 1042', 'Check Paid #1043', 'CASHIERS CHECK'])('%s does not say whom it was for', (text) => {
	const { review, confidence } = decide(text, -90_000);
	expect(review).toBe(true);
	expect(confidence).toBeLessThanOrEqual(0.5); // whoever is asked is not told that it is sure
});

test('a statement credit is no fee that was given back', () => {
	expect(decide('STATEMENT CREDIT', 1200)).toMatchObject({ category: 'refund', review: true });
});

test.each([
	['CHECK24.DE', 'holiday'],
	['REWE12', 'groceries'],
	['PAYPAL *FIT4LESS', 'gym'],
	['PAYPAL EUROPE S.A.R.L. ET CIE S.C.A 1029 SPOTIFY', 'music'],
	['KFZ-STEUER BUNDESKASSE', 'taxes'],
	['GEMEENTE UTRECHT GEMEENTEBELASTINGEN', 'taxes'],
	['TST* THE RUSTY SPOON', 'restaurants'],
	['AMAZON WEB SERVICES', 'software'],
	['LEAP CARD TOP UP', 'public_transport'],
	['H-E-B #221', 'groceries'],
	['7-ELEVEN', 'groceries'],
	['APPLE.COM/BILL', 'software'],
	['THE CROWN PUB', 'alcohol_bars']
])('%s is %s', (text, category) => {
	expect(decide(text, -2500)).toMatchObject({ category, review: false });
});

test.each(['Credit', 'CREDIT', 'Guthaben'])('%s may be anything', (text) => {
	for (const amount of [5000, 12_000, -5000]) expect(decide(text, amount).review).toBe(true);
});

test.each([
	['FINANZAMT MUENCHEN ERSTATTUNG', 'tax_refund'],
	['HMRC TAX REFUND', 'tax_refund'],
	['GUTSCHRIFT ZINSEN ING', 'interest_dividends']
])('%s says whose money it is', (text, category) => {
	expect(decide(text, 40_000)).toMatchObject({ category, review: false });
});

test.each([
	['REWE SAGT DANKE', 'groceries'],
	['BILLA DANKT FUER IHREN EINKAUF', 'groceries'],
	['KAUFLAND VIELEN DANK', 'groceries'],
	['PENNY SAGT DANKE', 'groceries'],
	['ROSSMANN 3456', 'pharmacy'],
	['DM-DROGERIE MARKT SAGT DANKE', 'pharmacy'],
	['ARAL STATION 285001234 Vielen Dank', 'fuel'],
	['IKEA DEUTSCHLAND SAGT DANKE', 'furniture'],
	['H&M SAGT DANKE', 'clothing'],
	['MERCADONA GRACIAS', 'groceries']
])('%s: thanks say nothing of a shop', (text, category) => {
	expect(decide(text, -3333)).toMatchObject({ category, review: false });
});
