/** What a failed call says to the person who made it. */
import { m } from '#lib/paraglide/messages.js';
import { maxPasswordLength, minPasswordLength } from '#lib/password-limits.ts';
import { mostConditions } from '#lib/rules/limits.ts';
import { errorData } from '#lib/trpc.ts';

export type Problem = {
	/** In the person's language. */
	message: string;
	/** By field of the input, for what is wrong with that one; the message then only points there. */
	fields: Record<string, string>;
	/** Names the error: see `reason` in #lib/errors.ts. `unreachable` when the server did not answer. */
	reason: string;
};

/** The person chose not to go on, so there is nothing to tell them. */
export class Cancelled extends Error {}

/** Something that went wrong in the browser and not at the server; its message is in the person's language. */
export class LocalProblem extends Error {}

/** What is wrong with a field, by the code of its error. */
export const fieldText = (code: string): string => {
	switch (code) {
		case 'required':
			return m.error_required();
		case 'too_long':
			return m.error_too_long();
		case 'email':
			return m.error_email();
		case 'password_short':
			return m.error_password_short({ min: minPasswordLength });
		case 'password_long':
			return m.error_password_long({ max: maxPasswordLength });
		case 'password_common':
			return m.error_password_common();
		case 'password_weak':
			return m.error_password_weak();
		case 'password_wrong':
			return m.error_password_wrong();
		case 'category_name_taken':
			return m.error_category_name_taken();
		case 'category_name_built_in':
			return m.error_category_name_built_in();
		case 'currency':
			return m.error_currency();
		case 'date_range':
			return m.error_date_range();
		case 'rule_conditions':
			return m.error_rule_conditions();
		case 'rule_too_long':
			return m.error_rule_too_long({ most: mostConditions });
		case 'rule_range':
			return m.error_rule_range();
		case 'rule_no_action':
			return m.error_rule_no_action();
		case 'rule_split':
			return m.error_rule_split();
		case 'time_zone':
			return m.error_time_zone();
		default:
			return m.error_field();
	}
};

/** Turns what a call threw into words. Anything that is no answer of the server counts as it not answering. */
export function problemOf(error: unknown): Problem {
	if (error instanceof LocalProblem) return { message: error.message, fields: {}, reason: 'local' };
	const data = errorData(error);
	if (!data) return { message: m.error_unreachable(), fields: {}, reason: 'unreachable' };
	const fields = Object.entries(data.fields ?? {}).map(([name, code]) => [name, fieldText(code)]);
	return { message: (error as Error).message, fields: Object.fromEntries(fields), reason: data.reason };
}
