/** A chosen export of another program, as it is read in the browser, and what the person says about it. */
import type { ImportPlan, ImportProblem } from '#lib/groups/import/plan.ts';
import { maxImportChars, readExport } from '#lib/groups/import/read.ts';
import { formatNumber } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Inputs } from '#lib/trpc.ts';
import type { Group } from '../names.ts';

/** A name that nobody in the group has yet. */
export const asNew = 'new';

export class ExportFile {
	filename = $state('');
	/** Who the names in the file are: a member, or {@link asNew}. */
	who: Record<string, string> = $state({});
	/** Who paid the rows that do not say so, by line. */
	payers: Record<number, string> = $state({});
	#text = $state.raw('');
	/** It could not be opened at all. */
	#refusal: string | null = $state(null);
	readonly #group: Group;

	#reading = $derived.by(() =>
		this.#text
			? readExport(this.#text, { currency: this.#group.currency, payers: answered(this.payers) })
			: null
	);

	constructor(group: Group) {
		this.#group = group;
	}

	get plan(): ImportPlan | null {
		return this.#reading?.ok ? this.#reading.plan : null;
	}

	/** Why there is no plan, in the person's language. */
	get problem(): string | null {
		if (this.#refusal) return this.#refusal;
		return this.#reading && !this.#reading.ok ? problemText(this.#reading.problem) : null;
	}

	/** The name of the file that would be the same member as another one. */
	get twice(): string | null {
		const chosen = Object.entries(this.who).filter(([, id]) => id !== asNew);
		return chosen.find(([, id], at) => chosen.findIndex(([, other]) => other === id) !== at)?.[0] ?? null;
	}

	async read(file: File): Promise<void> {
		this.forget();
		const text = await file.text();
		if (text.length > maxImportChars) {
			this.#refusal = m.expenses_import_too_large();
			return;
		}
		this.filename = file.name;
		this.#text = text || ' ';
		this.who = Object.fromEntries((this.plan?.members ?? []).map((name) => [name, this.#guess(name)]));
	}

	forget(): void {
		this.#text = '';
		this.#refusal = null;
		this.who = {};
		this.payers = {};
	}

	answers(): Pick<Inputs['expenses']['import'], 'text' | 'filename' | 'members' | 'payers'> {
		return {
			text: this.#text,
			filename: this.filename.slice(0, 120),
			members: Object.entries(this.who).map(([name, id]) =>
				id === asNew ? { name, newName: name } : { name, memberId: id }
			),
			payers: Object.entries(answered(this.payers)).map(([line, name]) => ({ line: Number(line), name }))
		};
	}

	/** Somebody of the group who is called like that, or the first part of it. */
	#guess(name: string): string {
		const folded = fold(name);
		const people = this.#group.members.filter(({ removed }) => !removed);
		const exact = people.filter((one) => fold(one.name) === folded);
		const first = people.filter((one) => fold(one.name).split(' ')[0] === folded.split(' ')[0]);
		const [found, ...more] = exact.length > 0 ? exact : first;
		return found && more.length === 0 ? found.memberId : asNew;
	}
}

const fold = (name: string): string => name.trim().toLowerCase();

const answered = (payers: Record<number, string>): Record<number, string> =>
	Object.fromEntries(Object.entries(payers).filter(([, name]) => name !== ''));

function problemText(problem: ImportProblem): string {
	switch (problem.code) {
		case 'import_unknown':
			return m.error_import_unknown();
		case 'import_empty':
			return m.error_import_empty();
		case 'import_too_many_rows':
			return m.error_import_too_many_rows({ most: formatNumber(problem.most) });
		case 'import_too_many_members':
			return m.error_import_too_many_members({ most: formatNumber(problem.most) });
		case 'import_bad_date':
			return m.error_import_bad_date({ line: problem.line });
		case 'import_bad_amount':
			return m.error_import_bad_amount({ line: problem.line });
		case 'import_bad_currency':
			return m.error_import_bad_currency({ line: problem.line });
		case 'import_unbalanced':
			return m.error_import_unbalanced({ line: problem.line });
	}
}
