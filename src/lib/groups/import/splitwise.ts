/**
 * Splitwise's "Export as spreadsheet": Date, Description, Category, Cost, Currency, and a column for each member with what the
 * row means to them: paid less share. Its last row is the sum of each column. What everybody paid and owed is not in the file,
 * so each row becomes the plainest expense that means the same to everybody.
 */
import { apportion } from '../apportion.ts';
import { UnreadableRow, type ImportPlan, type ImportRow, type ReadOptions, type Stake } from './plan.ts';
import { amountIn, currencyIn, dateIn, isBlank, memberNames, textIn } from './table.ts';

const firstMember = 5;

// The exports speak the language of whoever asked for them.
const paymentWords = new Set(['payment', 'zahlung', 'paiement', 'pago', 'pagamento', 'betaling']);
const totalWords = /^(total balance|gesamtsaldo|solde total|saldo total|totale saldo|saldo totale)$/i;

/** Whether a record is the heading of such an export. */
export const isSplitwiseHeading = (cells: readonly string[]): boolean =>
	/^(Date,Description,Category,Cost,Currency|Datum,Beschreibung,Kategorie,Kosten,Währung),/i.test(
		cells.join(',')
	) && cells.length > firstMember;

/** `heading` is where the heading is among the records. Throws {@link UnreadableRow}. */
export function readSplitwise(
	records: readonly string[][],
	heading: number,
	{ currency: fallback }: ReadOptions
): ImportPlan {
	const members = memberNames(records[heading]!.slice(firstMember));
	const rows: ImportRow[] = [];
	const sums = new Map<string, number[]>();
	const stated = new Map<string, number[]>();
	let skipped = 0;
	for (const [at, cells] of records.entries()) {
		if (at <= heading || isBlank(cells)) continue;
		const line = at + 1;
		const [date = '', description = '', category = '', cost = ''] = cells;
		const currency = currencyIn(cells[4] ?? '', fallback, line);
		const nets = members.map((name, n) =>
			name === '' ? 0 : amountIn(cells[firstMember + n] ?? '', currency, line)
		);
		if (cost === '' || totalWords.test(description) || totalWords.test(date)) {
			stated.set(currency, nets);
			continue;
		}
		const even = balanced(nets, line);
		addTo(sums, currency, even);
		const row = rowOf(members, even, amountIn(cost, currency, line), category);
		if (!row) skipped++;
		else {
			const about = { line, date: dateIn(date, line), description: textIn(description, category) };
			rows.push({ ...about, category, notes: '', currency, ...row });
		}
	}
	return {
		source: 'splitwise',
		members: members.filter((name) => name !== ''),
		rows,
		skipped,
		questions: [],
		differences: differences(members, stated, sums)
	};
}

/** Rounded to cents, a row may be off by less than a cent for each member; whoever is furthest ahead takes that. */
function balanced(nets: readonly number[], line: number): number[] {
	const off = nets.reduce((sum, net) => sum + net, 0);
	if (off === 0) return [...nets];
	const first = nets.indexOf(Math.max(...nets));
	if (Math.abs(off) > nets.length) throw new UnreadableRow({ code: 'import_unbalanced', line });
	return nets.map((net, n) => (n === first ? net - off : net));
}

function rowOf(
	members: readonly string[],
	nets: readonly number[],
	cost: number,
	category: string
): Pick<ImportRow, 'kind' | 'amount' | 'payers' | 'shares'> | null {
	const sign = cost < 0 ? -1 : 1;
	const stakes = members.map((name, n) => ({ name, amount: nets[n]! * sign }));
	const ahead = stakes.filter(({ amount }) => amount > 0);
	const behind = stakes.filter(({ amount }) => amount < 0);
	if (ahead.length === 0) return null;
	const moved = ahead.reduce((sum, { amount }) => sum + amount, 0);
	const turned = (list: Stake[], by: number): Stake[] =>
		list.map(({ name, amount }) => ({ name, amount: amount * by })).filter(({ amount }) => amount !== 0);
	if (paymentWords.has(category.toLowerCase()) && ahead.length === 1 && behind.length === 1) {
		const amount = moved;
		const [from, to] = sign === 1 ? [ahead, behind] : [behind, ahead];
		return {
			kind: 'settlement',
			amount,
			payers: [{ name: from[0]!.name, amount }],
			shares: [{ name: to[0]!.name, amount }]
		};
	}
	// What the others do not owe of the cost, whoever paid had themselves.
	const amount = Math.max(Math.abs(cost), moved);
	const claims = ahead.map(({ name, amount: net }) => ({ memberId: name, weight: BigInt(net) }));
	const own = apportion(BigInt(amount - moved), claims, '').map((part) => Number(part.amount));
	return {
		kind: 'expense',
		amount: amount * sign,
		payers: turned(
			ahead.map(({ name, amount: net }, n) => ({ name, amount: net + own[n]! })),
			sign
		),
		shares: [
			...turned(
				ahead.map(({ name }, n) => ({ name, amount: own[n]! })),
				sign
			),
			...turned(behind, -sign)
		]
	};
}

function addTo(sums: Map<string, number[]>, currency: string, nets: readonly number[]): void {
	const before = sums.get(currency) ?? nets.map(() => 0);
	sums.set(
		currency,
		before.map((sum, n) => sum + nets[n]!)
	);
}

function differences(
	members: readonly string[],
	stated: ReadonlyMap<string, number[]>,
	sums: ReadonlyMap<string, number[]>
): ImportPlan['differences'] {
	return [...stated].flatMap(([currency, totals]) =>
		members.flatMap((name, n) => {
			const sum = sums.get(currency)?.[n] ?? 0;
			return totals[n] === sum ? [] : [{ name, currency, stated: totals[n]!, sum }];
		})
	);
}
