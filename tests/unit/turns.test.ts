import { expect, test } from 'vitest';
import { Turns } from '#server/exports/turns.ts';

/** Whoever has begun, in that order; each leaves when told. */
function watch(turns: Turns) {
	const begun: string[] = [];
	const leaving = new Map<string, () => void>();
	const come = (name: string, who?: string) =>
		void turns.take(who).then((leave) => {
			begun.push(name);
			leaving.set(name, leave);
		});
	const leave = (name: string) => leaving.get(name)!();
	const settled = () => new Promise((resolve) => setImmediate(resolve));
	return { begun, come, leave, settled };
}

test('no more than the limit at once, and those who wait begin in the order they came', async () => {
	const { begun, come, leave, settled } = watch(new Turns(2, 2));
	for (const name of ['a', 'b', 'c', 'd']) come(name, name);
	await settled();
	expect(begun).toEqual(['a', 'b']);
	leave('b');
	await settled();
	expect(begun).toEqual(['a', 'b', 'c']);
	leave('a');
	leave('c');
	await settled();
	expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('whoever has had their share waits for a turn of their own, and holds up nobody', async () => {
	const { begun, come, leave, settled } = watch(new Turns(4, 2));
	for (const name of ['ana 1', 'ana 2', 'ana 3']) come(name, 'ana');
	come('ben', 'ben');
	come('nobody');
	await settled();
	expect(begun).toEqual(['ana 1', 'ana 2', 'ben', 'nobody']);
	leave('ben');
	await settled();
	expect(begun).toHaveLength(4);
	leave('ana 1');
	await settled();
	expect(begun.at(-1)).toBe('ana 3');
});
