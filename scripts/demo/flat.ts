/** The flat in Lisbon that Ana and Ben rent together with Cleo, who has no account yet: half a year of shared bills. */
import type { CategoryKey } from '#lib/categories.ts';
import { addDays, addMonths } from '#lib/dates.ts';
import type { Api, Remote } from '../support/remote.ts';

type NewExpense = Parameters<Api['expenses']['create']['mutate']>[0];
type Who = 'ana' | 'ben' | 'cleo';
type Ids = Record<Who, string>;
type Shares = NewExpense['split'];

/** What was spent: `who` paid and wrote it down, except Cleo, for whom Ben does. */
type Spent = {
	date: string;
	what: string;
	amount: number;
	who: Who;
	category: CategoryKey;
	split?: (ids: Ids) => Shares;
	more?: Partial<NewExpense>;
};

const rent = 96_000;

const alike =
	(...who: Who[]) =>
	(ids: Ids): Shares => ({
		mode: 'equal',
		members: who.map((one) => ({ memberId: ids[one] }))
	});
const all = alike('ana', 'ben', 'cleo');
/** Ana's room is the biggest. */
const byRoom = ({ ana, ben, cleo }: Ids): Shares => ({
	mode: 'percent',
	members: [
		{ memberId: ana, percent: 40 },
		{ memberId: ben, percent: 33.5 },
		{ memberId: cleo, percent: 26.5 }
	]
});
/** By the nights that each of them was there. */
const byNights =
	(nights: Record<Who, number>) =>
	(ids: Ids): Shares => ({
		mode: 'shares',
		members: (['ana', 'ben', 'cleo'] as const).map((who) => ({ memberId: ids[who], shares: nights[who] }))
	});

/** What comes every month. */
const monthly = (first: string, nth: number): Spent[] => [
	{ date: first, what: 'Rent, Rua da Bica', amount: rent, who: 'ana', category: 'rent', split: byRoom },
	{
		...{
			date: addDays(first, 4),
			what: 'EDP electricity',
			amount: 6_140 + ((nth * 733) % 2_100),
			who: 'ben'
		},
		...{ category: 'electricity_gas', split: byNights({ ana: 9, ben: 6, cleo: 12 }) }
	},
	{ date: addDays(first, 7), what: 'Internet', amount: 3_499, who: 'cleo', category: 'internet' },
	{
		...{ date: addDays(first, 10), what: 'Pingo Doce', amount: 5_238 + ((nth * 1_291) % 3_700), who: 'ana' },
		category: 'groceries'
	},
	{
		...{ date: addDays(first, 17), what: 'Mercado da Ribeira', amount: 4_117 + ((nth * 877) % 2_900) },
		...{ who: 'ben', category: 'groceries' }
	}
];

/** What came once. `last` is the first of this month. */
const once = (last: string): Spent[] => [
	{
		...{ date: addDays(addMonths(last, -5), 12), what: 'Sofa for the balcony', amount: 24_900, who: 'ana' },
		...{ category: 'furniture', more: { notes: 'Second hand, from the shop on the corner.' } }
	},
	{
		...{ date: addDays(addMonths(last, -4), 20), what: 'Concert tickets', amount: 14_700, who: 'ana' },
		...{ category: 'cinema_events', more: { currency: 'USD' }, split: alike('ana', 'ben') }
	},
	{
		...{ date: addDays(addMonths(last, -3), 8), what: 'Dinner at O Pescador', amount: 11_380, who: 'ben' },
		category: 'restaurants',
		split: ({ ana, ben, cleo }) => ({
			mode: 'items',
			tip: 980,
			tax: 0,
			items: [
				{ name: 'Cataplana for two', amount: 4_600, memberIds: [ana, cleo] },
				{ name: 'Grilled sea bass', amount: 2_450, memberIds: [ben] },
				{ name: 'Vinho verde', amount: 2_250, memberIds: [ana, ben, cleo] },
				{ name: 'Desserts', amount: 1_100, memberIds: [ana, ben] }
			]
		})
	},
	{
		...{ date: addDays(addMonths(last, -2), 3), what: 'Plumber', amount: 13_500, who: 'cleo' },
		...{ category: 'repairs', more: { notes: 'The kitchen tap. Invoice is in the drawer.' } }
	},
	{
		...{
			date: addDays(addMonths(last, -2), 22),
			what: 'Guide books',
			amount: 4_250,
			who: 'ben',
			category: 'books'
		},
		// Paid in dollars, owed in euros at the rate of that day.
		...{
			more: { currency: 'USD', conversion: { currency: 'EUR', rate: '0.9215' } },
			split: alike('ana', 'ben')
		}
	},
	{
		...{ date: addDays(addMonths(last, -1), 14), what: 'Weekend in Sintra', amount: 27_640, who: 'ana' },
		category: 'hotels',
		// Cleo had the room to herself.
		split: ({ ana, ben, cleo }) => ({
			mode: 'adjust',
			members: [
				{ memberId: ana, amount: 0 },
				{ memberId: ben, amount: 0 },
				{ memberId: cleo, amount: 4_500 }
			]
		})
	},
	{
		...{
			date: addDays(addMonths(last, -1), 19),
			what: 'Deposit back from the car',
			amount: -9_000,
			who: 'ben'
		},
		category: 'car_rental'
	}
];

/** Fills the group. Returns its id. */
export async function shareFlat(ana: Remote, ben: Remote, today: string): Promise<string> {
	const { id: groupId, me } = await ana.api.groups.create.mutate({ name: 'Flat', currency: 'EUR' });
	const cleo = await ana.api.members.add.mutate({ groupId, name: 'Cleo' });
	const { code } = await ana.api.invites.create.mutate({ groupId });
	const joined = await ben.api.invites.accept.mutate({ code });
	if (cleo.status !== 'added') throw new Error('Cleo was to be a name');
	const ids: Ids = { ana: me.memberId, ben: joined.memberId, cleo: cleo.memberId };

	const last = `${today.slice(0, 7)}-01`;
	const months = [-5, -4, -3, -2, -1, 0].flatMap((months, nth) => monthly(addMonths(last, months), nth));
	const spent = [...months, ...once(last)]
		.filter(({ date }) => date <= today)
		.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
	const made = new Map<string, string>();
	for (const one of spent) made.set(one.what, await write(one === spent.findLast(isRent) ? again(one) : one));

	async function write({ date, what, amount, who, category, split = all, more }: Spent): Promise<string> {
		const { api } = who === 'ana' ? ana : ben;
		const { id } = await api.expenses.create.mutate({
			...{ groupId, date, description: what, amount, currency: 'EUR', categoryId: category },
			payers: [{ memberId: ids[who], amount }],
			split: split(ids),
			...more
		});
		return id;
	}
	await talk(ana, ben, groupId, ids, made);
	return groupId;
}

const isRent = ({ what }: Spent): boolean => what.startsWith('Rent');
/** From now on the rent comes by itself. */
const again = (one: Spent): Spent => ({ ...one, more: { schedule: { cadence: 'monthly' } } });

/** What they say and settle. */
async function talk(ana: Remote, ben: Remote, groupId: string, ids: Ids, made: Map<string, string>) {
	const idOf = (what: string): string => made.get(what)!;
	const say = ({ api }: Remote, what: string, text: string) =>
		api.expenses.comment.mutate({ id: idOf(what), text });
	await say(ben, 'Plumber', 'It drips again. I will call him on Monday.');
	await say(ana, 'Plumber', 'Thank you. He said it has a guarantee of two years.');
	await say(ana, 'Dinner at O Pescador', 'I had no dessert, did I?');
	await say(ben, 'Dinner at O Pescador', 'You had half of mine.');

	// Ana has read the bill again.
	const sintra = await ana.api.expenses.get.query({ id: idOf('Weekend in Sintra') });
	const { id, version, description, date, currency, payers, split, categoryId } = sintra;
	await ana.api.expenses.update.mutate({
		...{ id, version, description, date, currency, amount: 27_860, split, categoryId },
		payers: payers.map((payer) => ({ ...payer, amount: 27_860 })),
		notes: 'With the tourist tax.'
	});

	// Cleo pays her part of the sofa in cash, and a round sum besides.
	await ana.api.shares.setPaid.mutate({
		expenseId: idOf('Sofa for the balcony'),
		memberId: ids.cleo,
		paid: true
	});
	await ana.api.settlements.create.mutate({
		...{ groupId, from: ids.cleo, to: ids.ana, currency: 'EUR', amount: 60_000, note: 'In cash' }
	});
	// Ben says that he has paid; Ana has yet to say that it has come.
	await ben.api.settlements.create.mutate({
		...{ groupId, from: ids.ben, to: ids.ana, currency: 'EUR', amount: 50_000, note: 'Bank transfer' }
	});
}
