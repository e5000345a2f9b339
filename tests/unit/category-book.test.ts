/** What one person can use: the built-in categories and their own, by group. */
import { expect, test } from 'vitest';
import { isIncome, isSpending } from '#lib/budgets/spending.ts';
import { categories } from '#lib/categories.ts';
import { builtIn, CategoryBook } from '#lib/category-book.ts';
import { chipsOf, chipText, keysOf } from '#lib/category-chips.ts';

const book = new CategoryBook([
	{ id: 'kites', name: 'Kites', group: 'travel' },
	{ id: 'pool', name: 'Common purse', group: 'transfers' }
]);
const travel = ['flights', 'hotels', 'car_rental', 'trains', 'holiday'];

test('own ones stand behind the built-in ones of their group, and are known by their own name', () => {
	expect(book.idsOf('travel')).toEqual([...travel, 'kites']);
	expect(builtIn.idsOf('travel')).toEqual(travel);
	expect(book.all()).toHaveLength(categories.length + 2);
	expect([book.groupOf('kites'), book.groupOf('flights'), book.groupOf('gone')]).toEqual([
		...['travel', 'travel', undefined]
	]);
	const names = ['kites', 'flights', 'gone', null].map((id) => book.nameOf(id, { locale: 'de' }));
	expect(names).toEqual(['Kites', 'Flüge', 'Noch keine Kategorie', 'Noch keine Kategorie']);
	expect(['kites', 'flights'].map((id) => book.isOwn(id))).toEqual([true, false]);
});

test('a group is whole with the own ones in it, and of what people share without', () => {
	const chips = (ids: string[], of = book) =>
		chipsOf(ids, of).map(({ category, group }) => category ?? group);
	expect(chips([...travel, 'kites'])).toEqual(['travel']);
	expect(chips(travel)).toEqual(travel);
	expect(chips(travel, builtIn)).toEqual(['travel']);
	expect(chips(['kites', 'coffee'])).toEqual(['coffee', 'kites']);
	expect(chipsOf(travel, builtIn).map(chipText)).toEqual(['Travel']);
	expect(keysOf('travel', book)).toEqual([...travel, 'kites']);
});

test('it counts as its group does', () => {
	const counts = (categoryId: string, ids: string[] = []) =>
		isSpending({ categoryId, group: book.groupOf(categoryId) ?? null, amount: -100n }, ids);
	expect([counts('kites'), counts('pool'), counts('flights')]).toEqual([true, false, true]);
	expect([counts('pool', ['pool']), counts('kites', ['pool'])]).toEqual([true, false]);
	expect([isIncome('mine', 'income'), isIncome('refund', 'income'), isIncome('kites', 'travel')]).toEqual([
		...[true, false, false]
	]);
});
