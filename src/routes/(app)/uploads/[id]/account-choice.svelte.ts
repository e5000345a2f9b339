/** Which account an import goes to: one there is, or a new one with a name. */
import { v7 } from 'uuid';
import { m } from '#lib/paraglide/messages.js';
import { api, type Outputs } from '#lib/trpc.ts';

export const newAccount = 'new';

export class AccountChoice {
	readonly accounts: Outputs['accounts']['list'];
	/** An account's id, or {@link newAccount}. */
	selected: string = $state(newAccount);
	name: string = $state('');
	/** The person has said so, rather than left it as it was found. */
	chosen: boolean = $state(false);
	/** Made once, so that a second try after a failure makes no second account. */
	readonly #newId = v7();

	constructor(accounts: Outputs['accounts']['list'], known: string | null, filename: string) {
		this.accounts = accounts;
		this.selected = accounts.some(({ id }) => id === known) ? known! : newAccount;
		this.name = filename
			.replace(/\.[a-z0-9]+$/i, '')
			.replace(/[_-]+/g, ' ')
			.trim()
			.slice(0, 80);
	}

	choose(value: string) {
		this.selected = value;
		this.chosen = true;
	}

	/** Every account, and a new one. */
	get options(): { value: string; label: string }[] {
		return [
			...this.accounts.map(({ id, name }) => ({ value: id, label: name })),
			{ value: newAccount, label: m.uploads_account_new() }
		];
	}

	get isNew(): boolean {
		return this.selected === newAccount;
	}

	get ready(): boolean {
		return !this.isNew || this.name.trim() !== '';
	}

	/** The id of the account, which is made now if it is a new one. */
	async settle({ currency, identifier }: { currency: string; identifier: string | null }): Promise<string> {
		if (!this.isNew) return this.selected;
		const { id } = await api().accounts.create.mutate({
			id: this.#newId,
			name: this.name,
			currency,
			...(identifier && { identifier: identifier.slice(0, 60) })
		});
		return id;
	}
}
