import type { CategoryName } from './document.ts';

/** What is spent by category, gathered by what categories count in; the most first, and what comes to nothing left out. */
export function byArea(
	list: readonly { id: string | null; spent: number }[],
	categories: Readonly<Record<string, CategoryName>>
): { name: string; spent: number }[] {
	const areas = new Map<string, number>();
	for (const { id, spent } of list) {
		const { name = '', parent = '', group } = categories[id ?? ''] ?? {};
		// A refund counts against spending: "Income" beside a bar of spending would say something else.
		const area = group === 'income' ? name : parent || name;
		areas.set(area, (areas.get(area) ?? 0) + spent);
	}
	return [...areas]
		.filter(([, spent]) => spent !== 0)
		.map(([name, spent]) => ({ name, spent }))
		.sort((one, other) => other.spent - one.spent);
}
