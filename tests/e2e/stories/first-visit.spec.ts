/** From an empty Quits to sorted transactions, the way a new person goes. */
import { germanStatement, household } from '../support/statements.ts';
import { expect, password, test } from '../support/test.ts';
import {
	claim,
	correct,
	dropStatements,
	expectResult,
	goTo,
	open,
	signUp,
	startImport,
	toast,
	transaction
} from '../support/verbs.ts';

test('a first visit ends with sorted transactions and recurring payments', async ({ page, untouched }) => {
	await open(page, untouched.url);
	await expect(page.getByRole('heading', { name: 'Welcome to Quits' })).toBeVisible();
	await signUp(page, { name: 'Ana', email: 'ana@example.org', password });

	await expect(page.getByRole('heading', { name: 'Drop in a bank statement' })).toBeVisible();
	await page.getByRole('link', { name: 'Import a statement' }).click();
	await expect(page.getByText('Your first import takes a minute')).toBeVisible();

	const bookings = household();
	await dropStatements(page, germanStatement(bookings));
	await expect(page.getByText(`${bookings.length} transactions, `)).toBeVisible();
	await expect(claim(page, 'Order of dates')).toHaveText('Dates are day, month, year');
	await expect(claim(page, 'Decimal mark')).toHaveText('Decimals after a comma');
	await expect(claim(page, 'Currency')).toContainText('EUR');

	// What is wrong is corrected, and the preview follows.
	const rent = page.getByRole('listitem').filter({ hasText: 'REWE Markt' }).first();
	await expect(rent).toContainText('−€');
	await correct(page, 'Money out', 'Amounts without a minus went out');
	await expect(rent).toContainText('+€');
	await correct(page, 'Money out', 'Amounts with a minus went out');
	await expect(rent).toContainText('−€');

	await startImport(page);
	await expectResult(page, { imported: bookings.length });
	await expect(page.getByRole('link', { name: /Notifications.*1 unread/ }).first()).toBeVisible();

	await page.getByRole('link', { name: 'See the transactions' }).click();
	const groceries = transaction(page, 'REWE').first();
	await expect(groceries).toContainText('Groceries');
	await expect(groceries.getByRole('button', { name: /Groceries/ })).toHaveAccessibleName(
		/sure|likely|a guess/
	);

	await goTo(page, 'Notifications');
	await expect(page.getByText('“umsaetze_giro.csv” is imported')).toBeVisible();

	await goTo(page, 'Recurring');
	for (const merchant of [/Netflix/, /McFit/, /Miete|Linden/, /Nordlicht/]) {
		await expect(page.getByRole('article').filter({ hasText: merchant }).first()).toBeVisible();
	}

	await goTo(page, 'Home');
	await expect(page.getByText('Latest imports')).toBeVisible();
	await expect(toast(page, 'went wrong')).toBeHidden();
});
