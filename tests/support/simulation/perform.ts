/** One step of one client, whatever comes of it. */
import { refusalOf, type Client } from './client.ts';
import { diceOf } from './dice.ts';
import type { Ledger } from './ledger.ts';
import { operations } from './operations.ts';
import type { Operation, Step } from './plan.ts';

/** Why the server may say no to what a page offers: others have been faster, or it is not this person's to say. */
const mayBe: Record<Operation, readonly string[]> = {
	create: ['member_removed', 'bad_rate'],
	update: ['member_removed', 'bad_rate', 'expense_removed'],
	comment: [],
	setPaid: ['share_of_others'],
	settle: ['settlement_of_others', 'settlement_exists'],
	confirm: ['settlement_payee_only'],
	dispute: ['settlement_payee_only'],
	takeBack: ['settlement_of_others'],
	remove: [],
	restore: ['expense_removed'],
	addName: [],
	rename: ['owner_only'],
	makeOwner: ['owner_only', 'no_account'],
	changeGroup: ['owner_only'],
	removeMember: ['owner_only', 'last_owner'],
	leave: ['last_owner']
};

/** Does a step. Rejects when the server says no for a reason that it cannot have. */
export async function perform(
	client: Client,
	step: Step,
	ledger: Ledger,
	others: readonly Client[]
): Promise<void> {
	const dice = diceOf(step.seed);
	const { shown, person } = client;
	const tell = (end: string): void =>
		void ledger.story.push(`${person.name} ${shown ? step.operation : 'outside'} (${step.fate}): ${end}`);
	try {
		if (shown) await operations[step.operation]({ client, shown, step, dice, ledger });
		else await outside(client, step, ledger, others);
		tell('ok');
	} catch (error) {
		const refusal = refusalOf(error);
		if (refusal === null) throw error;
		tell(refusal.reason);
		ledger.refused++;
		const known = shown ? mayBe[step.operation] : ['invite_invalid'];
		// What is gone is gone; whether that is the group, loading tells.
		if (![...known, 'not_found'].includes(refusal.reason)) {
			const about = `${person.name} was refused (${step.operation}): ${JSON.stringify(refusal)}`;
			throw new Error(about, { cause: error });
		}
		if (shown) await client.reload();
		else await client.enter();
	}
}

/** What somebody does who is not in the group: tries all the same, and comes back by a link that a member gives them. */
async function outside(
	client: Client,
	{ id, seed, fate }: Step,
	ledger: Ledger,
	others: readonly Client[]
): Promise<void> {
	await findNothing(client);
	const dice = diceOf(seed);
	const members = others.filter(({ shown }) => shown !== null);
	if (members.length === 0 || dice.chance(30)) return;
	const host = dice.pick(members);
	const { groupId } = client;
	const invite = ledger.intend('invite_created', id);
	const { code } = await host.ask('fine', (api) => api.invites.create.mutate({ groupId, id }));
	invite.done = true;
	const coming = ledger.intend('member_joined', client.person.memberId);
	await client.ask(fate, (api) => api.invites.accept.mutate({ code }));
	coming.done = true;
	await client.enter();
}

/** Asks for everything of a group that one is not in. Rejects when anything comes back. */
export async function findNothing({ ask, groupId, person }: Client): Promise<void> {
	const tries: Parameters<Client['ask']>[1][] = [
		(api) => api.groups.get.query({ groupId }),
		(api) => api.groups.balances.query({ groupId }),
		(api) => api.groups.activity.query({ groupId }),
		(api) => api.expenses.list.query({ groupId }),
		(api) => api.settlements.list.query({ groupId }),
		(api) => api.members.add.mutate({ groupId, name: 'Nobody' })
	];
	await Promise.all(
		tries.map(async (send, at) => {
			const answer = await ask('fine', send).catch((error: unknown) => refusalOf(error)?.code);
			if (answer !== 'NOT_FOUND')
				throw new Error(`${person.name} is outside, and got an answer to try ${at}`);
		})
	);
}
