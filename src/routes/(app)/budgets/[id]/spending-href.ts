import { filterQuery } from '../../transactions/filter.ts';

type Budget = { groupId: string | null; categoryIds: readonly string[] };
type Period = { periodStart: string; periodEnd: string };

/** The page that lists what a budget counts in a period; of a group's, the page of its expenses. */
export function spendingHref({ groupId, categoryIds }: Budget, { periodStart, periodEnd }: Period): string {
	if (groupId !== null) return `/groups/${groupId}`;
	return `/transactions${filterQuery({ from: periodStart, to: periodEnd, categoryId: categoryIds.join(',') })}`;
}
