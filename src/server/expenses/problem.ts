import type { PartsProblem } from '#lib/groups/parts.ts';
import { formatMoney } from '#lib/money.ts';
import { DomainError, type ErrorParams } from '../errors.ts';

type Words = {
	currency: string;
	/** Of whoever reads it. */
	locale: string;
	nameOf: (memberId: string) => string;
};

const invalid = (reason: string, params: ErrorParams = {}): DomainError =>
	new DomainError('INVALID', reason, { params });

/** Why an expense does not add up, in words that say by how much. `over` is in minor units, and negative for what is missing. */
export function amountProblem(problem: PartsProblem, { currency, locale, nameOf }: Words): DomainError {
	const by = (over: number, tooMuch: string, missing: string): DomainError =>
		invalid(over > 0 ? tooMuch : missing, {
			amount: formatMoney(Math.abs(over), currency, locale),
			over
		});
	switch (problem.code) {
		case 'split_sum':
			return by(problem.over, 'split_over', 'split_missing');
		case 'payers_sum':
			return by(problem.over, 'payers_over', 'payers_missing');
		case 'split_items_sum':
			return by(problem.over, 'items_over', 'items_missing');
		case 'split_percent': {
			const percent = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(
				Math.abs(problem.over)
			);
			return invalid(problem.over > 0 ? 'percent_over' : 'percent_missing', { percent, over: problem.over });
		}
		case 'split_twice':
		case 'payer_twice':
			return invalid(problem.code, { name: nameOf(problem.memberId) });
		default:
			return invalid(problem.code);
	}
}
