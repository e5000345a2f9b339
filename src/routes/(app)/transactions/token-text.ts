import { formatNumber } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';

/** A feature of the categoriser (models/features.ts) as people read it: a word as it is, the rest in words. */
export function tokenText(token: string): string {
	if (token === 'prior') return m.transactions_token_prior();
	if (token === 'in') return m.transactions_token_in();
	if (token === 'out') return m.transactions_token_out();
	const band = /^(?:in|out) (\d+)$/.exec(token);
	if (band) {
		const least = Number(band[1]);
		return least === 0
			? m.transactions_token_small()
			: m.transactions_token_from({ amount: formatNumber(least) });
	}
	return token;
}
