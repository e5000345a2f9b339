/** The process that `npm start` runs: pages, API and sockets, and unless ROLE says otherwise the jobs too. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as jobs from '#jobs/index.ts';
import type { App } from './app.ts';
import { runProcess } from './process.ts';
import { attachSockets } from './realtime/sockets.ts';

type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

// Kit's handler reads these when it is loaded, and trusts the headers they name; serveWeb writes both on every request.
const addressHeader = 'x-quits-address';
const protocolHeader = 'x-quits-protocol';
process.env['ADDRESS_HEADER'] = addressHeader;
process.env['PROTOCOL_HEADER'] = protocolHeader;
process.env['BODY_SIZE_LIMIT'] = 'Infinity'; // each endpoint sets its own, with an answer people understand

await runProcess(jobs, process.env['ROLE'] === 'worker' ? undefined : serveWeb);

async function serveWeb({ config, log, live }: App): Promise<() => Promise<void>> {
	// Loaded by address, after the app is up: Kit's part of the build, sharing every module of src/server with this file.
	const { handler } = (await import(/* @vite-ignore */ new URL('../handler.js', import.meta.url).href)) as {
		handler: Handler;
	};
	const protocol = new URL(config.publicUrl).protocol.slice(0, -1);
	const http = createServer({ shouldUpgradeCallback: isLiveConnection }, (req, res) => {
		// What Kit serves from disk passes no hook of ours.
		res.setHeader('x-content-type-options', 'nosniff');
		if (!URL.canParse(`http://${req.headers.host ?? ''}`)) return void res.writeHead(400).end();
		const forwarded = (name: string) => (config.trustProxy ? lastOf(req.headers[name]) : undefined);
		req.headers[addressHeader] = forwarded('x-forwarded-for') ?? req.socket.remoteAddress ?? '';
		req.headers[protocolHeader] = forwarded('x-forwarded-proto') ?? protocol;
		handler(req, res, () => res.writeHead(404).end());
	});
	attachSockets(live.sockets, http);
	await new Promise<void>((resolve, reject) => {
		http.once('error', reject);
		http.listen(config.port, config.host, resolve);
	});
	log.info(`Quits is open at ${config.publicUrl}`);
	return async () => {
		http.close();
		http.closeIdleConnections();
	};
}

/** Whether a request that asks for another protocol gets one; any other is answered as if it had not asked. */
function isLiveConnection({ url = '', headers }: IncomingMessage): boolean {
	return url.startsWith('/socket.io/') && headers.upgrade?.toLowerCase() === 'websocket';
}

/** The proxy nearest to us writes last. */
function lastOf(header: string | string[] | undefined): string | undefined {
	const text = Array.isArray(header) ? header.at(-1) : header;
	return text?.split(',').at(-1)?.trim() || undefined;
}
