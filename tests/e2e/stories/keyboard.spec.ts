/** Everything that matters, without a mouse. */
import { germanStatement, household } from '../support/statements.ts';
import { expect, test } from '../support/test.ts';
import { claim, expectResult, open, transaction } from '../support/verbs.ts';

test('a statement is imported and sorted with the keyboard alone', async ({ meet }) => {
	const { page } = await meet('Ana');
	const { keyboard } = page;
	const bookings = household();
	/** Tab until it has the focus, as a person would. */
	const tabTo = async (name: string | RegExp) => {
		const wanted = page.getByRole('button', { name });
		await expect(wanted).toBeEnabled();
		for (let steps = 0; steps < 60; steps++) {
			if (await wanted.evaluate((button) => button === document.activeElement)) return;
			await keyboard.press('Tab');
		}
		throw new Error(`${name} cannot be reached with Tab`);
	};

	await open(page, '/');
	// Early: the browser must know that we want to hear of it before the key is there.
	const chooser = page.waitForEvent('filechooser');
	await keyboard.press('Control+k');
	await keyboard.type('import');
	await keyboard.press('Enter');
	await expect(page.getByText('Drop bank statements here')).toBeVisible();
	await keyboard.press('n');
	const { name, bytes } = germanStatement(bookings);
	await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });

	await tabTo(/^Decimal mark/);
	await keyboard.press('Enter');
	await expect(page.getByRole('menuitemradio', { name: 'Decimals after a comma' })).toBeFocused();
	await keyboard.press('Escape');
	await expect(claim(page, 'Decimal mark')).toBeFocused();
	await tabTo('Start import');
	await keyboard.press('Enter');
	await expectResult(page, { imported: bookings.length });

	await keyboard.press('Control+k');
	await keyboard.type('transactions');
	await keyboard.press('Enter');
	await expect(transaction(page, /./).first()).toBeVisible();
	await keyboard.press('j');
	await keyboard.press('j');
	await keyboard.press('k');
	const line = transaction(page, /./).filter({ has: page.locator(':focus') });
	await expect(line).toHaveCount(1);
	await keyboard.press('c');
	await keyboard.type('hobb');
	await keyboard.press('Enter');
	await expect(line.getByRole('button', { name: 'Hobbies', exact: true })).toBeVisible();

	await keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
	await keyboard.press('Escape');
	await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
});
