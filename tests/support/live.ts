/** One live connection, with everything it has heard. */
import { io, type Socket } from 'socket.io-client';
import type {
	ClientEvents,
	ServerEventName,
	ServerEventPayload,
	ServerEvents
} from '#lib/realtime/events.ts';

type Heard = { [E in ServerEventName]: { event: E; payload: ServerEventPayload<E> } }[ServerEventName];

export type Live = {
	socket: Socket<ServerEvents, ClientEvents>;
	/** Every event so far, in the order of arrival. */
	heard: readonly Heard[];
	/** What came with the events of one name so far. */
	all: <E extends ServerEventName>(event: E) => ServerEventPayload<E>[];
	/** The first event of that name that fits, be it one heard already or one to come. Rejects when the connection ends first. */
	until: <E extends ServerEventName>(
		event: E,
		fits?: (payload: ServerEventPayload<E>) => boolean
	) => Promise<ServerEventPayload<E>>;
	/** Resolves when the server has closed the connection, with when that was. */
	closed: Promise<number>;
};

/** Milliseconds within which a connection ends that is told to: sooner than the sweep that would end it without being told. */
export const atOnce = 10_000;

type Options = { token?: string; cookie?: string; origin?: string; transport?: 'websocket' | 'polling' };

/** Opens a connection. Rejects with the server's reason when it is refused. */
export async function connectLive(
	url: string,
	{ token, cookie, origin, transport = 'websocket' }: Options
): Promise<Live> {
	const socket: Socket<ServerEvents, ClientEvents> = io(url, {
		transports: [transport],
		reconnection: false,
		forceNew: true,
		...(token !== undefined && { auth: { token } }),
		extraHeaders: { ...(cookie && { cookie }), ...(origin && { origin }) }
	});
	const heard: Heard[] = [];
	const waiting = new Set<() => void>();
	const closing = Promise.withResolvers<number>();
	// onAny is typed by the event's listener, not its payload.
	socket.onAny((event: ServerEventName, payload: unknown) => {
		heard.push({ event, payload } as Heard);
		for (const look of waiting) look();
	});
	socket.once('disconnect', () => closing.resolve(performance.now()));

	const all: Live['all'] = (event) =>
		heard.filter((h) => h.event === event).map((h) => h.payload as ServerEventPayload<typeof event>);
	const until: Live['until'] = (event, fits = () => true) => {
		const come = new Promise<ServerEventPayload<typeof event>>((resolve, reject) => {
			const look = (): void => {
				const found = all(event).find(fits);
				if (found === undefined) return;
				waiting.delete(look);
				resolve(found);
			};
			waiting.add(look);
			void closing.promise.then(() => {
				look();
				reject(new Error(`the live connection ended before ${event}`));
			});
			look();
		});
		come.catch(() => undefined); // a test may have stopped waiting when the connection ends
		return come;
	};

	await new Promise<void>((resolve, reject) => {
		socket.once('connect', resolve);
		socket.once('connect_error', (error) => {
			socket.disconnect();
			reject(error);
		});
	});
	return { socket, heard, all, until, closed: closing.promise };
}
