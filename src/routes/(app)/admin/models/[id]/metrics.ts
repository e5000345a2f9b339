/** What is made of a version's figures to show them. */
import { categoryGroups, groupOf } from '#lib/categories.ts';
import type { Outputs } from '#lib/trpc.ts';

export type Metrics = Outputs['models']['evaluate'];

const mostMistakes = 12;

export type Mistake = { from: string; to: string; count: number };

/** The mistakes made most often, among categories. */
export function mistakesOf({ labels, counts }: Metrics['confusion']): Mistake[] {
	return counts
		.flatMap((row, i) =>
			row.map((count, j) => ({ from: labels[i]!, to: labels[j]!, count: i === j ? 0 : count }))
		)
		.filter(({ count }) => count > 0)
		.sort((one, other) => other.count - one.count)
		.slice(0, mostMistakes);
}

/** Rows by true group and the group that was said, for the groups that occur. */
export function groupConfusion({ labels, counts }: Metrics['confusion']): {
	groups: string[];
	counts: number[][];
} {
	const all = categoryGroups.map(() => categoryGroups.map(() => 0));
	const groupIndex = (label: string) => categoryGroups.findIndex((group) => group === groupOf(label));
	counts.forEach((row, i) =>
		row.forEach((count, j) => {
			const [from, to] = [groupIndex(labels[i]!), groupIndex(labels[j]!)];
			if (from >= 0 && to >= 0) all[from]![to]! += count;
		})
	);
	const used = categoryGroups.map((_, i) => i).filter((i) => all.some((row, j) => row[i]! + all[i]![j]! > 0));
	return {
		groups: used.map((i) => categoryGroups[i]!),
		counts: used.map((i) => used.map((j) => all[i]![j]!))
	};
}
