/**
 * Many sockets in a process of their own, so that hearing costs the server's loop nothing. Forked by a benchmark, it is sent one
 * {@link Listening} per server and says what its sockets have heard, and when.
 */
import { io, type Socket } from 'socket.io-client';

export type Listening = {
	/** What the messages about it are called. */
	name: string;
	url: string;
	/** One socket each; null connects without one. */
	tokens: (string | null)[];
};

/** To the benchmark: all sockets are open, or all of them have heard a revision, each at these moments. */
export type Report = { name: string } & ({ open: true } | { revision: number; at: number[] });

/** Milliseconds on the machine's one steady clock: the same in every process, and no clock that is set moves it. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6;

async function listen({ name, url, tokens }: Listening): Promise<void> {
	const heard = new Map<number, number[]>();
	const opening = tokens.map(async (token) => {
		const socket: Socket = io(url, {
			transports: ['websocket'],
			forceNew: true,
			...(token !== null && { auth: { token } })
		});
		socket.on('group:changed', ({ revision }: { revision: number }) => {
			const at = heard.get(revision) ?? [];
			at.push(machineMs());
			heard.set(revision, at);
			if (at.length < tokens.length) return;
			heard.delete(revision);
			tell({ name, revision, at });
		});
		await new Promise<void>((resolve) => socket.once('connect', resolve));
	});
	await Promise.all(opening);
	tell({ name, open: true });
}

const tell = (report: Report): void => void process.send?.(report);

process.on('message', (message: Listening) => void listen(message));
process.on('disconnect', () => process.exit(0));
