/**
 * The typed client that pages use: tRPC's calls over HTTP, those of one moment in one request. The library's own client weighs
 * six times as much on every page, and does more than pages need. The router's type is all that comes from the server.
 */
import type { TRPCClient } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { ErrorData } from './errors.ts';
import type { AppRouter } from '#server/trpc/router.ts';

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

/** A call that failed: with what the server says of it, or null when it never got there. */
export class CallError extends Error {
	readonly data: ErrorData | null;

	constructor(message: string, data: ErrorData | null) {
		super(message);
		this.data = data;
	}
}

type Kind = 'query' | 'mutate';
type Call = {
	path: string;
	input: unknown;
	resolve: (value: unknown) => void;
	reject: (error: CallError) => void;
};
type Answer = { result?: { data: unknown }; error?: { message: string; data: ErrorData } };

// As many as the server takes in one request.
const maxCalls = 10;

/** Calls procedures of this server; in a `load` function hand over its `fetch`. */
export function api(fetcher: typeof fetch = fetch): TRPCClient<AppRouter> {
	const waiting: Record<Kind, Call[]> = { query: [], mutate: [] };

	const call = (kind: Kind, path: string, input: unknown): Promise<unknown> =>
		new Promise((resolve, reject) => {
			if (waiting[kind].push({ path, input, resolve, reject }) === 1) queueMicrotask(() => sendAll(kind));
		});

	function sendAll(kind: Kind): void {
		const calls = waiting[kind].splice(0);
		while (calls.length > 0) void send(fetcher, kind, calls.splice(0, maxCalls));
	}

	const at = (path: readonly string[]): unknown =>
		new Proxy(() => undefined, {
			get: (_, name) => at([...path, String(name)]),
			apply: (_, __, [input]: unknown[]) => call(path.at(-1) as Kind, path.slice(0, -1).join('.'), input)
		});
	return at([]) as TRPCClient<AppRouter>;
}

async function send(fetcher: typeof fetch, kind: Kind, calls: readonly Call[]): Promise<void> {
	const url = `/api/trpc/${calls.map(({ path }) => path).join(',')}?batch=1`;
	const inputs = JSON.stringify(Object.fromEntries(calls.map(({ input }, index) => [index, input])));
	const request =
		kind === 'query'
			? fetcher(`${url}&input=${encodeURIComponent(inputs)}`)
			: fetcher(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: inputs });
	const answers = await request.then((response) => response.json() as Promise<unknown>).catch(() => null);
	// What is refused as a whole has one answer for all.
	calls.forEach((call, index) => settle(call, Array.isArray(answers) ? answers[index] : answers));
}

function settle({ path, resolve, reject }: Call, answer: (Answer & Partial<ErrorData>) | null): void {
	if (answer?.result) resolve(answer.result.data);
	else if (answer?.error) reject(new CallError(answer.error.message, answer.error.data));
	else if (answer?.reason) {
		const { message } = answer as { message?: string };
		reject(new CallError(message ?? answer.reason, answer as ErrorData));
	} else reject(new CallError(`${path} was not answered`, null));
}

/** What a failed call says of itself; null when it never reached the server. */
export function errorData(error: unknown): ErrorData | null {
	return error instanceof CallError ? error.data : null;
}
