/** A way to an app in this process: every call becomes a request and every answer JSON, but no port is needed. */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { asLocale } from '#lib/i18n.ts';
import type { App } from '#server/app.ts';
import { identify } from '#server/auth/identify.ts';
import { appRouter } from '#server/trpc/router.ts';

/** Who is calling, as far as the server can tell. */
export type Caller = { token?: string | undefined; address?: string; locale?: string };

/** Where requests to it seem to go. */
export const linkUrl = 'http://quits.test/api/trpc';

/** Answers requests as the server does. */
export const fetchOf = (app: App, { token, address = '127.0.0.1', locale }: Caller): typeof fetch =>
	(async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
		fetchRequestHandler({
			endpoint: '/api/trpc',
			req: new Request(input, init),
			router: appRouter,
			createContext: async () => {
				const identity = token ? await identify(app.db, token) : null;
				return {
					app,
					identity,
					address,
					locale: asLocale(identity?.user.locale ?? locale ?? 'en'),
					userAgent: 'tests',
					setToken: () => {}
				};
			}
		})) as typeof fetch;
