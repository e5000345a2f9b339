/** A client that shows a group as a page does: it loads, and loads again when it hears that something has changed. */
import { setTimeout as delay } from 'node:timers/promises';
import { createTRPCClient, httpLink, TRPCClientError, type TRPCClient } from '@trpc/client';
import { io, type Socket } from 'socket.io-client';
import type { ErrorData } from '#lib/errors.ts';
import type { ClientEvents, ServerEventPayload, ServerEvents } from '#lib/realtime/events.ts';
import type { AppRouter } from '#server/trpc/router.ts';
import { diceOf } from './dice.ts';
import { fateNames, type Fate } from './plan.ts';
import type { SimulatedQuits } from './quits.ts';
import { faring, openWire } from './wire.ts';

export type Api = TRPCClient<AppRouter>;
/** `memberId`: who they are in the group, whether they are in it now or not. */
export type Person = { id: string; name: string; token: string; memberId: string };
export type Shown = Awaited<ReturnType<typeof load>>;

/** What the page of a group shows. The revision comes first: what is newer than it is loaded again. */
export async function load(api: Api, groupId: string) {
	const group = await api.groups.get.query({ groupId });
	const [balances, expenses, settlements] = await Promise.all([
		api.groups.balances.query({ groupId }),
		api.expenses.list.query({ groupId, limit: 200 }),
		api.settlements.list.query({ groupId, limit: 200 })
	]);
	return { group, balances, expenses: expenses.items, settlements: settlements.items };
}

/** What was removed and can be restored: a page of its own. */
export const removedOf = async ({ ask, groupId }: Client): Promise<Shown['expenses']> =>
	(await ask('fine', (api) => api.expenses.list.query({ groupId, limit: 200, removed: true }))).items;

/** What the server says no with; null when there was no answer at all. Anything else that went wrong is thrown on. */
export function refusalOf(error: unknown): ErrorData | null {
	if (!(error instanceof TRPCClientError)) throw error;
	return (error.data as ErrorData | undefined) ?? null;
}

/** `connection`: its how manyth, for what is missed between two of them is loaded. */
export type Heard = ServerEventPayload<'group:changed'> & { connection: number };

export type Client = {
	person: Person;
	groupId: string;
	/** What the page shows; null before the first load, and for whoever is not in the group. */
	readonly shown: Shown | null;
	/** Every `group:changed` it has heard. */
	heard: readonly Heard[];
	/** Who is looking, as last heard. */
	readonly looking: readonly string[];
	/** What a step asks for, sent again until there is an answer. Rejects with what the server says no with. */
	ask: <T>(fate: Fate, send: (api: Api) => Promise<T>) => Promise<T>;
	/** Calls that nothing happens to. */
	api: Api;
	/** Looks at the group again. */
	reload: () => Promise<void>;
	/** It may have come (back) into the group: it looks. */
	enter: () => Promise<void>;
	/** It is not in the group any more. */
	exit: () => void;
	/** Resolves once it shows what it was loading. */
	settled: () => Promise<void>;
	cut: () => void;
	stall: (ms: number) => Promise<void>;
	close: () => void;
	counts: { retries: number; loads: number; cuts: number };
};

/** How long a page waits before it tries again: longer each time. */
const patienceMs = (tries: number): number => Math.min(120, 15 * 2 ** tries);

/** Opens the page of a group for somebody; the socket is real and its line can be cut. `seed`: of what the network does to loads. */
export async function openClient(
	quits: SimulatedQuits,
	person: Person,
	groupId: string,
	seed: number
): Promise<Client> {
	const dice = diceOf(seed);
	const wire = await openWire(quits.port);
	const send = quits.fetchFor(person.token);
	const apiAs = (fate: Fate): Api =>
		createTRPCClient<AppRouter>({
			links: [
				httpLink({
					url: quits.apiUrl,
					headers: { authorization: `Bearer ${person.token}` },
					fetch: faring(send, fate, dice)
				})
			]
		});
	const apis = new Map(fateNames.map((fate) => [fate, apiAs(fate)]));
	const api = apis.get('fine')!;
	const counts = { retries: 0, loads: 0, cuts: 0 };
	const heard: Heard[] = [];
	let connection = 0;
	let shown: Shown | null = null;
	let looking: string[] = [];
	let inside = false;
	/** Counts coming and going: what was asked for during one visit says nothing of the next. */
	let visit = 0;
	let closed = false;
	/** The highest revision heard of, and what is loading now. */
	let newest = 0;
	let stale = false;
	let loading: Promise<void> | null = null;

	const ask: Client['ask'] = async (fate, call) => {
		for (let tries = 0; ; tries++) {
			try {
				return await call(tries === 0 ? apis.get(fate)! : api);
			} catch (error) {
				if (refusalOf(error) !== null) throw error;
				if (tries > 500) throw new Error(`${person.name} has had no answer for long`, { cause: error });
				counts.retries++;
				await delay(patienceMs(tries));
			}
		}
	};
	const exit = (): void => {
		visit++;
		inside = false;
		shown = null;
		looking = [];
	};
	const keepLoading = async (): Promise<void> => {
		for (let tries = 0; inside && stale && !closed;) {
			// Several things often happen at once, and one look shows them all.
			await delay(dice.number(0, 20));
			stale = false;
			counts.loads++;
			const mine = visit;
			const fate = dice.chance(10) ? dice.pick(['slow', 'unanswered'] as const) : 'fine';
			try {
				const loaded = await load(apis.get(fate)!, groupId);
				if (mine !== visit) continue;
				shown = loaded;
				tries = 0;
				if (newest > loaded.group.revision) stale = true;
			} catch (error) {
				const refusal = refusalOf(error);
				if (mine !== visit) continue;
				if (refusal?.code === 'NOT_FOUND') return exit();
				if (refusal !== null) throw error;
				stale = true;
				await delay(patienceMs(tries++));
			}
		}
	};
	const reload = (): Promise<void> => {
		stale = true;
		loading ??= keepLoading().finally(() => {
			loading = null;
			if (inside && stale && !closed) return reload(); // asked for in the very moment in which it ended
		});
		return loading;
	};

	const socket: Socket<ServerEvents, ClientEvents> = io(`http://127.0.0.1:${wire.port}`, {
		transports: ['websocket'],
		auth: { token: person.token },
		forceNew: true,
		reconnectionDelay: 20,
		reconnectionDelayMax: 120
	});
	const focus = (): void => void socket.emit('group:focus', { groupId });
	const reloadUnheeded = (): void => void reload().catch(fail);
	let failure: unknown = null;
	const fail = (error: unknown): void => void (failure ??= error);
	socket.on('connect', () => {
		connection++;
		focus();
		if (inside) reloadUnheeded();
	});
	// Where the server has closed the door Socket.IO leaves it at that; a page asks again.
	const comeBack = (): void => {
		if (!socket.active && !closed) setTimeout(() => socket.connect(), 60);
	};
	socket.on('disconnect', comeBack);
	socket.on('connect_error', comeBack);
	socket.on('group:changed', (event) => {
		if (event.groupId !== groupId) return;
		heard.push({ ...event, connection });
		newest = Math.max(newest, event.revision);
		if (inside && newest > (shown?.group.revision ?? 0)) reloadUnheeded();
	});
	socket.on('group:presence', (event) => void (looking = [...event.memberIds]));
	socket.on('group:left', () => {
		// It may be about an earlier time here: loading tells.
		if (inside) reloadUnheeded();
	});
	if (!socket.connected) await new Promise<void>((resolve) => socket.once('connect', resolve));

	return {
		person,
		groupId,
		heard,
		ask,
		api,
		reload,
		exit,
		counts,
		get shown() {
			return shown;
		},
		get looking() {
			return looking;
		},
		async enter() {
			visit++;
			inside = true;
			focus();
			await reload();
		},
		async settled() {
			while (loading) await loading;
			if (failure !== null) throw failure;
		},
		cut: () => {
			counts.cuts++;
			wire.cut();
		},
		stall: wire.stall,
		close: () => {
			closed = true;
			socket.disconnect();
			wire.close();
		}
	};
}
