import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { RequestEvent } from '@sveltejs/kit';
import { app } from '#server/app.ts';
import { isLoopback } from '#server/auth/caller.ts';
import { deviceCookie, sessionCookie } from '#server/auth/cookie.ts';
import { sessionOf } from '#server/auth/identify.ts';
import { newToken } from '#server/auth/token.ts';
import { DomainError } from '#server/errors.ts';
import { checkJson, problemOf, readBody, retryAfter } from '#server/http.ts';
import { appRouter } from '#server/trpc/router.ts';

const maxBodyBytes = 1024 * 1024;
// It carries a file.
const maxImportBytes = 8 * 1024 * 1024;
const maxCalls = 10;
const cookieDays = 30;
const deviceDays = 400; // as long as browsers keep any cookie

async function handler(event: RequestEvent): Promise<Response> {
	const { request, locals, cookies, params } = event;
	const limit = params.procedure === 'expenses.import' ? maxImportBytes : maxBodyBytes;
	const { config, log } = app();
	const cookie = sessionCookie(config);
	// A browser that has no name yet gets one with its first session. Programs say no Origin, and keep no cookies.
	const device = cookies.get(deviceCookie) ?? (request.headers.has('origin') ? newToken() : undefined);
	try {
		const limited =
			request.method === 'POST'
				? new Request(request.url, {
						method: 'POST',
						headers: request.headers,
						body: checkJson(request, await readBody(request, limit, new DomainError('TOO_LARGE')))
					})
				: request;
		return await fetchRequestHandler({
			endpoint: '/api/trpc',
			req: limited,
			router: appRouter,
			maxBatchSize: maxCalls,
			createContext: async () => {
				// A body may have taken minutes to come, and the session may have ended meanwhile.
				const identity = request.method === 'POST' ? await locals.identifyAgain() : locals.identity;
				return {
					app: app(),
					identity,
					cookieSession: request.headers.has('authorization') ? undefined : sessionOf(identity),
					locale: locals.locale,
					address: event.getClientAddress(),
					userAgent: request.headers.get('user-agent') ?? '',
					device,
					passedOn: isPassedOn(event, config.trustProxy),
					setToken: (token) => {
						if (token) cookies.set(cookie.name, token, { ...cookie.options, maxAge: cookieDays * 86_400 });
						else cookies.delete(cookie.name, cookie.options);
						if (token && device)
							cookies.set(deviceCookie, device, { ...cookie.options, maxAge: deviceDays * 86_400 });
					}
				};
			},
			responseMeta: ({ errors }) => {
				const waits = errors.map(({ cause }) => (cause instanceof DomainError ? retryAfter(cause) : {}));
				return { headers: Object.assign({}, ...waits) as Record<string, string> };
			}
		});
	} catch (error) {
		return problemOf(error, locals.locale, log);
	}
}

const proxyHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];

/** A proxy on this machine makes everybody look as if they sat at it; it says so itself, or by the name that was asked for. */
const isPassedOn = ({ request, url }: RequestEvent, trustProxy: boolean): boolean =>
	!trustProxy && (proxyHeaders.some((name) => request.headers.has(name)) || !isLoopbackName(url.hostname));

const isLoopbackName = (name: string): boolean =>
	name === 'localhost' || isLoopback(name.replace(/^\[|\]$/g, ''));

export const GET = handler;
export const POST = handler;
