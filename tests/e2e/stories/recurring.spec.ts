/** What comes back: confirmed, dismissed, expected. */
import { addMonths } from '#lib/dates.ts';
import { germanStatement, household, today } from '../support/statements.ts';
import { expect, test } from '../support/test.ts';
import { open, toast } from '../support/verbs.ts';

test('recurring payments are confirmed and dismissed, and it can be taken back', async ({ meet }) => {
	const { page, importStatement } = await meet('Ana');
	await importStatement(germanStatement(household()));
	await open(page, '/recurring');
	const series = (name: RegExp) => page.getByRole('article').filter({ hasText: name });
	const confirmed = page.getByRole('region', { name: 'Confirmed by you' });

	await series(/Netflix/)
		.getByRole('button', { name: 'Yes' })
		.click();
	await expect(toast(page, /Netflix.* is recurring/)).toBeVisible();
	await expect(series(/Netflix/).getByRole('button', { name: 'Yes' })).toBeHidden();
	await expect(page.getByRole('heading', { name: 'Confirmed by you' })).toBeVisible();

	await series(/McFit/).getByRole('button', { name: 'Not recurring' }).click();
	await expect(toast(page, /McFit.* is not recurring/)).toBeVisible();
	await expect(series(/McFit/)).toBeHidden();
	await page.getByRole('button', { name: 'Undo' }).last().click();
	await expect(series(/McFit/)).toBeVisible();

	await page.reload();
	await expect(series(/Netflix/).getByRole('button', { name: 'Yes' })).toBeHidden();
	await expect(confirmed.or(page.getByRole('heading', { name: 'Confirmed by you' })).first()).toBeVisible();
});

test('the calendar shows what is due, this month and later ones', async ({ meet }) => {
	const { page, importStatement } = await meet('Ben');
	await importStatement(germanStatement(household()));
	await open(page, '/recurring');
	const calendar = page.getByRole('table');
	const later = addMonths(`${today.slice(0, 7)}-01`, 1);
	await page.getByRole('button', { name: 'Next month' }).click();
	await expect(page).toHaveURL(new RegExp(`month=${later.slice(0, 7)}`));
	await expect(calendar.getByRole('cell', { name: /Netflix/ })).toHaveCount(1);
	await page.reload();
	await expect(calendar.getByRole('cell', { name: /Netflix/ })).toHaveCount(1);

	await calendar.getByRole('link', { name: /Netflix/ }).click();
	await expect(page.getByRole('article').filter({ hasText: 'Netflix' })).toBeInViewport();
});
