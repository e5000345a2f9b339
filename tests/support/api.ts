/** The API as a typed client calls it, whether the server is another process or this one. */
import {
	createTRPCClient,
	createTRPCUntypedClient,
	httpLink,
	TRPCClientError,
	type TRPCClient,
	type TRPCUntypedClient
} from '@trpc/client';
import { expect } from 'vitest';
import type { ErrorData } from '#lib/errors.ts';
import type { App } from '#server/app.ts';
import type { AppRouter } from '#server/trpc/router.ts';
import { fetchOf, linkUrl, type Caller } from './link.ts';

export type Api = TRPCClient<AppRouter>;

export type { Caller } from './link.ts';

/** The API of a server at an address. */
export const apiAt = (url: string, token?: string): Api =>
	createTRPCClient<AppRouter>({
		links: [httpLink({ url: `${url}/api/trpc`, headers: token ? { authorization: `Bearer ${token}` } : {} })]
	});

/** The API of an app in this process: every call becomes a request and every answer JSON, but no port is needed. */
export const apiOf = (app: App, caller: Caller = {}): Api =>
	createTRPCClient<AppRouter>({ links: [linkTo(app, caller)] });

/** The same for procedures that are named at run time. */
export const untypedApiOf = (app: App, caller: Caller = {}): TRPCUntypedClient<AppRouter> =>
	createTRPCUntypedClient<AppRouter>({ links: [linkTo(app, caller)] });

const linkTo = (app: App, caller: Caller) =>
	httpLink<AppRouter>({ url: linkUrl, fetch: fetchOf(app, caller) });

export type Refusal = ErrorData & { message: string; httpStatus: number };

/** What a call that is refused says. Fails when it is not refused. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
	const error = await call.then(
		(answer) => expect.fail(`this was to be refused, but answered ${JSON.stringify(answer)}`),
		(error: unknown) => error
	);
	if (!(error instanceof TRPCClientError)) throw error;
	return { message: error.message, ...(error.data as Omit<Refusal, 'message'>) };
}

type Registered = Awaited<ReturnType<Api['auth']['register']['mutate']>>;

/** The account that a sign-up made at once. Fails when it waits for a mailed link. */
export async function registered(call: Promise<Registered>): Promise<Extract<Registered, { status: 'ok' }>> {
	const answer = await call;
	if (answer.status !== 'ok') return expect.fail('this sign-up waits for a mailed link');
	return answer;
}
