import { api } from '#lib/trpc.ts';
import type { PageLoad } from './$types';
import { filterIn } from './filter.ts';

export const load: PageLoad = async ({ fetch, depends, url }) => {
	depends('quits:transactions');
	const { transactions, accounts, uploads, recurring, review } = api(fetch);
	const filter = filterIn(url.searchParams);
	const { uploadId, recurringId } = filter;
	const [first, own, upload, series, { waiting }] = await Promise.all([
		transactions.list.query({ ...filter, limit: 100 }),
		accounts.list.query(),
		uploadId ? uploads.get.query({ id: uploadId }).catch(() => null) : null,
		recurringId ? recurring.list.query() : null,
		review.count.query()
	]);
	return {
		filter,
		first,
		/** How many categories are guesses to look at. */
		waiting,
		accounts: own,
		/** Names of what the filter points at. */
		uploadName: upload?.filename,
		merchantName: filter.merchantKey && (first.items[0]?.merchant ?? filter.merchantKey),
		recurringName: series?.find(({ id }) => id === recurringId)?.merchant
	};
};
