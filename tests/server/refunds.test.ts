import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { makeBudget, noonOf, statusOn } from '../support/budgets.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { statement, type Booking } from '../support/statement.ts';

const quits = await startTestApp();

const booking = (text: string, amount: number, date: string): Booking => ({ text, amount, date });

const bookings = [
	booking('REWE 0293 HAMBURG', -4210, '2026-03-02'),
	booking('ZALANDO SE', -5999, '2026-03-03'),
	booking('ZALANDO SE', 5999, '2026-03-12'),
	booking('REWE 0293 HAMBURG', 210, '2026-03-14'),
	booking('SIEMENS AG LOHN/GEHALT 03/26', 280_000, '2026-03-27'),
	booking('KINDERGELD FAMILIENKASSE', 25_500, '2026-03-10')
];

async function imported(person: Person, list: Booking[]) {
	expect(await importStatement(person, statement(list))).toMatchObject({
		status: 'done',
		imported: list.length
	});
	const rows = await transactionsOf(person);
	return (text: string, amount: number) =>
		rows.find((row) => row.description.startsWith(text) && row.amount === amount)!;
}

test('what a shop gives back counts against what was spent there, and income stays income', async () => {
	const ana = await quits.meet('Ana');
	const find = await imported(ana, bookings);
	expect(find('ZALANDO', 5999)).toMatchObject({ categoryId: 'clothing', source: 'model' });
	expect(find('REWE', 210)).toMatchObject({ categoryId: 'groceries' });
	expect(find('SIEMENS', 280_000)).toMatchObject({ categoryId: 'salary' });
	expect(find('KINDERGELD', 25_500)).toMatchObject({ categoryId: 'benefits' });

	const day = noonOf('2026-03-28');
	const spent = async (categoryIds: string[]) => {
		const { id } = await makeBudget(quits.app, ana, { categoryIds }, day);
		return (await statusOn(quits.app, ana, id, day)).spent;
	};
	expect(await spent(['clothing'])).toBe(0);
	expect(await spent(['groceries'])).toBe(4000);
	expect(await spent([])).toBe(4000);
	const summary = await ana.api.transactions.summary.query({ month: '2026-03' });
	expect(summary!.totals).toEqual([{ currency: 'EUR', spent: -4000, earned: 305_500, count: 6 }]);
});

test('its details name the payment, if there is exactly one, and say why', async () => {
	const ana = await quits.meet('Ana');
	const find = await imported(ana, bookings);
	const get = (id: string) => ana.api.transactions.get.query({ id });
	const [bought, back] = [find('ZALANDO', -5999), find('ZALANDO', 5999)];
	expect((await get(back.id)).refund).toEqual({ payment: { id: bought.id, date: '2026-03-03' } });
	expect((await get(find('REWE', 210).id)).refund).toEqual({ payment: null });
	expect((await get(bought.id)).refund).toBeNull();
	expect((await get(find('SIEMENS', 280_000).id)).refund).toBeNull();
	const why = await ana.api.transactions.why.query({ id: back.id });
	expect(why).toMatchObject({ category: 'clothing', source: 'model', refund: true });
	expect(why.tokens.find(({ weight }) => weight > 0)?.token).toBe('zalando');
	expect((await ana.api.transactions.why.query({ id: bought.id })).refund).toBe(false);

	// Bought twice for as much, nobody knows which.
	await imported(ana, [booking('ZALANDO SE', -5999, '2026-03-08')]);
	expect((await get(back.id)).refund).toEqual({ payment: null });
	// And what was bought long ago is not what comes back.
	const ben = await quits.meet('Ben');
	const his = await imported(ben, [
		booking('ZALANDO SE', -5999, '2025-11-01'),
		booking('ZALANDO SE', 5999, '2026-03-12')
	]);
	expect((await ben.api.transactions.get.query({ id: his('ZALANDO', 5999).id })).refund).toEqual({
		payment: null
	});
});

test('the payment is found also where the text says that it is given back', async () => {
	const ana = await quits.meet('Ana');
	const find = await imported(ana, [
		booking('ZALANDO SE BERLIN', -8990, '2026-03-03'),
		booking('ZALANDO SE BERLIN RETOURE', 8990, '2026-03-12'),
		booking('IKEA MUENCHEN', -8000, '2026-03-04'),
		booking('Erstattung IKEA', 8000, '2026-03-13')
	]);
	const paymentOf = async (text: string, amount: number) =>
		(await ana.api.transactions.get.query({ id: find(text, amount).id })).refund?.payment?.id;
	expect(await paymentOf('ZALANDO', 8990)).toBe(find('ZALANDO', -8990).id);
	expect(await paymentOf('Erstattung', 8000)).toBe(find('IKEA', -8000).id);
});

test('where the person puts payments, there a refund of them goes', async () => {
	const ana = await quits.meet('Ana');
	const find = await imported(ana, [booking('ZEBRA LOUNGE', -4200, '2026-03-01')]);
	await ana.api.transactions.setCategory.mutate({ id: find('ZEBRA', -4200).id, categoryId: 'pets' });
	const later = await imported(ana, [
		booking('ZEBRA LOUNGE', 4200, '2026-03-09'),
		booking('ZEBRA LOUNGE HAMBURG', -100, '2026-03-10')
	]);
	const back = later('ZEBRA', 4200);
	expect(back).toMatchObject({ categoryId: 'pets', source: 'model', review: false });
	const why = await ana.api.transactions.why.query({ id: back.id });
	expect(why).toMatchObject({ refund: true, own: { name: 'zebra lounge', times: 1 } });
});

test('a card that is paid is no income of its account', async () => {
	const ana = await quits.meet('Ana');
	const find = await imported(ana, [
		booking('REWE 0293 HAMBURG', -4210, '2026-03-02'),
		booking('PAYMENT THANK YOU', 50_000, '2026-03-05')
	]);
	expect(find('PAYMENT', 50_000)).toMatchObject({ categoryId: 'credit_card_payment' });
	const summary = await ana.api.transactions.summary.query({ month: '2026-03' });
	expect(summary!.totals).toEqual([{ currency: 'EUR', spent: -4210, earned: 0, count: 1 }]);
});
