import { attempt } from '#lib/attempt.ts';
import { m } from '#lib/paraglide/messages.js';
import { toasts } from '#lib/toast.svelte.ts';
import { api, type Outputs } from '#lib/trpc.ts';

type Rule = Outputs['rules']['list'][number];

/** Removes a rule at once; the toast puts it back where it was. `reload` loads what the page shows. Browser only. */
export async function removeRule(
	{ id, name, enabled, conditions, actions }: Rule,
	all: readonly Rule[],
	reload: () => unknown
): Promise<void> {
	const { rules } = api();
	const order = all.map((rule) => rule.id);
	if (!(await attempt(() => rules.remove.mutate({ id })))) return;
	await reload();
	const undo = () =>
		attempt(async () => {
			await rules.create.mutate({ id, name, enabled, conditions, actions });
			const now = (await rules.list.query()).map((rule) => rule.id);
			const before = order.slice(0, order.indexOf(id)).findLast((other) => now.includes(other));
			const others = now.filter((other) => other !== id);
			others.splice(before === undefined ? 0 : others.indexOf(before) + 1, 0, id);
			await rules.reorder.mutate({ ids: others });
			await reload();
		});
	toasts.show(m.rules_removed(), { undo });
}
