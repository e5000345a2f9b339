/** What may be spent: Ana's budgets, and one of the flat that the next expense bursts. */
import { categories, type CategoryGroup, type CategoryKey } from '#lib/categories.ts';
import type { Remote } from '../support/remote.ts';

type NewBudget = Parameters<Remote['api']['budgets']['create']['mutate']>[0];

const allOf = (group: CategoryGroup): CategoryKey[] =>
	categories.filter((one) => one.group === group).map(({ key }) => key);

/** Where no amount is named, it is what Quits suggests. */
type Wish = Omit<NewBudget, 'amount' | 'currency'> & { amount?: number };

const anas: Wish[] = [
	{
		name: 'Groceries and eating out',
		categoryIds: ['groceries', 'bakery', 'restaurants', 'coffee', 'fast_food', 'delivery'],
		period: 'monthly',
		ownShare: true
	},
	{ name: 'Getting around', categoryIds: allOf('transportation'), period: 'monthly', amount: 9_000 },
	{
		name: 'Fun',
		categoryIds: [...allOf('entertainment'), 'alcohol_bars'],
		period: 'monthly',
		amount: 8_000,
		rollOver: true
	},
	{ name: 'Coffee to go', categoryIds: ['coffee', 'bakery'], period: 'weekly', amount: 1_800 }
];
/** Of a new account there may be too little to go by. */
const otherwise = 50_000;

/** What the expense costs that bursts the budget of the flat. */
const last = { amount: '64.90', description: 'Dinner for six', category: 'restaurants' };

/** Makes them. Returns the path of the form that has the expense in it which bursts the flat's budget. */
export async function setBudgets({ api }: Remote, flatId: string): Promise<string> {
	const currency = 'EUR';
	for (const { amount, ...wish } of anas) {
		const { name: _, ...asked } = wish;
		const suggested = amount ?? (await api.budgets.suggest.query({ ...asked, currency })).amount;
		await api.budgets.create.mutate({ ...wish, currency, amount: suggested ?? otherwise });
	}
	await aboutToBurst({ api }, flatId, currency);
	return `/groups/${flatId}/add?${new URLSearchParams(last)}`;
}

/** With some 40 euros left of what the flat has spent by today. */
async function aboutToBurst({ api }: Pick<Remote, 'api'>, groupId: string, currency: string): Promise<void> {
	const plenty = 100_000_000;
	const flat = {
		name: 'The flat, everything',
		groupId,
		currency,
		amount: plenty,
		period: 'monthly' as const
	};
	const { id, version } = await api.budgets.create.mutate(flat);
	const { spent } = await api.budgets.status.query({ id });
	await api.budgets.update.mutate({ id, version, amount: Math.ceil((spent + 3_500) / 1_000) * 1_000 });
}
