import { expect, test } from 'vitest';
import { groupOf } from '#lib/categories.ts';
import { reviewThreshold } from '#lib/models.ts';
import { Categoriser } from '#models/categorise.ts';
import { readEntries, readHabits } from '#models/examples.ts';
import { rowOf } from '#models/held-out.ts';
import { loadBase } from '#models/load.ts';
import { kindOf, type OwnCount } from '#models/own.ts';
import { withoutRefund } from '#models/refund.ts';

const base = loadBase();
const cold = new Categoriser(base, [], reviewThreshold);
const habits = readHabits();

/** Every third entry of the lexicon as a bank prints it, with money coming in. */
const incoming = readEntries()
	.filter((_, n) => n % 3 === 0)
	.map((entry) => rowOf(entry, habits))
	.map((row) => ({ ...row, amount: Math.abs(row.amount) }));
const ofGroup = (isOne: (group: string) => boolean) => incoming.filter(({ label }) => isOne(groupOf(label)!));

const share = (rows: typeof incoming, isOne: (row: (typeof incoming)[number]) => boolean) =>
	rows.filter(isOne).length / rows.length;

test('money that comes in from a shop goes where payments to it go', () => {
	const shops = ofGroup((group) => !['income', 'transfers', 'loan_payments', 'bank_fees'].includes(group));
	expect(shops.length).toBeGreaterThan(3000);
	expect(share(shops, (row) => cold.decide(row).category === row.label)).toBeGreaterThan(0.9);
	// What the model alone makes of them.
	const alone = share(
		shops,
		(row) => base.predict(row.description, row.amount, row.currency).category === row.label
	);
	expect(alone).toBeLessThan(0.5);
});

test('income stays income, and transfers transfers', () => {
	const isIn = (group: string) => (row: (typeof incoming)[number]) =>
		groupOf(cold.decide(row).category) === group;
	const income = ofGroup((group) => group === 'income');
	expect(income.length).toBeGreaterThan(100);
	expect(share(income, isIn('income'))).toBeGreaterThan(0.98);
	const transfers = ofGroup((group) => group === 'transfers').filter(
		({ label }) => label !== 'atm_withdrawal' // never comes in
	);
	expect(share(transfers, isIn('transfers'))).toBeGreaterThan(0.94);
});

const decide = (description: string, amount: number, own: OwnCount[] = []) =>
	new Categoriser(base, own, reviewThreshold).decide({ description, amount, currency: 'EUR' });

test.each([
	['SALARY TESCO STORES LTD', 210_000],
	['TESCO STORES LTD WAGES', 150_000],
	['REWE MARKT GMBH LOHN/GEHALT 03/26', 180_000],
	['AMAZON PAYROLL', 320_000],
	['IKEA DEUTSCHLAND GMBH VERDIENSTABRECHNUNG', 210_000],
	['APOTHEKE AM MARKT GEHALT', 180_000],
	['HMRC CHILD BENEFIT', 9600],
	['KINDERGELD FAMILIENKASSE', 25_000],
	['FINANZAMT MUENCHEN ERSTATTUNG', 60_000],
	['IRS TREAS TAX REF', 60_000],
	['COMMONWEALTH BANK INTEREST', 300],
	['GUTSCHRIFT ZINSEN ING', 1200],
	['Netflix dividend', 500],
	['EBAY PAYOUT', 4500],
	['UBER PAYOUT DRIVER', 24_000]
])('%s is income', (description, amount) => {
	expect(groupOf(decide(description, amount).category)).toBe('income');
});

test.each([
	['REFUND AMAZON', 3500, 'online_marketplace'],
	['ZALANDO SE GUTSCHRIFT', 5999, 'clothing'],
	['IKEA REFUND', 8999, 'furniture'],
	['TESCO STORES 3412', 1200, 'groceries'],
	['RYANAIR', 4500, 'flights'],
	['SHELL 2231', 3000, 'fuel'],
	['Deutsche Bahn Erstattung', 4500, 'trains'],
	['UBER EATS REFUND', 1550, 'delivery']
])('%s is a refund', (description, amount, category) => {
	expect(decide(description, amount)).toMatchObject({ category, refund: true });
	expect(decide(description, -amount)).toMatchObject({ refund: false });
});

test.each(['Mia Hoffmann', 'Anna Schmidt', 'Max Mustermann'])('%s is no shop', (description) => {
	expect(decide(description, 1500).refund).toBe(false);
});

test('of whom nothing is known, a refund is what its words say', () => {
	expect(decide('XQZZY BLORP REFUND', 3500).category).toBe('refund');
});

test.each(['Gutschrift', 'SEPA-GUTSCHRIFT', 'Gutschrift Überweisung', 'Avoir'])(
	'%s is anybody’s money, and waits for a look',
	(description) => {
		expect(decide(description, 10_000)).toMatchObject({ category: 'refund', review: true });
		const own = [said(description, 10_000, 'refund')];
		expect(decide(description, 10_000, own)).toMatchObject({ category: 'refund', review: false });
	}
);

test.each(['Rückerstattung', 'Retoure', 'Storno Gutschrift'])('%s says what it is', (description) => {
	expect(decide(description, 10_000)).toMatchObject({ category: 'refund', review: false });
});

const said = (description: string, amount: number, category: string): OwnCount => ({
	...kindOf(description, amount),
	...{ category, count: 1, saidAt: 0 }
});

test('what the person has said of payments goes for what comes back, unless they have said something of that', () => {
	const own = [said('ZEBRA LOUNGE', -4200, 'pets')];
	expect(decide('ZEBRA LOUNGE HAMBURG', 4200, own)).toMatchObject({
		...{ category: 'pets', refund: true, review: false },
		said: { name: 'zebra lounge' }
	});
	expect(decide('Refund ZEBRA LOUNGE', 4200, own)).toMatchObject({ category: 'pets', refund: true });
	expect(decide('ZEBRA LOUNGE SALARY', 180_000, own)).toMatchObject({ category: 'salary', refund: false });
	const both = [...own, said('ZEBRA LOUNGE', 4200, 'other_income')];
	expect(decide('ZEBRA LOUNGE', 4200, both)).toMatchObject({ category: 'other_income', refund: false });
	// What is no spending is not given back.
	const lent = [said('ZEBRA LOUNGE', -4200, 'peer_transfer')];
	expect(decide('ZEBRA LOUNGE', 4200, lent).refund).toBe(false);
});

test('the words that say so are left out, as long as a payee is left', () => {
	expect(withoutRefund('REFUND  AMAZON')).toBe('AMAZON');
	expect(withoutRefund('Zalando: Rückerstattung')).toBe('Zalando:');
	expect([withoutRefund('Refund 123'), withoutRefund('REWE'), withoutRefund('')]).toEqual([null, null, null]);
});
