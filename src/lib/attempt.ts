import { Cancelled, problemOf } from './problem.ts';
import { withStepUp } from './step-up.svelte.ts';
import { toasts } from './toast.svelte.ts';

/** Runs a call outside of a form; what goes wrong is told in a toast. Answers whether it worked. Browser only. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
	try {
		await withStepUp(work);
		return true;
	} catch (error) {
		if (!(error instanceof Cancelled)) toasts.show(problemOf(error).message, { tone: 'bad' });
		return false;
	}
}
