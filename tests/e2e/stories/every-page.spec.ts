/** What holds on every page: axe finds nothing serious, nothing is wider than a phone, and the scripts stay light. */
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { bookings, statement } from '../../support/statement.ts';
import { register } from '../../../scripts/support/remote.ts';
import { anotherBrowser, forgetProofs, keepCodes, scan, settleAdmin, signInAt } from '../support/accounts.ts';
import { addName, groupOf, spend } from '../support/groups.ts';
import { ambiguousStatement, germanStatement, household } from '../support/statements.ts';
import { expect, password, test, type Person } from '../support/test.ts';
import { expectNoSideways, open } from '../support/verbs.ts';

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

/** A page and the words that tell it is there. */
type Place = { path: string; shows: string | RegExp };

// What is seen at one width only is nearly all in the frame around every page, so pages take turns: by day wide and by night on
// a phone, or the other way round.
let turns = 0;

async function expectAccessible(page: Page, { path, shows }: Place) {
	await page.setViewportSize(wide);
	await open(page, path);
	await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
	const schemes = ++turns % 2 === 0 ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
	for (const [n, size] of [wide, phone].entries()) {
		const colorScheme = schemes[n]!;
		await page.setViewportSize(size);
		await page.emulateMedia({ colorScheme });
		expect(await graveFaults(page), `${path} at ${size.width} px, ${colorScheme}`).toEqual([]);
	}
	await expectNoSideways(page);
}

/** What axe calls serious or critical. Our pages have no frames, which is all that its slower way is for. */
async function graveFaults(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}

/** Somebody with half a year, an import with every outcome, one that waits, one that asks, one that failed. */
async function settleIn({ importStatement, api }: Person): Promise<Place[]> {
	await importStatement(germanStatement(household()));
	const some = bookings(20);
	const account = await api.accounts.create.mutate({ name: 'Travel card', currency: 'EUR' });
	const accountId = account.id;
	await importStatement(statement(some), { accountId });
	const mixed = statement([...some, ...bookings(5, { from: '2021-01-01' }), '2020-02-31,No such day,-1.00']);
	const done = await importStatement(mixed, { accountId });
	const waiting = await importStatement(statement(some, 'waiting.csv'), { preview: true });
	const asking = await importStatement(ambiguousStatement());
	const failed = await importStatement(statement([], 'headings-only.csv'));
	const { items } = await api.transactions.list.query({ q: 'rewe', limit: 1 });
	const food = { name: 'Food', categoryIds: ['groceries'], currency: 'EUR' };
	const tight = await api.budgets.create.mutate({
		...food,
		period: 'monthly',
		amount: 1_000,
		rollOver: true
	});
	await api.budgets.create.mutate({ name: 'Everything', currency: 'EUR', period: 'weekly', amount: 90_000 });
	await api.rules.create.mutate({
		name: 'Food',
		conditions: { kind: 'all', of: [{ kind: 'text', test: 'contains', value: 'rewe' }] },
		actions: { categoryId: 'groceries', merchant: 'Rewe', note: 'For all' }
	});
	// Nobody listens there, so that its log has something to say.
	const hook = await api.webhooks.create.mutate({
		url: 'https://127.0.0.1:9/quits',
		events: ['budget.alert']
	});
	await api.webhooks.test.mutate({ id: hook.id });
	await api.exports.create.mutate({ file: 'transactions.csv' });
	await api.exports.create.mutate({ file: 'budgets.pdf' });
	return [
		{ path: '/exports', shows: 'Each file is kept for 24 hours' },
		{ path: '/', shows: 'Latest imports' },
		{ path: '/uploads', shows: 'Your imports' },
		{ path: `/uploads/${waiting.id}`, shows: 'This is how the file was understood' },
		{ path: `/uploads/${asking.id}`, shows: 'Which comes first in the dates' },
		{ path: `/uploads/${done.id}?rows=duplicate`, shows: 'Already there' },
		{ path: `/uploads/${done.id}?rows=rejected`, shows: 'is not a date' },
		{ path: `/uploads/${failed.id}`, shows: 'Nothing of this file was kept' },
		{ path: '/transactions', shows: 'Groceries' },
		{ path: '/transactions?q=nowhere', shows: 'No transaction fits' },
		{ path: '/transactions?review=1', shows: 'Only guesses to look at' },
		{ path: '/review', shows: 'Is the category right?' },
		{ path: `/transactions?open=${items[0]!.id}`, shows: 'What the bank wrote' },
		{ path: '/recurring', shows: 'Are these recurring?' },
		{ path: '/reports?period=all&by=month', shows: 'You spent' },
		{ path: '/reports/income?period=all&by=merchant', shows: 'You earned' },
		{ path: '/reports/cash-flow?period=all', shows: 'came in from' },
		{ path: '/reports/subscriptions', shows: 'Subscriptions cost you' },
		{ path: '/budgets', shows: 'Where does this' },
		{ path: `/budgets/${tight.id}`, shows: 'was reached' },
		{ path: '/categories', shows: 'Not used yet' },
		{ path: '/rules', shows: 'When the text contains' },
		{ path: `/rules?from=${items[0]!.id}`, shows: 'would change' },
		{ path: '/notifications', shows: 'is imported' },
		{ path: '/settings', shows: 'Language and look' },
		{ path: '/settings/alerts', shows: 'When mail may come' },
		{ path: '/settings/webhooks', shows: 'https://127.0.0.1:9/quits' },
		{ path: '/settings/security', shows: 'Two-step sign-in' }
	];
}

/** Somebody with a group that has everything in it: a name without an account, payments that wait and are disputed, a link. */
async function settleGroup(ana: Person): Promise<Place[]> {
	const group = await groupOf('Flat 12', ana);
	const { id: groupId, members } = group;
	const mia = await addName(ana, group, 'Mia');
	await ana.api.invites.create.mutate({ groupId });
	const id = await spend(ana, group, { description: 'Rent', amount: 98_001 });
	const { version, date, split } = await ana.api.expenses.get.query({ id });
	const me = members[ana.name]!;
	const payers = [{ memberId: me, amount: 98_001 }];
	const fields = { description: 'Rent and water', date, currency: 'EUR', amount: 98_001, payers, split };
	await ana.api.expenses.update.mutate({ id, version, ...fields });
	const payment = { groupId, from: mia, to: me, currency: 'EUR', amount: 100 };
	await ana.api.settlements.create.mutate(payment);
	const disputed = await ana.api.settlements.create.mutate(payment);
	await ana.api.settlements.dispute.mutate({ id: disputed.id, note: 'Not on my account' });
	const budget = { name: 'The flat', currency: 'EUR', period: 'monthly' as const, amount: 100_000 };
	await ana.api.budgets.create.mutate({ ...budget, groupId });
	const put = await groupOf('Football', ana);
	await ana.api.groups.archive.mutate({ groupId: put.id, archived: true });
	return [
		{ path: '/groups', shows: 'Archived' },
		{ path: `/groups/${groupId}`, shows: 'Rent and water' },
		{ path: `/groups/${groupId}?q=nowhere`, shows: 'No expense fits' },
		{ path: `/groups/${groupId}/balances`, shows: 'Payments that make everybody even' },
		{ path: `/groups/${groupId}/budgets`, shows: 'of €1,000.00' },
		{ path: `/groups/${groupId}/statistics`, shows: 'The group spent' },
		{ path: `/groups/${groupId}/activity`, shows: 'Ana changed' },
		{ path: `/groups/${groupId}/members`, shows: 'Open invitations' },
		{ path: `/groups/${groupId}/add`, shows: 'Everybody ticked pays the same.' },
		{ path: `/groups/${groupId}/expenses/${id}`, shows: 'History' },
		{ path: `/groups/${groupId}/expenses/${id}/edit`, shows: 'Everybody ticked pays the same.' },
		{ path: `/groups/${groupId}/import`, shows: 'Drop an export of Splitwise or Spliit here' },
		{ path: `/groups/${put.id}`, shows: 'This group is archived' },
		{ path: `/groups/${put.id}/budgets`, shows: 'No budgets in this group yet' }
	];
}

const empty: Place[] = [
	{ path: '/', shows: 'Drop in a bank statement' },
	{ path: '/uploads', shows: 'Your first import takes a minute' },
	{ path: '/transactions', shows: 'Your transactions will be here' },
	{ path: '/groups', shows: 'Share bills, and always know who owes whom' },
	{ path: '/recurring', shows: 'what comes back will be here' },
	{ path: '/reports', shows: 'Reports show where your money goes' },
	{ path: '/budgets', shows: 'Decide what may be spent' },
	{ path: '/exports', shows: 'Large exports will wait here' },
	{ path: '/settings/webhooks', shows: 'No webhooks yet' },
	{ path: '/notifications', shows: 'No notifications yet' }
];

const strangers: Place[] = [
	{ path: '/sign-in', shows: 'No account yet?' },
	{ path: '/sign-up', shows: 'Already here?' },
	{ path: '/reset', shows: 'Choose a new password' },
	{ path: '/reset#token', shows: 'New password' },
	{ path: '/verify', shows: 'This link did not work' },
	{ path: '/verify?with#token', shows: 'Confirm your address' },
	{ path: '/join', shows: 'This address holds no invitation' },
	{ path: '/unsubscribe?token=some', shows: 'Stop these mails' },
	{ path: '/unsubscribe?done', shows: 'You get no more of these mails' },
	{ path: '/unsubscribe', shows: 'This link did not work' }
];

test.describe('accessible and no wider than the screen', () => {
	test.describe.configure({ timeout: 600_000 });

	for (const about of ['uploads', 'everything else']) {
		test(`pages of somebody who has imported: ${about}`, async ({ meet }) => {
			const ana = await meet('Ana');
			const places = await settleIn(ana);
			for (const place of places.filter(
				({ path }) => path.startsWith('/uploads') === (about === 'uploads')
			)) {
				await expectAccessible(ana.page, place);
			}
		});
	}

	test('pages of groups', async ({ meet }) => {
		const ana = await meet('Ana');
		for (const place of await settleGroup(ana)) await expectAccessible(ana.page, place);
	});

	test('what opens over the pages of a group', async ({ meet }) => {
		const ana = await meet('Ana');
		const { page } = ana;
		const places = await settleGroup(ana);
		const at = (part: string) => places.find(({ path }) => path.endsWith(part))!.path;
		const check = async (what: string) => expect(await graveFaults(page), what).toEqual([]);
		await open(page, at('/balances'));
		await page.getByRole('button', { name: 'Why?' }).click();
		await expect(page.getByText('exactly what is left')).toBeVisible();
		await check('why somebody owes');
		await page.getByRole('button', { name: 'Settle up' }).click();
		await check('writing down a payment');
		await page.keyboard.press('Escape');
		await open(page, at('/members'));
		await page.getByRole('button', { name: 'Show the link: For anybody' }).first().click();
		await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
		await check('a link');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'What to do about Mia' }).click();
		await check('what to do about somebody');
		await page.getByRole('menuitem', { name: 'Remove from the group' }).click();
		await check('the question before removing');
	});

	test('what opens over the pages of budgets and webhooks', async ({ meet }) => {
		const ana = await meet('Ana');
		const { page } = ana;
		await settleIn(ana);
		const check = async (what: string) => {
			for (const size of [wide, phone]) {
				await page.setViewportSize(size);
				expect(await graveFaults(page), what).toEqual([]);
				await expectNoSideways(page);
			}
		};
		await open(page, '/budgets');
		await page.keyboard.press('n');
		await page.getByRole('button', { name: 'Make budget' }).click();
		await expect(page.getByRole('button', { name: 'as in the last periods' })).toBeVisible();
		await check('a new budget');
		await page.getByRole('button', { name: 'Add category' }).click();
		await check('the categories of a budget');
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await page.getByRole('link', { name: 'Food' }).click();
		await page.locator('article summary').first().click();
		await expect(page.getByText('in the outbox').first()).toBeVisible();
		await check('how an alert was delivered');
		await open(page, '/settings/webhooks');
		await page.getByText('Log', { exact: true }).click();
		await page.getByText('What was sent').first().click();
		await check('the log of a webhook');
		await page.getByRole('button', { name: 'New webhook' }).click();
		await check('a new webhook');
		await page.getByLabel('Address').fill('https://127.0.0.1:9/other');
		await page.getByRole('button', { name: 'Make webhook' }).click();
		await expect(page.getByText('It is shown this once')).toBeVisible();
		await check('the secret of a webhook');
	});

	test('what opens over the page of categories', async ({ meet }) => {
		const ana = await meet('Ana');
		const { page } = ana;
		await ana.api.categories.create.mutate({ name: 'School trips', group: 'travel' });
		const check = async (what: string) => {
			for (const size of [wide, phone]) {
				await page.setViewportSize(size);
				expect(await graveFaults(page), what).toEqual([]);
				await expectNoSideways(page);
			}
		};
		await open(page, '/categories');
		await page.getByRole('button', { name: 'Choose what is offered' }).click();
		await check('what is offered');
		await page.keyboard.press('n');
		await check('a new category');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'What to do with School trips' }).click();
		await check('what to do with a category');
		await page.getByRole('menuitem', { name: 'Merge into another' }).click();
		await check('merging');
	});

	test('empty pages, and one that is not there', async ({ meet, trouble }) => {
		trouble.allow(/nowhere.* 404/, /Failed to load resource.*404/);
		const { page } = await meet('Ben');
		for (const place of empty) await expectAccessible(page, place);
		await expectAccessible(page, { path: '/nowhere', shows: 'There is nothing here' });
	});

	test('pages before signing in', async ({ page }) => {
		for (const place of strangers) await expectAccessible(page, place);
	});

	test('set-up', async ({ page, untouched }) => {
		await expectAccessible(page, { path: `${untouched.url}/setup`, shows: 'Make the first account' });
	});

	test('pages of an admin', async ({ page, context, untouched, browser }) => {
		const { url } = untouched;
		const { api } = await settleAdmin(context, url);
		await api.admin.invites.create.mutate({ note: 'Ben' });
		await register(url, { name: 'Ben', email: 'ben@example.org', password });
		const places: Place[] = [
			{ path: `${url}/admin`, shows: 'ben@example.org' },
			{ path: `${url}/admin/mail`, shows: 'Confirm your email address' },
			{ path: `${url}/admin/jobs`, shows: 'Nothing has failed' },
			{ path: `${url}/admin/models`, shows: 'Comes with Quits' },
			{ path: `${url}/admin/models/base`, shows: 'Measure it now' }
		];
		for (const { path } of places) expect(await scriptWeight(context, path), path).toBeLessThan(180);
		for (const place of places) await expectAccessible(page, place);
		await page.getByRole('link', { name: 'People' }).click();
		await page.getByRole('button', { name: 'What to do about Ben' }).click();
		await page.getByRole('menuitem', { name: 'Disable' }).click();
		expect(await graveFaults(page), 'a question').toEqual([]);

		await api.admin.settings.update.mutate({ mfaRequired: true });
		const other = await anotherBrowser(browser, url);
		await signInAt(other, url, { email: 'ben@example.org' });
		await expect(other).toHaveURL(/security/);
		await expectAccessible(other, { path: '/settings/security', shows: 'Everybody here needs' });
		other.trouble.check();
	});

	test('what opens over the page of security', async ({ meet, server, trouble }) => {
		trouble.allow(/STEP_UP|api\/trpc.* 403/, /Failed to load resource.*403/);
		const { page } = await meet('Cora');
		const check = async (what: string) => {
			for (const size of [wide, phone]) {
				await page.setViewportSize(size);
				expect(await graveFaults(page), what).toEqual([]);
				await expectNoSideways(page);
			}
		};
		await open(page, '/settings/security');
		await page.getByRole('button', { name: 'New token' }).click();
		await check('a new token');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Turn on' }).click();
		const dialog = page.getByRole('dialog', { name: 'Set up two-step sign-in' });
		await expect(dialog).toBeVisible();
		await check('setting up two-step sign-in');
		await scan(dialog);
		await expect(page.getByLabel('I have kept them')).toBeVisible();
		await check('recovery codes');
		await keepCodes(page);
		forgetProofs(server.dataDir);
		await page.getByRole('button', { name: 'New recovery codes' }).click();
		await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
		await check('a proof');
	});

	test('what opens over a page', async ({ meet }) => {
		const { page, importStatement } = await meet('Cleo');
		await importStatement(germanStatement(household()));
		await open(page, '/transactions');
		const check = async (what: string) => expect(await graveFaults(page), what).toEqual([]);
		await page.keyboard.press('j');
		await expect(page.locator('[data-focus]:focus')).toBeVisible();
		await page.keyboard.press('c');
		await expect(page.getByRole('combobox')).toBeFocused();
		await check('the category picker');
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Filter', exact: true }).click();
		await check('the filters');
		await page.keyboard.press('Escape');
		await page.keyboard.press('Control+k');
		await check('the palette');
		await page.keyboard.press('Escape');
		await page.keyboard.press('?');
		await check('the shortcuts');
	});
});

/** Kilobytes of gzipped JavaScript that a page names: all that it needs to be usable. */
async function scriptWeight({ request }: BrowserContext, path: string): Promise<number> {
	const html = await (await request.get(path)).text();
	const scripts = new Set(html.match(/\/_app\/immutable\/[^"']+\.js/g));
	// The server may end a connection that has been idle just when it is used again.
	const sizeOf = async (script: string) =>
		gzipSync(await (await request.get(script, { maxRetries: 2 })).body()).length;
	const sizes = await Promise.all([...scripts].map(sizeOf));
	return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

test('sign-in weighs less than 60 KB of scripts, every page less than 180 KB', async ({ meet }) => {
	const dana = await meet('Dana');
	const places = [...(await settleIn(dana)), ...(await settleGroup(dana))];
	const weights: Record<string, number> = {};
	for (const { path } of places)
		weights[path.replaceAll(/[0-9a-f-]{36}/g, 'ID')] = await scriptWeight(dana.context, path);
	await dana.context.clearCookies();
	const signIn = await scriptWeight(dana.context, '/sign-in');
	test.info().annotations.push({ type: 'KB', description: JSON.stringify({ signIn, ...weights }) });
	expect(signIn).toBeGreaterThan(5);
	expect(signIn).toBeLessThan(60);
	for (const [path, weight] of Object.entries(weights)) expect(weight, path).toBeLessThan(180);
});
