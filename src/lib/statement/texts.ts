import { isIban, looksLike } from './profile.ts';
import { has } from './table.ts';
import type { Column, Table } from './table.ts';
import { plainWords } from './words.ts';

export type TextColumns = {
	description: number[];
	type: number[];
	category: number[];
	account: number[];
	reference: number[];
};

/** Sorts the columns that are neither dates nor money: what describes the booking, its kind, and what names accounts. */
export function textColumns(t: Table, taken: Set<number>): TextColumns {
	const free = t.columns.filter((c) => !taken.has(c.index));
	return t.named ? titledTexts(free, t.rows.length) : untitledTexts(t, free);
}

function titledTexts(free: Column[], rows: number): TextColumns {
	const texts: TextColumns = { description: [], type: [], category: [], account: [], reference: [] };
	const unknown: Column[] = [];
	for (const column of free) {
		const kind = titledKind(column);
		if (kind === 'unknown') unknown.push(column);
		else if (kind) texts[kind].push(column.index);
	}
	const says = (columns: number[]) =>
		Math.max(0, ...free.filter((c) => columns.includes(c.index)).map((c) => c.profile.filled));
	const silent = () => says(texts.description) < rows * 0.3;
	if (silent() && texts.type.length > 1) {
		const longest = free
			.filter((c) => texts.type.includes(c.index))
			.sort((x, y) => y.profile.textLength - x.profile.textLength)[0]!;
		texts.description.push(longest.index);
		texts.type = texts.type.filter((i) => i !== longest.index);
	}
	if (silent()) {
		const wordy = unknown.filter((c) => looksLike.text(c.profile) && !looksLike.currency(c.profile));
		texts.description.push(...wordy.map((c) => c.index));
	}
	return texts;
}

const numberOf =
	/\b(?:iban|bic|swift|blz|bankleitzahl|kto|konto ?(?:nr|nummer)|account (?:number|no)|number|nummer|sort code|id|nr|no)\b/u;

function titledKind(column: Column): keyof TextColumns | 'unknown' | null {
	const { profile: p, exact } = column;
	const wordy = looksLike.text(p) || looksLike.empty(p);
	const speaks = has(column, 'payee', 'text', 'memo');
	if (exact.has('category')) return 'category';
	if (exact.has('account')) return 'account';
	if (exact.has('reference') && !exact.has('text') && !exact.has('memo')) return referenceKind(column);
	if (exact.has('status') || exact.has('place') || exact.has('time')) return null;
	// "Type", "Buchungstext": few different values, said again in other words by the purpose.
	if (exact.has('type') && !(exact.has('text') && varied(column))) return 'type';
	if (speaks && (exact.has('payee') || exact.has('text') || exact.has('memo')))
		return wordy || exact.has('text') ? 'description' : 'reference';
	if (has(column, 'category')) return 'category';
	if (numberOf.test(plainWords(column.name)) || p.ibans > p.filled / 2)
		return has(column, 'account') ? 'account' : 'reference';
	if (has(column, 'place', 'status') && !has(column, 'text', 'memo')) return null;
	if (has(column, 'account') && !(speaks && wordy)) return 'account';
	if (has(column, 'foreign', 'rate', 'fee', 'balance', 'time') && !has(column, 'text', 'payee')) return null;
	if (has(column, 'reference') && !(speaks && mostlyWords(column))) return 'reference';
	if (has(column, 'type') && !has(column, 'payee') && !(has(column, 'text') && varied(column))) return 'type';
	if (speaks) return wordy ? 'description' : 'reference';
	return 'unknown';
}

/** "Reference" holds numbers at one bank and what the payer wrote at another. */
function referenceKind(column: Column): 'description' | 'reference' {
	return mostlyWords(column) &&
		[...column.classes].join() === 'reference' &&
		/^(?:reference|referenz|référence|ref)$/iu.test(column.name)
		? 'description'
		: 'reference';
}

function mostlyWords(column: Column): boolean {
	const { letters, filled, textLength } = column.profile;
	return letters > 0 && letters >= filled * 0.6 && textLength / letters >= 4;
}

function varied(column: Column): boolean {
	const { distinct, filled } = column.profile;
	return filled < 5 || distinct > Math.max(6, filled * 0.3);
}

function untitledTexts(t: Table, free: Column[]): TextColumns {
	const texts: TextColumns = { description: [], type: [], category: [], account: [], reference: [] };
	for (const column of free) {
		const { profile: p, index } = column;
		if (p.filled === 0) continue;
		if (p.ibans > p.filled / 2 || p.codes > p.filled / 2) texts.account.push(index);
		else if (looksLike.text(p) && !looksLike.currency(p) && !looksLike.date(p) && !looksLike.direction(p)) {
			if (p.letters >= p.filled * 0.5) texts.description.push(index);
		}
	}
	// A column that says the same in every row, or few things, adds nothing beside one that tells rows apart.
	const telling = (i: number) => {
		const p = t.columns[i]!.profile;
		return p.distinct > 1 && p.textLength / p.letters >= 6;
	};
	const best = texts.description.filter(telling);
	if (best.length > 0 && t.rows.length >= 3) {
		texts.type = texts.description.filter((i) => !best.includes(i));
		texts.description = best;
	}
	return texts;
}

/** The first account number that a text names: an IBAN, or digits behind a word for account. */
export function accountIn(cells: string[]): string | null {
	for (let i = 0; i < cells.length; i++) {
		const cell = cells[i]!.trim();
		for (const word of [cell, cell.split(/[/|:,]/u)[0]!.trim(), cell.split(/:\s*/u).at(-1)!.trim()]) {
			if (isIban(word)) return word.replace(/\s+/gu, '');
		}
		const named =
			/(?:account|konto|compte|cuenta|conta|conto|rekening|rachunek|účet|счет|card)[^\d]{0,24}:?\s*([\dX*][\dX*\s-]{4,28}\d)/iu.exec(
				`${cell} ${cells[i + 1] ?? ''}`
			);
		if (named) return named[1]!.replace(/\s+/gu, '');
	}
	return null;
}
