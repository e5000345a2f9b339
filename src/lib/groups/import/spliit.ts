/**
 * Spliit's CSV: Date, Description, Category, Currency, Cost, Original cost, Original currency, Conversion rate, Is Reimbursement,
 * Split mode, and a column for each participant with their share: positive for the one who paid, negative for the others. Unlike
 * Splitwise's columns they do not add up to balances: whoever paid is ahead by what the others' shares are. Who paid and has no
 * share stands there with a 0, as those who have nothing to do with it.
 */
import { UnreadableRow, type ImportPlan, type ImportRow, type ReadOptions, type Stake } from './plan.ts';
import { amountIn, currencyIn, dateIn, isBlank, memberNames, textIn } from './table.ts';

const firstMember = 10;

/** Whether a record is the heading of such an export. */
export const isSpliitHeading = (cells: readonly string[]): boolean =>
	cells
		.join(',')
		.startsWith(
			'Date,Description,Category,Currency,Cost,Original cost,Original currency,Conversion rate,Is Reimbursement,Split mode,'
		);

/** `heading` is where the heading is among the records. Throws {@link UnreadableRow}. */
export function readSpliit(
	records: readonly string[][],
	heading: number,
	{ currency: fallback, payers: answers = {} }: ReadOptions
): ImportPlan {
	const members = memberNames(records[heading]!.slice(firstMember));
	const rows: ImportRow[] = [];
	const questions: ImportPlan['questions'] = [];
	let skipped = 0;
	for (const [at, cells] of records.entries()) {
		if (at <= heading || isBlank(cells)) continue;
		const line = at + 1;
		const [date = '', text = '', category = '', currencyCell = '', costCell = ''] = cells;
		const currency = currencyIn(currencyCell, fallback, line);
		const cost = amountIn(costCell, currency, line);
		// Income is a negative cost, and turns every sign of its row.
		const sign = cost < 0 ? -1 : 1;
		const stakes = members.flatMap((name, n) =>
			name === '' ? [] : [{ name, amount: amountIn(cells[firstMember + n] ?? '', currency, line) * sign }]
		);
		if (stakes.every(({ amount }) => amount === 0)) {
			skipped++;
			continue;
		}
		const description = textIn(text, category);
		const payer = payerOf(stakes, line, answers[line]);
		if (payer === null) {
			const names = stakes.filter(({ amount }) => amount === 0).map(({ name }) => name);
			questions.push({ line, description, amount: cost, currency, names });
			continue;
		}
		rows.push({
			line,
			date: dateIn(date, line),
			description,
			category,
			notes: originalOf(cells),
			currency,
			...rowOf(stakes, payer, Math.abs(cost), sign, { line, isReimbursement: /^yes$/i.test(cells[8] ?? '') })
		});
	}
	return {
		source: 'spliit',
		members: members.filter((name) => name !== ''),
		rows,
		skipped,
		questions,
		differences: []
	};
}

/** Null when several could have paid. */
function payerOf(stakes: readonly Stake[], line: number, answer: string | undefined): string | null {
	const ahead = stakes.filter(({ amount }) => amount > 0);
	if (ahead.length > 1) throw new UnreadableRow({ code: 'import_unbalanced', line });
	const could = ahead.length === 1 ? ahead : stakes.filter(({ amount }) => amount === 0);
	if (could.length === 0) throw new UnreadableRow({ code: 'import_unbalanced', line });
	if (could.length === 1) return could[0]!.name;
	return could.some(({ name }) => name === answer) ? answer! : null;
}

function rowOf(
	stakes: readonly Stake[],
	payer: string,
	cost: number,
	sign: 1 | -1,
	{ line, isReimbursement }: { line: number; isReimbursement: boolean }
): Pick<ImportRow, 'kind' | 'amount' | 'payers' | 'shares'> {
	const shares = stakes
		.map(({ name, amount }) => ({ name, amount: Math.abs(amount) }))
		.filter(({ amount }) => amount !== 0);
	// Every share is rounded by itself. What they are off together is the payer's, whose own share means nothing to the others.
	const off = shares.reduce((sum, { amount }) => sum + amount, 0) - cost;
	if (Math.abs(off) > stakes.length) throw new UnreadableRow({ code: 'import_unbalanced', line });
	const largest = shares.reduce((a, b) => (b.amount > a.amount ? b : a));
	const taker = shares.find(({ name, amount }) => name === payer && amount > off) ?? largest;
	taker.amount -= off;
	if (isReimbursement && sign === 1 && shares.length === 1 && shares[0]!.name !== payer) {
		return { kind: 'settlement', amount: cost, payers: [{ name: payer, amount: cost }], shares };
	}
	return {
		kind: 'expense',
		amount: cost * sign,
		payers: [{ name: payer, amount: cost * sign }],
		shares: shares.map(({ name, amount }) => ({ name, amount: amount * sign }))
	};
}

/** What it was before it was converted, as the file says it. */
function originalOf(cells: readonly string[]): string {
	const [cost = '', currency = '', rate = ''] = cells.slice(5, 8);
	if (cost === '' || currency === '') return '';
	return [`${cost} ${currency}`, rate].filter(Boolean).join(' × ').slice(0, 200);
}
