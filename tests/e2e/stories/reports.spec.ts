/** Reports: where the money went, down to the transactions and back. */
import { pdfPages } from '../../support/export-readers.ts';
import { statement } from '../../support/statement.ts';
import { germanStatement, household, today } from '../support/statements.ts';
import { expect, test } from '../support/test.ts';
import { goTo, open } from '../support/verbs.ts';

test('a report opens from the answer down to the transactions, leads back, and is a table too', async ({
	meet
}) => {
	const ana = await meet('Ana');
	const { page } = ana;
	await ana.importStatement(germanStatement(household()));
	await open(page, '/');
	await goTo(page, 'Reports');
	await page.getByLabel('Period').selectOption('All');
	await expect(page.getByText(/^You spent €[\d,.]+ from/)).toBeVisible();
	await expect(page).toHaveURL(/period=all/);

	// Down: a group, a category, a merchant, its transactions.
	const answer = page.getByText(/^You spent/);
	const everything = await answer.textContent();
	await page.getByRole('link', { name: /^Food & drink: / }).click();
	await expect(page.getByRole('navigation', { name: 'Where you are in the report' })).toContainText(
		'Food & drink'
	);
	await page.getByRole('link', { name: /^Groceries: / }).click();
	const merchant = page.getByRole('link', { name: /^Rewe.*: €/i }).first();
	await merchant.click();
	await expect(page).toHaveURL(/\/transactions\?.*merchantKey=.*&currency=EUR&direction=out/);
	await expect(page.getByRole('list', { name: 'Filters that are set' })).toContainText(
		/Groceries.*EUR.*Only what was spent/
	);

	// And back, step by step.
	await page.goBack();
	await expect(merchant).toBeVisible();
	await page.goBack();
	await page.goBack();
	await expect(answer).toHaveText(everything ?? '');

	// The same as a table, with the number of transactions.
	await page.getByRole('button', { name: 'Show as table' }).click();
	await expect(page.getByRole('columnheader', { name: 'Transactions' })).toBeVisible();
	await expect(page.getByRole('row', { name: /^Food & drink/ })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Show as chart' })).toBeVisible();

	await page.getByRole('navigation', { name: 'Reports' }).getByRole('link', { name: 'Cash flow' }).click();
	await expect(page.getByText(/of what came in|more than came in/).first()).toBeVisible();
});

test('a long report is printed over pages, its chart and its table, without the frame around it', async ({
	meet
}) => {
	const { page, importStatement } = await meet('Ana');
	const shops = Array.from(
		{ length: 30 },
		(_, n) => `${today},Kiosk ${String.fromCharCode(65 + (n % 26))}${n} Station,-${n + 5}.00`
	);
	await importStatement(statement(shops));
	await open(page, '/reports?period=all&by=merchant');
	await expect(page.getByRole('heading', { name: 'Merchant' })).toBeVisible();
	const pages = (await pdfPages(await page.pdf({ format: 'A4' }))).pages.map(({ texts }) => texts.join(' '));
	expect(pages.length).toBeGreaterThan(1);
	expect(pages[0]).toMatch(/You spent .* Merchant .*Kiosk/);
	expect(pages.at(-1)).toMatch(/Kiosk/);
	expect(pages.join(' ')).toMatch(/Amount .*Transactions/);
	expect(pages.join(' ')).not.toContain('Notifications');
});
