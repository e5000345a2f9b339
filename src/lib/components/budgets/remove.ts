import { attempt } from '#lib/attempt.ts';
import { m } from '#lib/paraglide/messages.js';
import { toasts } from '#lib/toast.svelte.ts';
import { api } from '#lib/trpc.ts';

/** Removes a budget at once; the toast takes it back. `reload` loads what the page shows. Browser only. */
export async function removeBudget(
	{ id, name }: { id: string; name: string },
	reload: () => unknown
): Promise<void> {
	const { budgets } = api();
	if (!(await attempt(() => budgets.remove.mutate({ id })))) return;
	await reload();
	const undo = () =>
		attempt(async () => {
			await budgets.restore.mutate({ id });
			await reload();
			toasts.show(m.budgets_restored({ name }));
		});
	toasts.show(m.budgets_removed({ name }), { undo });
}
