/** Every request passes here: who is asking, in which language, from which page, and what goes out with the answer. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { v7 } from 'uuid';
import {
	baseLocale,
	extractLocaleFromRequest,
	isLocale,
	overwriteServerAsyncLocalStorage,
	type ParaglideAsyncLocalStorage
} from '#lib/paraglide/runtime.js';
import { app } from '#server/app.ts';
import { bearerToken, cookieToken } from '#server/auth/cookie.ts';
import { identify } from '#server/auth/identify.ts';
import { DomainError } from '#server/errors.ts';
import { problem } from '#server/http.ts';
import { oneClickPath } from '#server/mail/stop-link.ts';
import { isOwnPage } from '#server/origin.ts';

const language: ParaglideAsyncLocalStorage = new AsyncLocalStorage();
overwriteServerAsyncLocalStorage(language);

const securityHeaders = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'permissions-policy': 'camera=(), microphone=(), geolocation=()'
};

// A year, as browsers ask for before they take it seriously.
const hsts = 'max-age=31536000';

export const handle: Handle = async ({ event, resolve }) => {
	const { request } = event;
	const { config, db } = app();
	const bearer = bearerToken(request.headers.get('authorization'));
	const token = bearer ?? cookieToken(config, request.headers.get('cookie') ?? '');
	event.locals.identifyAgain = async () => (token ? identify(db, token) : null);
	event.locals.identity = await event.locals.identifyAgain();
	event.locals.locale = chooseLocale(event.locals.identity?.user.locale, request);
	const mayComeFromElsewhere = bearer !== undefined || event.url.pathname === oneClickPath;
	if (changesThings(request.method) && !mayComeFromElsewhere && !isOwnPage(config, pageHeaders(request))) {
		return problem(new DomainError('FORBIDDEN', 'cross_origin'), event.locals.locale);
	}
	const { locale } = event.locals;
	const theme = event.locals.identity?.user.theme ?? 'system';
	const store = { locale, origin: event.url.origin, messageCalls: new Set<string>() };
	const response = await (language.run(store, () =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%theme%', theme)
		})
	) as Promise<Response>);
	for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
	if (config.publicUrl.startsWith('https:')) response.headers.set('strict-transport-security', hsts);
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
	return response;
};

/** The person's own language; before they sign in, their cookie's or their browser's. */
function chooseLocale(chosen: string | undefined, request: Request) {
	if (isLocale(chosen)) return chosen;
	const wanted: unknown = extractLocaleFromRequest(request);
	return isLocale(wanted) ? wanted : baseLocale;
}

const pageHeaders = ({ headers }: Request) => ({
	origin: headers.get('origin') ?? undefined,
	host: headers.get('host') ?? undefined,
	'sec-fetch-site': headers.get('sec-fetch-site') ?? undefined
});

const changesThings = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

export const handleError: HandleServerError = ({ error, kind, event }) => {
	if (kind !== 'unknown') return;
	const errorId = v7();
	app().log.error({ err: error, errorId, path: event.url.pathname }, 'a page failed');
	return { message: 'unexpected', errorId };
};
