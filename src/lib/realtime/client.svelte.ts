/** The page's live connection: whether it stands, and what to do on each event. */
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEventName, ServerEventPayload, ServerEvents } from './events.ts';

type LiveSocket = Socket<ServerEvents, ClientEvents>;

let socket: LiveSocket | undefined;
let state = $state<'idle' | 'connected' | 'lost'>('idle');
let onceConnected: readonly (() => void)[] = [];
let onceRefused: readonly (() => void)[] = [];
/** How often in a row the server itself has closed the door or kept it shut. */
let closed = 0;

/**
 * How long to wait before asking again where the server itself has closed the door: at first a moment, in which the answer
 * to what we have just done brings us a new session.
 */
const patienceMs = [100, 500, 2000] as const;

/** The connection is gone. Where the network took it Socket.IO tries again; where the server did (a restart), we have to. */
function lost(current: LiveSocket): void {
	state = 'lost';
	if (current.active) return;
	const patience = patienceMs[closed++] ?? patienceMs[2];
	setTimeout(() => current === socket && current.connect(), patience);
}

/** One refusal may be a session that has just been replaced; after another one the page has to look where it belongs. */
function refused(current: LiveSocket): void {
	lost(current);
	if (!current.active && closed === 3) for (const look of onceRefused) look();
}

export const live = {
	/** `lost` from the first moment the connection is gone until it is back. */
	get state() {
		return state;
	},

	/** Opens the connection; a page that has one keeps it. */
	connect(): void {
		if (socket) return;
		const opened: LiveSocket = io({ transports: ['websocket', 'polling'] });
		socket = opened;
		socket.on('connect', () => {
			state = 'connected';
			closed = 0;
			// Events may have been missed since the page was loaded: whoever shows something loads it again.
			for (const reload of onceConnected) reload();
		});
		socket.on('disconnect', () => lost(opened));
		socket.on('connect_error', () => refused(opened));
	},

	/** Says which group's page is on the screen, for its other members to see. The server forgets it with the connection. */
	focus(groupId: string | null): void {
		if (socket?.connected) socket.emit('group:focus', { groupId });
	},

	/** Closes it, when the person signs out. */
	disconnect(): void {
		socket?.disconnect();
		socket = undefined;
		state = 'idle';
	},

	/** Calls `handle` on each such event. Returns how to stop, so that it can be the result of an `$effect`. */
	on<E extends ServerEventName>(event: E, handle: (payload: ServerEventPayload<E>) => void): () => void {
		live.connect();
		// Socket.IO types `on` by one overload an event, which a generic event name cannot pick from.
		const untyped = socket as unknown as Socket;
		const name: string = event;
		untyped.on(name, handle);
		return () => void untyped.off(name, handle);
	},

	/** Calls `reload` whenever the connection comes up, the first time too. Returns how to stop. */
	onConnect(reload: () => void): () => void {
		onceConnected = [...onceConnected, reload];
		return () => {
			onceConnected = onceConnected.filter((other) => other !== reload);
		};
	},

	/** Calls `look` when the server keeps refusing the connection: the session may be over. Returns how to stop. */
	onRefused(look: () => void): () => void {
		onceRefused = [...onceRefused, look];
		return () => {
			onceRefused = onceRefused.filter((other) => other !== look);
		};
	}
};
