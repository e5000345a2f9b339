/** The worker thread that writes one export: it gets rows and hands back pieces of the file. It never touches the database. */
import { parentPort } from 'node:worker_threads';
import type { Cell, Format } from '#lib/exports/document.ts';
import { DomainError } from '../errors.ts';
import type { ExportAnswer, ExportRequest } from './messages.ts';
import { csvWriter } from './writers/csv.ts';
import type { MakeWriter, Writer } from './writers/writer.ts';

if (!parentPort) throw new Error('export-thread.ts runs as a worker thread');
const port = parentPort;

// What a format needs is loaded with the first export of it: the libraries are large.
const writers: Record<Format, () => Promise<MakeWriter>> = {
	csv: () => Promise.resolve(csvWriter),
	xlsx: async () => (await import('./writers/xlsx.ts')).xlsxWriter,
	pdf: async () => (await import('./writers/pdf.ts')).pdfWriter
};

let written: Uint8Array[] = [];
let rows = 0;
let writer: Writer | undefined;
let ending: ReturnType<Writer['end']> | undefined;

port.on('message', (request: ExportRequest) => {
	handle(request).then(
		(isLast) => {
			const bytes = Buffer.concat(written);
			written = [];
			const taken = rows;
			rows = 0;
			// A small one is cut from memory that others use too, and cannot be given away.
			const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
			const answer = { is: 'bytes', bytes: own as Uint8Array<ArrayBuffer>, rows: taken, isLast } as const;
			say(answer, [own.buffer as ArrayBuffer]);
		},
		(error: unknown) => {
			if (error instanceof DomainError) return say({ is: 'refused', reason: error.reason });
			const bug = error instanceof Error ? error : new Error(String(error));
			say({ is: 'failed', message: bug.message, stack: bug.stack });
		}
	);
});

const say = (answer: ExportAnswer, give: ArrayBuffer[] = []) => port.postMessage(answer, give);

/** True when the file is whole. */
async function handle(request: ExportRequest): Promise<boolean> {
	if (request.do === 'begin') {
		const make = await writers[request.format]();
		ending = undefined;
		writer = await make(request.document, (bytes) => written.push(bytes), request.options);
		return false;
	}
	if (!writer) throw new Error('the export has not begun');
	if (request.do === 'write') {
		const cells = JSON.parse(request.rows) as Cell[][];
		await writer.rows(request.table, cells);
		rows = cells.length;
		return false;
	}
	ending ??= writer.end();
	const step = await ending.next();
	return Boolean(step.done);
}
