/** Somebody's program that takes webhooks. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts one on this machine. It answers 204 until it is told otherwise, and remembers the ids it was sent. */
export async function startReceiver() {
	const ids: string[] = [];
	let status = 204;
	const server = createServer((request, response) => {
		ids.push(String(request.headers['webhook-id']));
		request.resume().on('end', () => response.writeHead(status).end());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/quits`,
		ids,
		answer: (next: number) => void (status = next),
		stop: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}
