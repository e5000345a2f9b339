import type { CategoryName } from './document.ts';

/** What a category counts in. Given back is not earned: "Income" beside what was spent would say something else. */
export function areaText(id: string | null, categories: Readonly<Record<string, CategoryName>>): string {
	const { name = '', parent = '' } = categories[id ?? ''] ?? {};
	return id === 'refund' ? name : parent;
}

/** What is spent by category, gathered by what categories count in; the most first, and what comes to nothing left out. */
export function byArea(
	list: readonly { id: string | null; spent: number }[],
	categories: Readonly<Record<string, CategoryName>>
): { name: string; spent: number }[] {
	const areas = new Map<string, number>();
	for (const { id, spent } of list) {
		const area = areaText(id, categories) || (categories[id ?? '']?.name ?? '');
		areas.set(area, (areas.get(area) ?? 0) + spent);
	}
	return [...areas]
		.filter(([, spent]) => spent !== 0)
		.map(([name, spent]) => ({ name, spent }))
		.sort((one, other) => other.spent - one.spent);
}
