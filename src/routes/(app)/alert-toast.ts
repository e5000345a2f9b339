import { goto } from '$app/navigation';
import { percentText, wasUsedUp } from '#lib/budgets/used.ts';
import { formatAmount } from '#lib/i18n.ts';
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
	const alert = found?.items.find(({ id }) => id === alertId);
	if (!alert) return;
	const { budgetName: name, spent, amount, currency } = alert;
	const said = { name, percent: percentText(percent), spent: formatAmount(spent, currency) };
	const hasBurst = percent >= 100;
	const words = wasUsedUp({ limit: amount })
		? m.budgets_toast_used_up(said)
		: hasBurst
			? m.budgets_toast_burst(said)
			: m.budgets_toast(said);
	toasts.show(words, {
		...(hasBurst && { tone: 'bad' }),
		action: { label: m.budgets_toast_open(), run: () => goto(`/budgets/${budgetId}`) }
	});
}
