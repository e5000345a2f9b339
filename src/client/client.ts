/** The typed client for programs: `import { createClient } from 'quits/client'`. Works in Node 20 and later, and in browsers. */
import { createTRPCUntypedClient, httpBatchLink } from '@trpc/client';
import type { AppRouter } from '#server/trpc/router.ts';
import { errorOfCall, errorOfResponse, unreachable } from './error.ts';
import { openLive, type Live, type LiveSocket } from './live.ts';
import type { Inputs, Kinds, Mapping, Outputs } from './types.ts';

export type ClientOptions = {
	/** Where Quits is, such as `http://localhost:3000`. */
	url: string;
	/** A session's token, as `auth.login` answers it, or an API token. In pages of Quits itself the cookie does. */
	token?: string | undefined;
};

export type CallOptions = { signal?: AbortSignal | undefined };

type Call<Input, Output> = undefined extends Input
	? (input?: Input, options?: CallOptions) => Promise<Output>
	: (input: Input, options?: CallOptions) => Promise<Output>;

type At<Types, Name> = Name extends keyof Types ? Types[Name] : never;

type Calls<Kind, Input, Output> = {
	readonly [Name in keyof Kind]: Kind[Name] extends 'query'
		? { query: Call<At<Input, Name>, At<Output, Name>> }
		: Kind[Name] extends 'mutation'
			? { mutate: Call<At<Input, Name>, At<Output, Name>> }
			: Calls<Kind[Name], At<Input, Name>, At<Output, Name>>;
};

/** A file and what it is called, without folders. */
export type Statement =
	{ name: string; bytes: Uint8Array | ArrayBuffer | Blob | string } | (Blob & { readonly name: string });

export type UploadOptions = CallOptions & {
	/** The account it belongs to. Without it, that is found by what the file says. */
	accountId?: string | undefined;
	/** How to read it, where its content leaves that open. */
	mapping?: Mapping | undefined;
	/** Stop before anything is imported, until `uploads.commit`. */
	preview?: boolean | undefined;
};

/** What a client does beside calling procedures. */
type Own = {
	/** Sends a statement. The answer comes before it is read: `uploads.get` and `live` tell what becomes of it. */
	uploadFile(file: Statement, options?: UploadOptions): Promise<{ uploadId: string }>;
	/** Gets a download, such as `/api/exports/transactions.csv?from=2026-01-01`. Its body can be read as it comes in. */
	download(path: string, options?: CallOptions): Promise<Response>;
	/**
	 * The live connection, opened when this is first read. Events are signals to load again, sent at most once: load when one
	 * comes, and at each `connect`. A process does not end by itself before `close`.
	 */
	readonly live: LiveSocket;
	/** Goes on as somebody else, or, without a token, as nobody. */
	setToken(token: string | undefined): void;
	/** Ends the live connection, if there is one. */
	close(): void;
};

/** Every procedure by its name, and the rest. Whatever fails rejects with a `QuitsError`; what is aborted, with the signal's reason. */
export type Client = Calls<Kinds, Inputs, Outputs> & Own;

// As many as the server takes, and well below the 16 KiB that Node allows for the head of a request.
const maxCalls = 10;
const maxAddressLength = 14_000;

export function createClient({ url, token: given }: ClientOptions): Client {
	const { origin } = new URL(url);
	let token = given;
	let live: Live | undefined;
	const headers = (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});
	const trpc = createTRPCUntypedClient<AppRouter>({
		links: [
			httpBatchLink({
				url: `${origin}/api/trpc`,
				headers,
				maxItems: maxCalls,
				maxURLLength: maxAddressLength
			})
		]
	});

	const call: CallProcedure = async (kind, path, input, { signal } = {}) => {
		try {
			return await trpc[kind](path, input, { signal });
		} catch (error) {
			signal?.throwIfAborted();
			throw errorOfCall(error);
		}
	};

	/** Asks one of our own addresses: the token goes nowhere else. */
	const request = async (path: string, init: RequestInit): Promise<Response> => {
		const address = new URL(path, origin);
		if (address.origin !== origin) throw new TypeError(`${path} is no address of ${origin}`);
		const response = await fetch(address, { ...init, headers: headers() }).catch((error: unknown) => {
			init.signal?.throwIfAborted();
			throw unreachable(error);
		});
		if (!response.ok) throw await errorOfResponse(response);
		return response;
	};

	const own: Own = {
		uploadFile: async (file, { signal, ...options } = {}) => {
			const answer = await request('/api/uploads', {
				method: 'POST',
				body: uploadForm(file, options),
				signal: signal ?? null
			});
			return (await answer.json()) as { uploadId: string };
		},
		download: (path, { signal } = {}) => request(path, { signal: signal ?? null }),
		get live() {
			live ??= openLive(origin, () => token);
			return live.socket;
		},
		setToken: (next) => {
			token = next;
			live?.socket.disconnect().connect();
		},
		close: () => {
			live?.close();
			live = undefined;
		}
	};
	return byName(call, own) as Client;
}

function uploadForm(
	file: Statement,
	{ accountId, mapping, preview }: Omit<UploadOptions, 'signal'>
): FormData {
	const form = new FormData();
	form.set('file', file instanceof Blob ? file : new Blob([file.bytes as BlobPart]), file.name);
	if (accountId) form.set('accountId', accountId);
	if (mapping) form.set('mapping', JSON.stringify(mapping));
	if (preview) form.set('preview', '1');
	return form;
}

type CallProcedure = (
	kind: 'query' | 'mutation',
	path: string,
	input: unknown,
	options?: CallOptions
) => Promise<unknown>;

/** Turns `client.transactions.list.query(input)` into a call of `transactions.list`: no names are shipped, only their types. */
function byName(call: CallProcedure, own: object, path: readonly string[] = []): object {
	return new Proxy(own, {
		get: (_, name) => {
			if (name in own) return Reflect.get(own, name) as unknown;
			// Whoever awaits or prints a client asks for these.
			if (typeof name === 'symbol' || name === 'then') return undefined;
			if (name !== 'query' && name !== 'mutate') return byName(call, {}, [...path, name]);
			const kind = name === 'query' ? 'query' : 'mutation';
			return (input: unknown, options?: CallOptions) => call(kind, path.join('.'), input, options);
		}
	});
}
