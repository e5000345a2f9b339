/** The types of `quits/client`, written out from the router: has nothing to do with the database, so one of them is enough. */
import { expect, test } from 'vitest';
import { appRouter } from '#server/trpc/router.ts';
import { installClient } from '../support/client-project.ts';

const project = await installClient();

test('its types let right uses through and refuse wrong ones', async () => {
	const head = `import { createClient, QuitsError, type Outputs, type Mapping } from 'quits/client';
		const quits = createClient({ url: 'http://localhost:3000', token: undefined });\n`;
	const right = `
		const { items, nextCursor } = await quits.transactions.list.query({ q: 'rewe', limit: 10 });
		const [first] = items;
		const amount: number = first!.amount;
		const cursor: string | null = nextCursor;
		const named: Outputs['transactions']['list']['items'][number] | undefined = first;
		await quits.transactions.list.query();
		await quits.transactions.list.query(undefined, { signal: new AbortController().signal });
		const login = await quits.auth.login.mutate({ email: 'a', password: 'b' });
		if (login.status === 'ok') quits.setToken(login.token);
		const { uploadId } = await quits.uploadFile(new File([], 'a.csv'), { preview: true });
		await quits.uploadFile({ name: 'a.csv', bytes: new Uint8Array() });
		const text: string = await (await quits.download('/api/exports/transactions.csv')).text();
		const mapping: Mapping = (await quits.uploads.detection.query({ id: uploadId })).detection!.mapping;
		quits.live.on('upload:done', ({ status, imported }) => status === 'done' && imported + 1);
		quits.live.on('connect_error', (error) => error instanceof QuitsError && error.code === 'FORBIDDEN');
		quits.close();
		export { amount, cursor, named, text, mapping };`;
	expect(await project.compile(head + right)).toBe('');
	const wrong = [
		`quits.transactions.list.query({ limit: 'ten' });`,
		`quits.transactions.list.mutate({});`,
		`quits.transactions.get.query();`,
		`quits.transactions.none.query();`,
		`quits.accounts.create.mutate({ name: 'x' });`,
		`(await quits.transactions.list.query()).items[0]!.amount.toUpperCase();`,
		`(await quits.auth.login.mutate({ email: 'a', password: 'b' })).token.length;`,
		`quits.live.on('upload:gone', () => {});`,
		`quits.live.on('upload:done', ({ nothing }) => nothing);`,
		`quits.live.emit('upload:done');`,
		`quits.uploadFile('giro.csv');`,
		`createClient({});`,
		`new QuitsError('x', { code: 'ODD', reason: 'x', params: {} });`
	];
	const said = await project.compile(`${head}${wrong.join('\n')}\nexport {};`);
	const lines = [...said.matchAll(/^\S*use\.ts\((\d+),/gm)].map(([, line]) => Number(line));
	expect([...new Set(lines)], said).toEqual(wrong.map((_, at) => at + 3));
});

test('every procedure of the router is there, with an answer that is known', async () => {
	const procedures = Object.entries(
		appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>
	);
	const uses = procedures.map(([path, { _def }]) => {
		const own = path
			.split('.')
			.map((name) => `['${name}']`)
			.join('');
		return `known<typeof quits${own}, '${_def.type === 'query' ? 'query' : 'mutate'}', Outputs${own}>();`;
	});
	expect(uses.length).toBeGreaterThan(30);
	const head = `import { createClient, type Outputs } from 'quits/client';
		const quits = createClient({ url: 'http://localhost:3000' });
		declare function known<Procedure extends Record<Kind, unknown>, Kind extends string, Answer>(
			...wrong: unknown extends Answer ? ['this answer is unknown'] : []): void;\n`;
	expect(await project.compile(`${head}${uses.join('\n')}\nexport {};`)).toBe('');
	expect(await project.compile(`${head}known<typeof quits.auth.me, 'query', unknown>();`)).not.toBe('');
});
