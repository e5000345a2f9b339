import { m } from '#lib/paraglide/messages.js';
import type { RowReason } from '#lib/statement/types.ts';

type Message = (params: { value: string }) => string;

const texts: Record<RowReason['code'], Message> = {
	no_date: () => m.error_row_no_date(),
	bad_date: m.error_row_bad_date,
	no_amount: () => m.error_row_no_amount(),
	bad_amount: m.error_row_bad_amount,
	too_many_decimals: m.error_row_too_many_decimals,
	two_amounts: () => m.error_row_two_amounts(),
	bad_direction: m.error_row_bad_direction,
	no_currency: () => m.error_row_no_currency(),
	bad_currency: m.error_row_bad_currency,
	bad_quotes: () => m.error_row_bad_quotes(),
	not_booked: () => m.error_row_not_booked()
};

/** Why a row of the preview cannot be read. */
export const rowReason = ({ code, value = '' }: RowReason): string => texts[code]({ value });
