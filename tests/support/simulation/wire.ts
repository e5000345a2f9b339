/** The network between one client and the server: a line that can be cut or held up, and calls that get lost. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import type { Fate } from './plan.ts';

export type Wire = {
	/** What the client connects to. */
	port: number;
	/** Ends what is connected, without a word to either side. */
	cut: () => void;
	/** Lets nothing through for a while, in either direction. */
	stall: (ms: number) => Promise<void>;
	close: () => void;
};

/** A line to a port of this machine. */
export async function openWire(to: number): Promise<Wire> {
	const lines = new Set<{ near: Socket; far: Socket }>();
	let stalled = 0;
	const join = ({ near, far }: { near: Socket; far: Socket }): void => {
		near.pipe(far);
		far.pipe(near);
	};
	const server = createServer((near) => {
		const line = { near, far: connect(to, '127.0.0.1') };
		lines.add(line);
		for (const end of [line.near, line.far]) {
			end.setNoDelay(true);
			end.on('error', () => undefined);
			end.once('close', () => {
				lines.delete(line);
				line.near.destroy();
				line.far.destroy();
			});
		}
		if (stalled === 0) join(line);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const cut = (): void => {
		for (const { near } of lines) near.destroy();
	};
	return {
		port: (server.address() as AddressInfo).port,
		cut,
		async stall(ms) {
			stalled++;
			for (const { near, far } of lines) {
				near.unpipe(far);
				far.unpipe(near);
			}
			await delay(ms);
			if (--stalled === 0) for (const line of lines) join(line);
		},
		close: () => {
			server.close();
			cut();
		}
	};
}

/** No answer came. Whether the server has done what it was asked, nobody knows. */
export class NoAnswer extends Error {
	override name = 'NoAnswer';
}

/** Sends calls as they fare. */
export function faring(send: typeof fetch, fate: Fate, dice: Dice): typeof fetch {
	switch (fate) {
		case 'fine':
			return send;
		case 'slow':
			return async (...request) => {
				await delay(dice.number(5, 40));
				const answer = await send(...request);
				await delay(dice.number(5, 40));
				return answer;
			};
		case 'unsent':
			return async () => {
				await delay(dice.number(5, 30));
				throw new NoAnswer();
			};
		case 'unanswered':
			return async (...request) => {
				await send(...request);
				await delay(dice.number(0, 20));
				throw new NoAnswer();
			};
		case 'twice':
			return async (...request) => {
				const answers = await Promise.all([send(...request), send(...request)]);
				return answers.find(({ ok }) => ok) ?? answers[0];
			};
	}
}
