/** What a person at a page does: picks something that is shown and changes it. */
import { refusalOf, removedOf, type Api, type Client, type Shown } from './client.ts';
import type { Dice } from './dice.ts';
import type { Intent, Ledger } from './ledger.ts';
import { someMoney } from './money.ts';
import type { Operation, Step } from './plan.ts';

type Expense = Shown['expenses'][number];

export type Doing = { client: Client; shown: Shown; step: Step; dice: Dice; ledger: Ledger };

/** The members who are in the group, as far as the page knows. */
const present = ({ group }: Shown): Shown['group']['members'] =>
	group.members.filter(({ removed }) => !removed);
const idsOf = (shown: Shown): string[] => present(shown).map(({ memberId }) => memberId);

/** Asks, and notes that it is done once the server says so. */
async function does<T>({ client, step }: Doing, intent: Intent, send: (api: Api) => Promise<T>): Promise<T> {
	const answer = await client.ask(step.fate, (api) => {
		intent.tries += step.fate === 'twice' ? 2 : 1;
		return send(api);
	});
	intent.done = true;
	return answer;
}

/** One of what is shown, or undefined when there is none. */
const any = <T>(dice: Dice, list: readonly T[]): T | undefined =>
	list.length > 0 ? dice.pick(list) : undefined;

export const operations: Record<Operation, (doing: Doing) => Promise<unknown>> = {
	async create(doing) {
		const { client, shown, step, dice, ledger } = doing;
		await does(doing, ledger.intend('expense_added', step.id), (api) =>
			api.expenses.create.mutate({
				groupId: client.groupId,
				id: step.id,
				description: `Expense ${step.id.slice(0, 4)}`,
				date: someDate(dice),
				...someMoney(dice, idsOf(shown))
			})
		);
	},

	update,

	async remove(doing) {
		const { shown, dice, ledger } = doing;
		const expense = any(dice, shown.expenses);
		if (!expense) return;
		const intent = ledger.intend('expense_removed', expense.id);
		let version = dice.chance(50) ? expense.version : undefined;
		for (;;) {
			try {
				return await does(doing, intent, (api) => api.expenses.remove.mutate({ id: expense.id, version }));
			} catch (error) {
				// The page shows what it is now, and the person still wants it gone.
				version = changedSince(error, ledger).version;
			}
		}
	},

	async restore(doing) {
		const { client, dice, ledger } = doing;
		const expense = any(dice, await removedOf(client));
		if (!expense) return;
		await does(doing, ledger.intend('expense_restored', expense.id), (api) =>
			api.expenses.restore.mutate({ id: expense.id, version: expense.version })
		);
	},

	async comment(doing) {
		const { shown, step, dice, ledger } = doing;
		const expense = any(dice, shown.expenses);
		if (!expense) return;
		const commentId = step.id;
		await does(doing, ledger.intend('expense_commented', expense.id, { commentId }), (api) =>
			api.expenses.comment.mutate({ id: expense.id, commentId, text: `About ${expense.description}` })
		);
	},

	async setPaid(doing) {
		const { shown, dice, ledger } = doing;
		const expense = any(dice, shown.expenses);
		const share = expense && any(dice, expense.shares);
		if (!share) return;
		const paid = dice.chance(90) ? !share.paid : share.paid;
		await does(doing, ledger.intend(paid ? 'share_paid' : 'share_unpaid', expense.id), (api) =>
			api.shares.setPaid.mutate({ expenseId: expense.id, memberId: share.memberId, paid })
		);
	},

	async settle(doing) {
		const { client, shown, step, dice, ledger } = doing;
		const [one = '', other = ''] = dice.some(idsOf(shown), 2);
		const random = { from: one, to: other, currency: 'EUR', amount: dice.number(1, 5_000) };
		const debt = dice.chance(80) ? any(dice, shown.balances.debts) : undefined;
		const { from, to, currency, amount } = debt ?? random;
		// Said also where the other side has just written down the same.
		const again = dice.chance(50);
		const payment = { id: step.id, groupId: client.groupId, from, to, currency, amount, again };
		const intent = ledger.intend(['settlement_marked', 'settlement_confirmed'], step.id);
		await does(doing, intent, (api) => api.settlements.create.mutate(payment));
	},

	async confirm(doing) {
		const settlement = settlementFor(doing);
		if (!settlement) return;
		await does(doing, doing.ledger.intend('settlement_confirmed', settlement), (api) =>
			api.settlements.confirm.mutate({ id: settlement })
		);
	},

	async dispute(doing) {
		const settlement = settlementFor(doing);
		if (!settlement) return;
		await does(doing, doing.ledger.intend('settlement_disputed', settlement), (api) =>
			api.settlements.dispute.mutate({ id: settlement, note: 'It has not come' })
		);
	},

	async takeBack(doing) {
		const settlement = settlementFor(doing);
		if (!settlement) return;
		await does(doing, doing.ledger.intend('settlement_removed', settlement), (api) =>
			api.settlements.remove.mutate({ id: settlement })
		);
	},

	async addName(doing) {
		const { client, step, ledger } = doing;
		await does(doing, ledger.intend('member_added', step.id), (api) =>
			api.members.add.mutate({ groupId: client.groupId, id: step.id, name: `Name ${step.id}` })
		);
	},

	async rename(doing) {
		const { client, shown, step, dice, ledger } = doing;
		const memberId = dice.chance(50) ? shown.group.me.memberId : dice.pick(idsOf(shown));
		await does(doing, ledger.intend('member_renamed', memberId), (api) =>
			api.members.rename.mutate({ groupId: client.groupId, memberId, name: `Name ${step.id}` })
		);
	},

	async makeOwner(doing) {
		const { client, shown, dice, ledger } = doing;
		const memberId = dice.pick(idsOf(shown));
		const transfer = dice.chance(30);
		await does(doing, ledger.intend('owner_changed', memberId), (api) =>
			api.members.setRole.mutate({ groupId: client.groupId, memberId, role: 'owner', transfer })
		);
	},

	async changeGroup(doing) {
		const { client, shown, step, ledger } = doing;
		const simplify = !shown.group.simplify;
		await does(doing, ledger.intend('group_updated', client.groupId), (api) =>
			api.groups.update.mutate({ groupId: client.groupId, name: `Group ${step.id.slice(0, 4)}`, simplify })
		);
	},

	async removeMember(doing) {
		const { client, shown, dice, ledger } = doing;
		const memberId = dice.pick(idsOf(shown));
		await does(doing, ledger.intend('member_removed', memberId), (api) =>
			api.members.remove.mutate({ groupId: client.groupId, memberId })
		);
		if (memberId === shown.group.me.memberId) client.exit();
	},

	async leave(doing) {
		const { client, shown, ledger } = doing;
		const intent = ledger.intend('member_left', shown.group.me.memberId);
		await does(doing, intent, (api) => api.members.leave.mutate({ groupId: client.groupId }));
		client.exit();
	}
};

const someDate = (dice: Dice): string =>
	`2026-${String(dice.number(1, 12)).padStart(2, '0')}-${String(dice.number(1, 28)).padStart(2, '0')}`;

/** One that is for whoever asks to answer, mostly. */
function settlementFor({ shown, dice }: Doing): string | undefined {
	const mine = shown.settlements.filter(({ to }) => to === shown.group.me.memberId);
	return any(dice, dice.chance(80) ? mine : shown.settlements)?.id;
}

/** The row as it is now, when somebody else has changed it; any other refusal is thrown on. */
function changedSince(error: unknown, ledger: Ledger): Expense {
	const refusal = refusalOf(error);
	if (refusal?.reason !== 'expense_changed') throw error;
	ledger.conflicts++;
	return refusal.current as Expense;
}

type Changes = Partial<ReturnType<typeof fieldsOf>>;

/** Changes an expense, from the version that is shown; in a conflict, puts the same change onto what it is now. */
async function update(doing: Doing): Promise<void> {
	const { shown, step, dice, ledger } = doing;
	let from = any(dice, shown.expenses);
	if (!from) return;
	const mark = step.id.slice(0, 8);
	const intent = ledger.intend('expense_updated', from.id, { mark });
	const changes = someChanges(dice, shown);
	for (;;) {
		const { id, version, notes } = from;
		const merged = { ...fieldsOf(from), ...changes, notes: `${notes} ${mark}`.trim() };
		try {
			await does(doing, intent, (api) => api.expenses.update.mutate({ id, version, ...merged }));
			return;
		} catch (error) {
			from = changedSince(error, ledger);
			// It was this very change that got there, and only the answer was lost.
			if (from.notes.includes(mark)) {
				intent.done = true;
				return;
			}
		}
	}
}

const fieldsOf = (expense: Expense) => ({
	description: expense.description,
	date: expense.date,
	currency: expense.currency,
	amount: expense.amount,
	payers: expense.payers,
	split: expense.split as ReturnType<typeof someMoney>['split'],
	conversion: expense.conversion,
	categoryId: expense.categoryId,
	notes: expense.notes
});

function someChanges(dice: Dice, shown: Shown): Changes {
	switch (dice.weighted({ money: 5, description: 2, date: 1, category: 1, notes: 1 })) {
		case 'money':
			return someMoney(dice, idsOf(shown));
		case 'description':
			return { description: `Better ${dice.number(1, 999)}` };
		case 'date':
			return { date: someDate(dice) };
		case 'category':
			return { categoryId: dice.pick(['groceries', null]) };
		case 'notes':
			return {};
	}
}
