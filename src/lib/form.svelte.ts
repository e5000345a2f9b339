/** A form that calls the server: busy while it runs, what went wrong when it fails, and what was typed stays. Browser only. */
import { tick } from 'svelte';
import { Cancelled, problemOf, type Problem } from './problem.ts';

export class Form {
	busy = $state(false);
	problem: Problem | null = $state.raw(null);

	/** What is wrong with a field of the input, if anything. */
	error(field: string): string | undefined {
		return this.problem?.fields[field];
	}

	/** What went wrong apart from single fields. */
	get message(): string | null {
		return this.problem && Object.keys(this.problem.fields).length === 0 ? this.problem.message : null;
	}

	/** A submit handler. After a failure the focus goes to the first field at fault. */
	submit(work: () => Promise<unknown>) {
		return async (event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> => {
			event.preventDefault();
			const element = event.currentTarget;
			if (this.busy || (await this.run(work))) return;
			await tick();
			element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
		};
	}

	/** For what is no submit: another button of the form. Answers whether it worked; what was cancelled leaves no problem. */
	async run(work: () => Promise<unknown>): Promise<boolean> {
		if (this.busy) return false;
		this.busy = true;
		this.problem = null;
		try {
			await work();
			return true;
		} catch (error) {
			this.problem = error instanceof Cancelled ? null : problemOf(error);
			return false;
		} finally {
			this.busy = false;
		}
	}
}
