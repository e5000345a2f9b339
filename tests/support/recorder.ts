/** A way to call a server that writes down all that must not tell a secret: every address, every error and every page. */
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '#server/trpc/router.ts';
import type { Api } from './api.ts';

export type Recorded = { what: string; text: string };

export function makeRecorder(base: string) {
	const seen: Recorded[] = [];
	const record = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
		const answer = await fetch(input, init);
		const { url, status } = answer;
		seen.push({ what: 'address', text: url });
		const isPage = answer.headers.get('content-type')?.startsWith('text/html');
		const body = await answer.clone().text();
		// A good answer may tell its caller what it was asked for; an error and a page may not.
		if (status >= 400 || isPage) seen.push({ what: `${status} ${url}`, text: body });
		for (const [name, value] of answer.headers) {
			if (name !== 'set-cookie') seen.push({ what: `header ${name} of ${url}`, text: value });
		}
		// A batch answers well as a whole although calls of it fail.
		if (body.includes('"error":{')) seen.push({ what: `an error in ${url}`, text: body });
		return answer;
	};
	return {
		seen,
		fetch: (path: string, init?: RequestInit) => record(base + path, init),
		api: (token?: string): Api =>
			createTRPCClient<AppRouter>({
				links: [
					httpLink({
						url: `${base}/api/trpc`,
						headers: token ? { authorization: `Bearer ${token}` } : {},
						fetch: record as typeof fetch
					})
				]
			})
	};
}
