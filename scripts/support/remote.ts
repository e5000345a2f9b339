/** A person at a running Quits, through nothing but its HTTP API. */
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '#server/trpc/router.ts';
import type { Mapping } from '#lib/statement/types.ts';
import { isEnded, isWaiting } from '#lib/uploads.ts';

export type Api = TRPCClient<AppRouter>;

export type Statement = { name: string; bytes: Uint8Array<ArrayBuffer> };

export type Remote = {
	token: string;
	api: Api;
	/** Hands a statement in and resolves with its id, long before it is read. */
	send: (
		statement: Statement,
		options?: { accountId?: string; mapping?: Mapping; preview?: boolean }
	) => Promise<string>;
	/** Hands a statement in and resolves with what came of it. */
	importStatement: (
		statement: Statement,
		options?: { accountId?: string; preview?: boolean }
	) => Promise<Awaited<ReturnType<Api['uploads']['get']['query']>>>;
};

export type Registration = Parameters<Api['auth']['register']['mutate']>[0];

const apiAt = (url: string, token?: string): Api =>
	createTRPCClient<AppRouter>({
		links: [httpLink({ url: `${url}/api/trpc`, headers: token ? { authorization: `Bearer ${token}` } : {} })]
	});

/** Makes an account and signs in to it. */
export async function register(url: string, registration: Registration): Promise<Remote> {
	const answer = await apiAt(url).auth.register.mutate(registration);
	if (answer.status !== 'ok') throw new Error('this server makes accounts by mail');
	return remote(url, answer.token);
}

/** Whoever a token belongs to. */
export function remote(url: string, token: string): Remote {
	const api = apiAt(url, token);
	const send: Remote['send'] = async ({ name, bytes }, { accountId, mapping, preview } = {}) => {
		const body = new FormData();
		body.set('file', new File([bytes], name, { type: 'text/csv' }));
		if (accountId) body.set('accountId', accountId);
		if (mapping) body.set('mapping', JSON.stringify(mapping));
		if (preview) body.set('preview', '1');
		const headers = { authorization: `Bearer ${token}` };
		const response = await fetch(`${url}/api/uploads`, { method: 'POST', body, headers });
		const answer = (await response.json()) as { uploadId: string } | { message: string };
		if ('uploadId' in answer) return answer.uploadId;
		throw new Error(`${name} was refused: ${answer.message}`);
	};
	return {
		token,
		api,
		send,
		importStatement: async (statement, options) => {
			const id = await send(statement, options);
			for (;;) {
				const upload = await api.uploads.get.query({ id });
				if (isEnded(upload.status) || isWaiting(upload.status)) return upload;
				await new Promise((resolve) => setTimeout(resolve, 25));
			}
		}
	};
}
