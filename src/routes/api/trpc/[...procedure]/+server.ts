import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { RequestEvent } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { sessionCookie } from '#server/auth/cookie.ts';
import { DomainError } from '#server/errors.ts';
import { problemOf, readBody } from '#server/http.ts';
import { appRouter } from '#server/trpc/router.ts';

const maxBodyBytes = 1024 * 1024;
const maxCalls = 10;
const cookieDays = 30;

async function handler(event: RequestEvent): Promise<Response> {
	const { request, locals, cookies } = event;
	const { config, log } = app();
	const cookie = sessionCookie(config);
	try {
		const limited =
			request.method === 'POST'
				? new Request(request.url, {
						method: 'POST',
						headers: request.headers,
						body: await readBody(request, maxBodyBytes, new DomainError('TOO_LARGE'))
					})
				: request;
		return await fetchRequestHandler({
			endpoint: '/api/trpc',
			req: limited,
			router: appRouter,
			maxBatchSize: maxCalls,
			createContext: () => ({
				app: app(),
				session: locals.session,
				locale: locals.locale,
				address: event.getClientAddress(),
				userAgent: request.headers.get('user-agent') ?? '',
				setToken: (token) => {
					if (token) cookies.set(cookie.name, token, { ...cookie.options, maxAge: cookieDays * 86_400 });
					else cookies.delete(cookie.name, cookie.options);
				}
			})
		});
	} catch (error) {
		return problemOf(error, locals.locale, log);
	}
}

export const GET = handler;
export const POST = handler;
