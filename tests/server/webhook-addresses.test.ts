/** Addresses that somebody tries to use for a webhook. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { ChosenEvent } from '#lib/webhooks.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { privateUrls } from '../support/private-addresses.ts';

const quits = await startTestApp({ work: false });
const somewhere = { url: 'https://93.184.215.14/hook', events: ['recurring.missed' as ChosenEvent] };

test('no spelling of a private address is taken, neither for a new endpoint nor for one there is', async () => {
	const { api } = await quits.meet('Ana');
	const { id } = await api.webhooks.create.mutate(somewhere);
	let connections = 0;
	const listener = createServer((socket) => {
		connections++;
		socket.destroy();
	}).listen(0);
	await once(listener, 'listening');
	// Every other one; the tests of egress try them all.
	const all = privateUrls('https', (listener.address() as AddressInfo).port);
	const urls = all.filter((_, n) => n % 2 === 0);
	expect(urls.length).toBeGreaterThan(300);
	for (const [n, url] of urls.entries()) {
		const call =
			n % 10 === 0
				? api.webhooks.update.mutate({ id, url })
				: api.webhooks.create.mutate({ ...somewhere, url });
		const { code, reason, httpStatus, message } = await refusal(call);
		expect({ url, code, reason, httpStatus, message }).toEqual({
			...{ url, code: 'INVALID', reason: 'webhook_address', httpStatus: 422 },
			message: expect.stringMatching(/^Nothing can be/)
		});
	}
	expect(connections).toBe(0);
	expect(await api.webhooks.list.query()).toMatchObject([{ id, url: somewhere.url }]);
	listener.close();
});
