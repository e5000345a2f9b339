import { formatAgo, formatBytes, formatNumber } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Export } from './live-exports.svelte.ts';

/** What is in it: "Transactions, filtered". */
export function whatText({ file, query }: Export): string {
	const [noun = ''] = file.split(/[/.]/);
	const names: Record<string, () => string> = {
		transactions: m.exports_transactions,
		budgets: m.exports_budgets,
		groups: m.exports_what_group
	};
	const what = (names[noun] ?? m.exports_what_other)();
	return noun === 'transactions' && query !== '' ? m.exports_what_filtered({ what }) : what;
}

/** How far it is while it is being written: the value of its bar (null: nothing to count), and the same in words. */
export function progressOf({ status, rowsDone, rowsTotal, size }: Export): {
	value: number | null;
	text: string;
} {
	if (status === 'queued') return { value: null, text: m.exports_status_queued() };
	if (rowsTotal === null) return { value: null, text: m.exports_status_writing({ size: formatBytes(size) }) };
	const total = formatNumber(rowsTotal);
	if (rowsDone >= rowsTotal) return { value: null, text: m.exports_status_finishing({ total }) };
	return { value: rowsDone, text: m.exports_status_rows({ done: formatNumber(rowsDone), total }) };
}

/** How it has ended. */
export function endText({ status, error, size, expiresAt }: Export, now: number): string {
	if (status === 'failed') return error ?? '';
	if (status === 'cancelled') return m.exports_status_cancelled();
	return m.exports_expires({ size: formatBytes(size), when: expiresAt ? formatAgo(expiresAt, now) : '' });
}
