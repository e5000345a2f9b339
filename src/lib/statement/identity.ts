import type { Layout } from './layout.ts';
import { looksLike } from './profile.ts';
import type { Column, Table } from './table.ts';
import { accountIn } from './texts.ts';
import type { MappedColumn } from './types.ts';
import { plainWords } from './words.ts';

/** The titles, or the kinds of cells where there are none, as a short stable text. */
export function keyOf(layout: Layout, t: Table): string {
	if (layout.header) return `header:${hash(layout.header.cells.map(plainWords).join('|'))}`;
	const kinds = t.columns.map((c) => {
		const kind = (['empty', 'date', 'amount', 'currency', 'text'] as const).find((k) =>
			looksLike[k](c.profile)
		);
		return kind ?? 'other';
	});
	return `shape:${hash(`${layout.delimiter}${kinds.join('|')}`)}`;
}

/** FNV-1a, 2 × 32 bit: only has to tell kinds of files apart. */
function hash(text: string): string {
	let a = 0x811c9dc5;
	let b = 0x01000193;
	for (let i = 0; i < text.length; i++) {
		const c = text.charCodeAt(i);
		a = Math.imul(a ^ c, 0x01000193);
		b = Math.imul(b ^ c, 0x811c9dc5);
	}
	return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

/** What a file says of the accounts its rows belong to. */
export type Accounts = {
	/** The one account of all rows: an IBAN, a number or a name, without spaces. */
	hint: string | null;
	/** The accounts the rows name, as printed, at most 20. */
	names: string[];
	/** Its rows belong to several accounts of the holder. */
	several: boolean;
};

/** Titles of the other side, of banks and of kinds of accounts: they do not name an account of the holder. */
const notOwn =
	/\b(?:partner|payee|payer|counter\w*|gegen\w*|tegen\w*|protiuct\w*|empfanger\w*|auftraggeber|begunstigte\w*|beneficiary|recipient|sender|destinat\w*|to|transfer|holder|member|\w*inhaber|\w*houder|bic|swift|blz|bankleitzahl|bank (?:name|code)|sort code|routing number|kod banky|agencia|type|tipo)\b|^bank$|对方/u;
/** Several cards may be paid from one account. */
const card = /card|kart|kaart|carte|carta|cartao|tarjeta|карт|卡/u;
/** Titles that banks also use for the account of the other side. */
const eitherSide =
	/^(?:iban|konto ?(?:nummer|nr)?|account (?:number|no)|rekening\w*|numer rachunku|cislo uctu)$/u;
const maxAccounts = 20;

/** Who the rows belong to, by the lines above the table or by the columns of role `account`. */
export function accountsOf(layout: Layout, t: Table, columns: MappedColumn[]): Accounts {
	const above = layout.preamble.map((r) => accountIn(r.cells)).find((found) => found !== null) ?? null;
	const own = t.columns
		.filter((c) => columns[c.index]?.role === 'account' && !notOwn.test(plainWords(c.name)))
		.filter((c) => c.profile.filled > 0 && c.profile.filled >= t.rows.length * 0.9)
		.map((column) => ({ column, values: valuesOf(t, column.index) }))
		.sort((x, y) => Number(isNumber(y.values)) - Number(isNumber(x.values)))[0];
	const several = own !== undefined && above === null && t.named && areOwn(own.column, own.values.length);
	const one = own?.values.length === 1 ? own.values[0]! : null;
	return {
		hint: above ?? one?.replace(/\s+/gu, '') ?? null,
		names: several ? own.values.slice(0, maxAccounts) : one === null ? [] : [one],
		several
	};
}

function valuesOf(t: Table, index: number): string[] {
	const values = t.rows.map((r) => (r[index] ?? '').trim().replace(/^'|'$/gu, ''));
	return [...new Set(values.filter((value) => value !== ''))];
}

/** One value that names an account everywhere, not only at its holder's. */
function isNumber(values: string[]): boolean {
	return values.length === 1 && /\d{4}/u.test(values[0]!);
}

function areOwn({ name, profile }: Column, count: number): boolean {
	const title = plainWords(name);
	if (count < 2 || card.test(title)) return false;
	return !eitherSide.test(title) || count * 4 <= profile.filled;
}
