/** Which rule decides what of a transaction. Pure: the same in the import, for what is there already, and in the browser. */
import { toDay, weekdayOf } from '#lib/dates.ts';
import { merchantOf } from '#lib/merchant.ts';
import { searchText } from '#lib/search.ts';
import { isLike } from './like.ts';
import { isGroup } from './conditions.ts';
import type { Actions, Condition, Conditions, Rule, TextTest } from './rule.ts';

/** What conditions look at. Texts are as `searchText` makes them. */
export type Subject = {
	text: string;
	/** The merchant as it was read from the text, and as it is called now. */
	merchants: readonly string[];
	/** Minor units, outflow negative. */
	amount: number;
	currency: string;
	accountId: string;
	/** YYYY-MM-DD. */
	date: string;
};

/** What of a transaction a rule decides, and which one. The first in order that fits decides, for each kind of action. */
export type Outcome = { [Kind in keyof Actions]?: { value: NonNullable<Actions[Kind]>; ruleId: string } };

type Test = (subject: Subject) => boolean;
type Booking = Omit<Subject, 'text' | 'merchants'> & { description: string; merchant: string };

export function subjectOf({ description, merchant, ...rest }: Booking): Subject {
	const names = new Set([searchText(merchantOf(description)), searchText(merchant)]);
	return { ...rest, text: searchText(description), merchants: [...names] };
}

/** Rules in their order, made ready to be tried on many transactions. */
export function prepare(rules: readonly Rule[]): (subject: Subject) => Outcome {
	const prepared = rules.map(({ id, conditions, actions }) => ({
		fits: testOf(conditions),
		decides: Object.entries(actions).flatMap(([kind, value]) =>
			value === undefined ? [] : [[kind, { value, ruleId: id }] as const]
		)
	}));
	return (subject) => {
		const outcome: Record<string, unknown> = {};
		for (const { fits, decides } of prepared) {
			const open = decides.filter(([kind]) => !(kind in outcome));
			if (open.length > 0 && fits(subject)) for (const [kind, decided] of open) outcome[kind] = decided;
		}
		return outcome as Outcome;
	};
}

/** Whether a rule's conditions fit, on their own. */
export const fits = (conditions: Conditions, subject: Subject): boolean => testOf(conditions)(subject);

function testOf(node: Condition | Conditions): Test {
	if (isGroup(node)) {
		const tests = node.of.map(testOf);
		if (node.kind === 'all') return (subject) => tests.every((test) => test(subject));
		return (subject) => tests.some((test) => test(subject));
	}
	switch (node.kind) {
		case 'text': {
			const test = textTest(node.test, node.value);
			return ({ text }) => test(text);
		}
		case 'merchant': {
			const test = textTest(node.test, node.value);
			return ({ merchants }) => merchants.some(test);
		}
		case 'amount': {
			const { currency, min = 0, max = Infinity } = node;
			return (subject) => {
				const size = Math.abs(subject.amount);
				return subject.currency === currency && size >= min && size <= max;
			};
		}
		case 'money':
			return node.is === 'in' ? ({ amount }) => amount > 0 : ({ amount }) => amount < 0;
		case 'account': {
			const ids = new Set(node.accountIds);
			return ({ accountId }) => ids.has(accountId);
		}
		case 'date': {
			const { from = '', to = '9999-12-31' } = node;
			return ({ date }) => date >= from && date <= to;
		}
		case 'day': {
			const { from, to } = node;
			return ({ date }) => {
				const day = Number(date.slice(8));
				return from <= to ? day >= from && day <= to : day >= from || day <= to;
			};
		}
		case 'weekday':
			return ({ date }) => node.days.includes(weekdayOf(toDay(date)));
	}
}

function textTest(test: TextTest, value: string): (text: string) => boolean {
	const wanted = searchText(value);
	switch (test) {
		case 'contains':
			return (text) => text.includes(wanted);
		case 'starts':
			return (text) => text.startsWith(wanted);
		case 'is':
			return (text) => text === wanted;
		case 'like':
			return (text) => isLike(text, wanted);
	}
}
