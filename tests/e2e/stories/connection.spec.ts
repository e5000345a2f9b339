/** A connection that goes, and the truth once it is back. */
import { statement, bookings } from '../../support/statement.ts';
import { expect, test } from '../support/test.ts';
import { open } from '../support/verbs.ts';

test('a device without a network says so, and goes on when it is back', async ({ meet, trouble }) => {
	trouble.allow(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/, /was not answered/);
	const { page, context } = await meet('Ana');
	await open(page, '/');
	await page.waitForLoadState('networkidle'); // the live connection is up, and what it made the page load again
	await context.setOffline(true);
	await expect(page.getByText('You are offline.')).toBeVisible();
	await context.setOffline(false);
	await expect(page.getByText('You are offline.')).toBeHidden();
});

test('a page that lost the server shows the truth after it is back', async ({ meet, server, trouble }) => {
	trouble.allow(
		/ERR_CONNECTION_(REFUSED|RESET|CLOSED)/,
		/ERR_EMPTY_RESPONSE/,
		/WebSocket/,
		/socket\.io/,
		/Failed to fetch/,
		/was not answered/ // by a server that went away in the middle
	);
	const { page, send } = await meet('Ben');
	await open(page, '/uploads');
	await expect(page.getByText('Your first import takes a minute')).toBeVisible();
	await page.waitForLoadState('networkidle');

	await server.stop();
	await expect(page.getByText('Reconnecting…')).toBeVisible();
	await server.start();
	// While this page is still cut off, something happens elsewhere.
	await send(statement(bookings(20), 'elsewhere.csv'));
	await expect(page.getByText('Reconnecting…')).toBeHidden();
	await expect(page.getByRole('link', { name: 'elsewhere.csv' })).toContainText('20 imported');
});
