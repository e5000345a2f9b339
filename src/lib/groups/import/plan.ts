/** What an export of another program says, as this one would write it. */
import { exactly } from '#lib/money.ts';

/** Something of a member of the file: named as there, in minor units. */
export type Stake = { name: string; amount: number };

export type ImportRow = {
	/** Of the file, counted from 1. */
	line: number;
	kind: 'expense' | 'settlement';
	date: string;
	description: string;
	/** As the file calls it; '' for none. */
	category: string;
	notes: string;
	currency: string;
	/** In minor units; negative for a refund. Payers and shares each add up to it. A settlement has one of each. */
	amount: number;
	payers: Stake[];
	shares: Stake[];
};

export type ImportPlan = {
	source: 'splitwise' | 'spliit';
	/** Everybody in the file, in its order. */
	members: string[];
	rows: ImportRow[];
	/** How many rows move nothing from anybody to anybody. */
	skipped: number;
	/** Rows that do not say who paid: one of these did. They are in `rows` once that is answered. */
	questions: { line: number; description: string; amount: number; currency: string; names: string[] }[];
	/** Where the file's own total is another than that of its rows, in minor units. */
	differences: { name: string; currency: string; stated: number; sum: number }[];
};

export type ImportProblem =
	| { code: 'import_unknown' | 'import_empty' }
	| { code: 'import_too_many_rows'; most: number }
	| { code: 'import_too_many_members'; most: number }
	/** A row that cannot be read; nothing is imported without it, for balances would be wrong. */
	| {
			code: 'import_bad_date' | 'import_bad_amount' | 'import_bad_currency' | 'import_unbalanced';
			line: number;
	  };

export type ImportReading = { ok: true; plan: ImportPlan } | { ok: false; problem: ImportProblem };

export type ReadOptions = {
	/** For rows that name no currency. */
	currency: string;
	/** Who paid a row that does not say so: line → name. */
	payers?: Readonly<Record<number, string>>;
};

/** Thrown inside the readers, and caught by whoever starts them. */
export class UnreadableRow extends Error {
	readonly problem: ImportProblem;
	constructor(problem: ImportProblem) {
		super(problem.code);
		this.problem = problem;
	}
}

/** What everybody is ahead (or, negative, behind) by the rows of a plan: name and currency → minor units. Zeros are left out. */
export function planBalances({ rows }: Pick<ImportPlan, 'rows'>): (Stake & { currency: string })[] {
	const sums = new Map<string, Stake & { currency: string }>();
	const add = (name: string, currency: string, amount: number): void => {
		const key = `${currency} ${name}`;
		const sum = sums.get(key) ?? { name, currency, amount: 0 };
		sum.amount = exactly(sum.amount + amount);
		sums.set(key, sum);
	};
	for (const { currency, payers, shares } of rows) {
		for (const { name, amount } of payers) add(name, currency, amount);
		for (const { name, amount } of shares) add(name, currency, -amount);
	}
	return [...sums.values()].filter(({ amount }) => amount !== 0);
}
