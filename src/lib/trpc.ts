/** The typed client that pages use. The router's type is all that comes from the server. */
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { ErrorData } from './errors.ts';
import type { AppRouter } from '#server/trpc/router.ts';

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

/** Calls procedures of this server; in a `load` function hand over its `fetch`. */
export const api = (fetcher?: typeof fetch) =>
	createTRPCClient<AppRouter>({
		links: [httpBatchLink({ url: '/api/trpc', maxItems: 10, ...(fetcher && { fetch: fetcher }) })]
	});

/** What a failed call says of itself; null when it never reached the server. */
export function errorData(error: unknown): ErrorData | null {
	return error instanceof TRPCClientError ? ((error.data as ErrorData | undefined) ?? null) : null;
}
