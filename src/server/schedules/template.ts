import type { Payer } from '#lib/groups/parts.ts';
import type { SplitInput } from '#lib/groups/split.ts';

/**
 * What a schedule makes its expenses from. An equal split without names is among everybody who is in the group by then.
 * A type, not an interface: it is stored as JSON.
 */
export type Template = {
	description: string;
	currency: string;
	amount: number;
	payers: Payer[];
	split: SplitInput;
	categoryId: string | null;
	notes: string;
	conversion: { currency: string; rate: string } | null;
};
