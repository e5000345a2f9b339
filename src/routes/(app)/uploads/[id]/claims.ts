/** The claims about a file in words, and what else each could be. */
import { currencyOptions } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ColumnRole, Delimiter, Detection, Mapping } from '#lib/statement/types.ts';
import { hasRole, withHeader } from './mapping.ts';

export type ClaimName = 'date_order' | 'decimal' | 'sign' | 'currency' | 'delimiter' | 'header' | 'encoding';

export type ClaimView = {
	name: ClaimName;
	label: string;
	text: string;
	options: { value: string; label: string }[];
	selected: string;
	/** The mapping once another option is chosen. */
	apply: (value: string) => Mapping;
};

const none = 'none';

type Texts<T extends string> = Record<T, () => string>;

const orders: Texts<Mapping['dateOrder']> = {
	dmy: m.uploads_dates_dmy,
	mdy: m.uploads_dates_mdy,
	ymd: m.uploads_dates_ymd
};
const marks: Texts<Mapping['decimal']> = { ',': m.uploads_decimal_comma, '.': m.uploads_decimal_point };
const signs: Texts<Mapping['sign']> = { as_is: m.uploads_sign_as_is, inverted: m.uploads_sign_inverted };
const debits: Texts<Mapping['debits']> = {
	positive: m.uploads_debits_positive,
	negative: m.uploads_debits_negative
};
const delimiterTexts: Texts<Delimiter> = {
	',': m.uploads_delimiter_comma,
	';': m.uploads_delimiter_semicolon,
	'\t': m.uploads_delimiter_tab,
	'|': m.uploads_delimiter_bar
};
const encodings = [
	'utf-8',
	'windows-1252',
	'iso-8859-15',
	'windows-1250',
	'windows-1251',
	'utf-16le',
	'shift_jis',
	'gb18030'
];

const choices = <T extends string>(texts: Texts<T>) =>
	(Object.keys(texts) as T[]).map((value) => ({ value, label: texts[value]() }));

/**
 * What can be said of how a file is written, in the order people care. `currencyStated`: the file says its currency, or the
 * person has.
 */
export function claimsOf({ mapping, head }: Detection, currencyStated: boolean): ClaimView[] {
	const claim = <T extends string>(
		name: ClaimName,
		label: string,
		texts: Texts<T>,
		selected: T,
		apply: (value: T) => Mapping
	): ClaimView => ({
		name,
		label,
		text: texts[selected](),
		options: choices(texts),
		selected,
		apply: (value) => apply(value as T)
	});
	return [
		currencyClaim(mapping, currencyStated),
		claim('date_order', m.uploads_claim_dates(), orders, mapping.dateOrder, (dateOrder) => ({
			...mapping,
			dateOrder
		})),
		claim('decimal', m.uploads_claim_decimal(), marks, mapping.decimal, (decimal) => ({
			...mapping,
			decimal
		})),
		...(hasRole(mapping, 'direction')
			? []
			: hasRole(mapping, 'amount')
				? [claim('sign', m.uploads_claim_sign(), signs, mapping.sign, (sign) => ({ ...mapping, sign }))]
				: !hasRole(mapping, 'debit')
					? []
					: [
							claim('sign', m.uploads_claim_sign(), debits, mapping.debits, (value) => ({
								...mapping,
								debits: value
							}))
						]),
		claim('delimiter', m.uploads_claim_delimiter(), delimiterTexts, mapping.delimiter, (delimiter) => ({
			...mapping,
			delimiter
		})),
		headerClaim(mapping, head),
		encodingClaim(mapping)
	];
}

function currencyClaim(mapping: Mapping, stated: boolean): ClaimView {
	const { currency } = mapping;
	const text = hasRole(mapping, 'currency')
		? m.uploads_currency_column({ currency: currency ?? '?' })
		: currency
			? stated
				? m.uploads_currency_all({ currency })
				: m.uploads_currency_assumed({ currency })
			: m.uploads_currency_open();
	return {
		name: 'currency',
		label: m.uploads_claim_currency(),
		text,
		options: currencyOptions(),
		selected: currency ?? '',
		apply: (value) => ({ ...mapping, currency: value })
	};
}

function headerClaim(mapping: Mapping, head: Detection['head']): ClaimView {
	const { headerLine } = mapping;
	return {
		name: 'header',
		label: m.uploads_claim_header(),
		text: headerLine === null ? m.uploads_header_none() : m.uploads_header_line({ line: headerLine }),
		options: [
			{ value: none, label: m.uploads_header_none() },
			...head
				.filter(({ raw }) => raw.trim() !== '')
				.map(({ line, raw }) => ({
					value: String(line),
					label: m.uploads_header_option({ line, text: raw.slice(0, 60) })
				}))
		],
		selected: headerLine === null ? none : String(headerLine),
		apply: (value) => withHeader(mapping, value === none ? null : Number(value))
	};
}

function encodingClaim(mapping: Mapping): ClaimView {
	const { encoding } = mapping;
	const all = encodings.includes(encoding) ? encodings : [encoding, ...encodings];
	return {
		name: 'encoding',
		label: m.uploads_claim_encoding(),
		text: m.uploads_encoding({ encoding: encoding.toUpperCase() }),
		options: all.map((value) => ({ value, label: value.toUpperCase() })),
		selected: encoding,
		apply: (value) => ({ ...mapping, encoding: value })
	};
}

/** What columns can hold, in the order of the choice. */
export const roleNames: Texts<ColumnRole> = {
	ignore: m.uploads_role_ignore,
	date: m.uploads_role_date,
	description: m.uploads_role_description,
	amount: m.uploads_role_amount,
	debit: m.uploads_role_debit,
	credit: m.uploads_role_credit,
	currency: m.uploads_role_currency,
	balance: m.uploads_role_balance,
	value_date: m.uploads_role_value_date,
	direction: m.uploads_role_direction,
	fee: m.uploads_role_fee,
	type: m.uploads_role_type,
	category: m.uploads_role_category,
	status: m.uploads_role_status,
	account: m.uploads_role_account,
	reference: m.uploads_role_reference
};
