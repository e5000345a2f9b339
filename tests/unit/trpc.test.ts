import { initTRPC } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { expect, it } from 'vitest';
import { api, CallError, errorData } from '#lib/trpc.ts';

const t = initTRPC.create();
const echo = t.procedure.input((input) => input);
const router = t.router({
	deep: t.router({
		query: echo.query(({ input }) => ({ query: input ?? null })),
		mutation: echo.mutation(({ input }) => ({ mutation: input ?? null })),
		broken: t.procedure.query(() => {
			throw new Error('broken');
		})
	})
});

/** The library's own server behind a `fetch`, and what it was asked. */
function wired() {
	const asked: string[] = [];
	const fetcher = async (url: RequestInfo | URL, init?: RequestInit) => {
		const req = new Request(new URL(String(url), 'http://quits.test'), init);
		asked.push(`${req.method} ${decodeURIComponent(new URL(req.url).pathname.slice('/api/trpc/'.length))}`);
		return fetchRequestHandler({ endpoint: '/api/trpc', req, router });
	};
	type Client = Record<'deep', Record<'query' | 'mutation' | 'broken', Record<'query' | 'mutate', Ask>>>;
	type Ask = (input?: unknown) => Promise<unknown>;
	return { asked, deep: (api(fetcher) as unknown as Client).deep };
}

it('asks for what is wanted at the same moment in one request', async () => {
	const { deep, asked } = wired();
	const answers = await Promise.all([
		deep.query.query({ name: 'Zoë & co ?#' }),
		deep.query.query(),
		deep.mutation.mutate({ n: 1 })
	]);
	expect(answers).toEqual([{ query: { name: 'Zoë & co ?#' } }, { query: null }, { mutation: { n: 1 } }]);
	expect(asked).toEqual(['GET deep.query,deep.query', 'POST deep.mutation']);
});

it('puts no more calls into a request than the server takes', async () => {
	const { deep, asked } = wired();
	const answers = await Promise.all(Array.from({ length: 23 }, (_, n) => deep.query.query(n + 1)));
	expect(answers).toEqual(Array.from({ length: 23 }, (_, n) => ({ query: n + 1 })));
	expect(asked.map((request) => request.split(',').length)).toEqual([10, 10, 3]);
});

it('fails one call and answers the others of the same request', async () => {
	const { deep } = wired();
	const [good, bad] = await Promise.allSettled([deep.query.query(1), deep.broken.query()]);
	expect(good).toEqual({ status: 'fulfilled', value: { query: 1 } });
	expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'broken' } });
	expect(bad.status === 'rejected' && bad.reason).toBeInstanceOf(CallError);
});

it('tells what a server says that refuses the whole request', async () => {
	const body = { code: 'FORBIDDEN', reason: 'cross_origin', params: {}, message: 'Not from here.' };
	const refusing = api(async () => Response.json(body, { status: 403 }));
	const error = await refusing.auth.me.query().catch((error: unknown) => error);
	expect((error as Error).message).toBe('Not from here.');
	expect(errorData(error)).toMatchObject({ code: 'FORBIDDEN', reason: 'cross_origin' });
});

it('takes what is no answer of ours for none', async () => {
	for (const answer of [
		() => Promise.reject(new TypeError('Failed to fetch')),
		() => Promise.resolve(new Response('<h1>502 Bad Gateway</h1>', { status: 502 })),
		() => Promise.resolve(Response.json([])),
		() => Promise.resolve(Response.json(null))
	]) {
		const error = await api(answer)
			.auth.me.query()
			.catch((error: unknown) => error);
		expect(error).toBeInstanceOf(CallError);
		expect(errorData(error)).toBeNull();
	}
});
