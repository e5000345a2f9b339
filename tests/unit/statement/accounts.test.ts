import { expect, it } from 'vitest';
import { detect, detectUnder } from '#lib/statement/detect.ts';

const hints = { defaultCurrency: 'EUR' };
const file = (title: string, ...accounts: string[]) =>
	[
		`Date;Description;Amount;${title}`,
		...accounts.map((account, i) => `2024-01-${10 + i};Tea ${i};-${i + 1}.50;${account}`)
	].join('\n');
const found = (text: string) => {
	const { accountHint, accounts, questions } = detect(text, hints);
	return { accountHint, accounts, questions };
};

it.each([
	['IBAN', 'AT61 1904 3002 3457 3201', 'AT611904300234573201'],
	['Account Name', 'My Checking', 'MyChecking'],
	['Account', '77', '77']
])('%s with one value is the account', (title, account, accountHint) =>
	expect(found(file(title, account, account))).toEqual({ accountHint, accounts: [account], questions: [] })
);

it('several accounts in one file are asked about, until a mapping is given', () => {
	const text = file('Account Name', 'Checking', 'Savings', 'Checking');
	expect(found(text)).toEqual({
		accountHint: null,
		accounts: ['Checking', 'Savings'],
		questions: ['accounts']
	});
	const { mapping } = detect(text, hints);
	expect(detectUnder(text, mapping, hints)).toMatchObject({
		questions: [],
		accounts: ['Checking', 'Savings']
	});
	expect(detect(text, { ...hints, remembered: mapping }).questions).toEqual([]);
});

it.each(['Payee Account Number', 'Gegenkonto', 'Partner IBAN', 'Card Number', 'Kontonummer'])(
	'%s with many values is nobody’s question',
	(title) => expect(found(file(title, '1111222233', '4444555566', '7777888899')).questions).toEqual([])
);

it('the other side is never the account', () =>
	expect(found(file('Partner IBAN', 'AT611904300234573201', 'AT611904300234573201')).accountHint).toBeNull());
