import { goto } from '$app/navigation';
import { formatPercent } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ServerEventPayload } from '#lib/realtime/events.ts';
import { toasts } from '#lib/toast.svelte.ts';
import { api } from '#lib/trpc.ts';

/** Says on whatever page is open that a budget has reached a threshold. Browser only. */
export async function showAlert({
	alertId,
	budgetId,
	percent
}: ServerEventPayload<'alert:raised'>): Promise<void> {
	// It stays under the notifications, so a name that cannot be had is no reason to trouble anybody.
	const found = await api()
		.alerts.list.query({ limit: 10 })
		.catch(() => null);
	const name = found?.items.find(({ id }) => id === alertId)?.budgetName;
	if (name === undefined) return;
	const said = { name, percent: formatPercent(percent / 100) };
	const hasBurst = percent >= 100;
	toasts.show(hasBurst ? m.budgets_toast_burst(said) : m.budgets_toast(said), {
		...(hasBurst && { tone: 'bad' }),
		action: { label: m.budgets_toast_open(), run: () => goto(`/budgets/${budgetId}`) }
	});
}
