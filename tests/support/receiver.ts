/** Somebody's program that takes webhooks: a real server that remembers what it is sent, and answers as it is told. */
import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll } from 'vitest';

export type Received = {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
};

export type Reply =
	| { status: number; headers?: Record<string, string>; body?: string }
	/** Says nothing at all, or after its status; breaks off; talks no HTTP; never stops. */
	| 'hang'
	| 'hang after 200'
	| 'reset'
	| 'garbage'
	| 'gigabyte'
	| 'endless headers';

const gigabyte = 1024 ** 3;

/** Starts one on a free port of 127.0.0.1. With `tls` it is `https://localhost`, and trusted by this process. */
export async function startReceiver({ tls = false }: { tls?: boolean } = {}) {
	const received: Received[] = [];
	const sockets: Socket[] = [];
	let reply: Reply = { status: 204 };
	const listener: RequestListener = (request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			received.push({ method, path, headers, body });
			if (typeof reply === 'object') response.writeHead(reply.status, reply.headers).end(reply.body);
			// The socket below TLS, if there is any: only that can be broken off.
			else
				misbehave(
					reply,
					response,
					sockets.find((one) => one.remotePort === request.socket.remotePort)!
				);
		});
	};
	const server: Server = tls
		? https.createServer(await trustedCertificate(), listener)
		: http.createServer(listener);
	server.on('connection', (socket) => {
		sockets.push(socket);
		socket.on('error', () => undefined);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	afterAll(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	return {
		port,
		url: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}/hook`,
		received,
		/** Every connection there has been. */
		sockets,
		/** From now on it answers so. */
		reply: (next: Reply) => void (reply = next)
	};
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

function misbehave(how: Exclude<Reply, object>, response: http.ServerResponse, below: Socket): void {
	const socket = response.socket!;
	if (how === 'hang after 200') response.writeHead(200, { 'content-length': '10' }).flushHeaders();
	else if (how === 'reset') below.resetAndDestroy();
	else if (how === 'garbage') socket.end('220 mail.example.org ESMTP\r\n');
	else if (how === 'gigabyte') {
		response.writeHead(200, { 'content-length': String(gigabyte) });
		pour(response, Buffer.alloc(64 * 1024, 'x'));
	} else if (how === 'endless headers') {
		socket.write('HTTP/1.1 200 OK\r\n');
		pour(socket, Buffer.from(`x-more: ${'x'.repeat(8000)}\r\n`));
	}
}

/** Writes the same again and again, as fast as it is taken, until nobody does any more. */
function pour(to: NodeJS.WritableStream & { destroyed: boolean }, piece: Buffer): void {
	const more = (): void => {
		while (!to.destroyed) if (!to.write(piece)) return void to.once('drain', more);
	};
	more();
}

let certificate: Promise<{ key: string; cert: string }> | undefined;

/** A certificate for `localhost` that this process trusts from now on. */
export const trustedCertificate = () => (certificate ??= makeCertificate());

async function makeCertificate(): Promise<{ key: string; cert: string }> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
		algorithm: 'sha256',
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }]
	});
	setDefaultCACertificates([...getCACertificates('default'), cert]);
	return { key, cert };
}
