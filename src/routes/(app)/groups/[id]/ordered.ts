import { currencyFirst } from '#lib/groups/totals.ts';
import type { Outputs } from '#lib/trpc.ts';
import { isMe, type Group } from './names.ts';

type Balances = Outputs['groups']['balances'];

/** The same balances with the group's own currency first, and the reader's own debts before those of others. */
export function ordered(group: Group, { members, debts, revision }: Balances): Balances {
	const isMine = ({ from, to }: Balances['debts'][number]) => isMe(group, from) || isMe(group, to);
	const mineFirst = [...debts.filter(isMine), ...debts.filter((debt) => !isMine(debt))];
	return {
		revision,
		members: members.map((member) => ({
			...member,
			balances: currencyFirst(group.currency, member.balances)
		})),
		debts: currencyFirst(group.currency, mineFirst)
	};
}
