/** Work that needs somebody to show once more that it is them: asked for once, when the server says so. Browser only. */
import { Cancelled } from './problem.ts';
import { errorData } from './trpc.ts';

type Asked = { resolve: () => void; reject: (reason: Cancelled) => void };

class StepUp {
	#asked: Asked[] = $state.raw([]);

	/** Whether the dialog of the layout is to be open. */
	get asking(): boolean {
		return this.#asked.length > 0;
	}

	/** Opens the dialog, or waits for the one that is open. Rejects with {@link Cancelled} when it is closed unanswered. */
	ask(): Promise<void> {
		return new Promise((resolve, reject) => (this.#asked = [...this.#asked, { resolve, reject }]));
	}

	/** The server has been shown. */
	done(): void {
		for (const { resolve } of this.#settle()) resolve();
	}

	cancel(): void {
		for (const { reject } of this.#settle()) reject(new Cancelled());
	}

	#settle(): Asked[] {
		const asked = this.#asked;
		this.#asked = [];
		return asked;
	}
}

export const stepUp = new StepUp();

/**
 * Runs a call; where it needs a fresh proof of who is asking, asks for that and runs it again. Rejects with
 * {@link Cancelled} when the person would rather not.
 */
export async function withStepUp<Answer>(work: () => Promise<Answer>): Promise<Answer> {
	try {
		return await work();
	} catch (error) {
		if (errorData(error)?.code !== 'STEP_UP_REQUIRED') throw error;
	}
	await stepUp.ask();
	return work();
}
