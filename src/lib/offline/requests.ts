/** Which requests are answered without a network, and what an answer is kept under. */

/** Questions about groups whose last answer is worth something without a network. Nothing else a person asks is kept. */
const keptCalls: ReadonlySet<string> = new Set([
	'groups.list',
	'groups.get',
	'groups.balances',
	'groups.activity',
	'expenses.list',
	'expenses.get',
	'settlements.list',
	'schedules.list',
	'budgets.ofGroup'
]);

export type Call = {
	/** "groups.get" */
	path: string;
	/** As it was sent; null without one. */
	input: unknown;
};

export type Kind =
	/** A page of groups as a document. */
	| { kind: 'page' }
	/** What the frame around such a page needs. */
	| { kind: 'frame' }
	/** A batch of questions, all of which are kept. */
	| { kind: 'calls'; calls: Call[] }
	/** Where nobody is signed in. */
	| { kind: 'signed-out' };

type Asked = { method: string; mode: string; url: string };

const isGroups = (pathname: string): boolean => /^\/groups(?:\/|$)/.test(pathname);
const signedOutPages = ['/sign-in', '/sign-up', '/setup', '/reset'];

/** Null for whatever goes to the network alone. */
export function kindOf({ method, mode, url: address }: Asked, origin: string): Kind | null {
	const url = new URL(address);
	if (method !== 'GET' || url.origin !== origin) return null;
	if (mode === 'navigate') {
		if (signedOutPages.includes(url.pathname)) return { kind: 'signed-out' };
		return isGroups(url.pathname) ? { kind: 'page' } : null;
	}
	if (isGroups(url.pathname) && url.pathname.endsWith('/__data.json')) return { kind: 'frame' };
	const calls = callsOf(url);
	return calls?.every(({ path }) => keptCalls.has(path)) ? { kind: 'calls', calls } : null;
}

/** The questions in a batch of the tRPC client: `/api/trpc/a.b,c.d?batch=1&input={"0":…,"1":…}`. */
function callsOf(url: URL): Call[] | null {
	const [, names] = /^\/api\/trpc\/([\w.,]+)$/.exec(url.pathname) ?? [];
	if (!names || url.searchParams.get('batch') !== '1') return null;
	try {
		const inputs = JSON.parse(url.searchParams.get('input') ?? '{}') as Record<string, unknown>;
		return names.split(',').map((path, at) => ({ path, input: inputs[at] ?? null }));
	} catch {
		return null;
	}
}

/** What the answer to a question is kept under: the same however it was batched. */
export const callKey = ({ path, input }: Call): string =>
	`/kept/${path}?${encodeURIComponent(JSON.stringify(input))}`;

export const pageKey = (address: string): string => `/kept/page${new URL(address).pathname}`;
/** The frame is the same around all pages of groups. */
export const frameKey = '/kept/frame';
