/**
 * Exports of the real build over HTTP: 100,000 transactions as CSV beside a bare read of them, and as Excel beside a bare ExcelJS streaming writer of the same
 * cells; 10,000 as PDF. For each, how fast, when the first byte came, and how much more memory the server held at its peak.
 */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import ExcelJS from 'exceljs';
import { categories } from '#lib/categories.ts';
import { sqliteFile } from '#server/db/client.ts';
import { median, report } from './support/figures.ts';
import { signUp, startServer, type BenchServer } from './support/server.ts';

const rounds = 5;

type Round = { seconds: number; firstByteMs: number };
/** `bareSeconds`: what reading the same rows takes by itself. */
type Measured = Round & { growthMb: number; bareSeconds: number };

const csv = await measured('csv', 100_000);
report({
	name: 'export-csv-100k',
	value: 100_000 / csv.seconds,
	unit: 'rows/s',
	ratio: csv.bareSeconds / csv.seconds,
	against: 'a bare better-sqlite3 read of the same columns, joined by commas'
});
reportRest('csv-100k', csv);

const xlsx = await measured('xlsx', 100_000);
const bare: number[] = [];
for (let round = 0; round < rounds; round++) bare.push(await bareWriter(100_000));
report({
	name: 'export-xlsx-100k',
	value: xlsx.seconds,
	unit: 's',
	ratio: xlsx.seconds / median(bare),
	against: 'a bare ExcelJS streaming writer of the same cells'
});
reportRest('xlsx-100k', xlsx);

const pdf = await measured('pdf', 10_000);
report({ name: 'export-pdf-10k', value: pdf.seconds, unit: 's' });
reportRest('pdf-10k', pdf);

function reportRest(name: string, { firstByteMs, growthMb }: Measured): void {
	report({ name: `export-${name}-first-byte`, value: firstByteMs, unit: 'ms' });
	report({ name: `export-${name}-peak-rss-growth`, value: growthMb, unit: 'MB' });
}

/** A server of its own for each, so that its memory is about this export alone. */
async function measured(format: string, rows: number): Promise<Measured> {
	const server = await startServer();
	try {
		const person = await signUp(server.url, 'ana');
		person.leave();
		const { id } = await person.call<{ id: string }>('auth.me');
		fill(sqliteFile(server.dataDir), id, rows);
		await delay(200); // filling has kept us from hearing that connections were closed meanwhile
		await download(server, person.token, `${format}?from=2099-01-01`); // what is loaded once
		const before = await server.residentMb();
		const all: Round[] = [];
		for (let round = 0; round < rounds; round++) all.push(await download(server, person.token, format));
		const bare: number[] = [];
		for (let round = 0; round < rounds; round++) bare.push(bareRead(sqliteFile(server.dataDir), id));
		return {
			bareSeconds: median(bare),
			seconds: median(all.map(({ seconds }) => seconds)),
			firstByteMs: median(all.map(({ firstByteMs }) => firstByteMs)),
			growthMb: (await server.peakMb()) - before
		};
	} finally {
		await server.stop();
	}
}

/** By node:http, which takes less of the cores that it shares with the server than `fetch` does. */
async function download({ url }: BenchServer, token: string, asked: string): Promise<Round> {
	const started = performance.now();
	const asking = get(`${url}/api/exports/transactions.${asked}`, {
		headers: { authorization: `Bearer ${token}` }
	});
	const [response] = (await once(asking, 'response')) as [IncomingMessage];
	if (response.statusCode !== 200) throw new Error(await text(response));
	let firstByteMs = 0;
	response.on('data', () => (firstByteMs ||= performance.now() - started));
	await once(response, 'end');
	return { seconds: (performance.now() - started) / 1000, firstByteMs };
}

/** What a row of the bench holds, in the order of the sheet. */
function rowAt(i: number, rows: number) {
	return {
		date: new Date(Date.UTC(2016, 0, 1) + Math.floor((i / rows) * 3650) * 86_400_000),
		amount: -(i % 10_000) / 100,
		merchant: `Merchant ${i % 997}`,
		description: `Card payment ${i} Merchant ${i % 997}`,
		category: categories[i % categories.length]!
	};
}

function bareRead(file: string, userId: string): number {
	const db = new Database(file, { readonly: true });
	const started = performance.now();
	const rows = db
		.prepare<[string], string[]>(
			`SELECT "date", "amount", "currency", "merchant", "description", "categoryId", "categoryId", "categoryId",
				"accountId", "note", "id" FROM "Transaction" WHERE "userId" = ? ORDER BY "date" DESC, "id" DESC`
		)
		.raw()
		.iterate(userId);
	let bytes = 0;
	let text = '';
	for (const row of rows) {
		text += `${row.join(',')}\r\n`;
		if (text.length < 500_000) continue;
		bytes += Buffer.from(text).length;
		text = '';
	}
	if (bytes + text.length === 0) throw new Error('nothing was read');
	db.close();
	return (performance.now() - started) / 1000;
}

async function bareWriter(rows: number): Promise<number> {
	const started = performance.now();
	const stream = new PassThrough().resume();
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
	const sheet = workbook.addWorksheet('Transactions');
	sheet.columns = [
		{ header: 'Date', width: 12, style: { numFmt: 'yyyy-mm-dd' } },
		{ header: 'Amount', width: 16, style: { numFmt: '[$EUR] #,##0.00' } },
		...['Currency', 'Merchant', 'Description', 'Category', 'Area', 'Account', 'Note'].map((header) => ({
			...{ header, width: 24 }
		}))
	];
	for (let i = 0; i < rows; i++) {
		const { date, amount, merchant, description, category } = rowAt(i, rows);
		sheet
			.addRow([date, amount, 'EUR', merchant, description, category.key, category.group, 'Main', null])
			.commit();
	}
	await workbook.commit();
	return (performance.now() - started) / 1000;
}

function fill(file: string, userId: string, rows: number): void {
	const db = new Database(file);
	db.exec('PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;');
	db.prepare(
		`INSERT INTO "Account" ("id", "userId", "name", "currency") VALUES ('main', ?, 'Main', 'EUR')`
	).run(userId);
	const insert = db.prepare(`INSERT INTO "Transaction"
		("id", "userId", "accountId", "date", "amount", "currency", "description", "merchant", "merchantKey", "search",
			"fingerprint", "occurrence", "categoryId", "source", "confidence", "review")
		VALUES (?, ?, 'main', ?, ?, 'EUR', ?, ?, ?, ?, ?, 1, ?, 'model', 0.9, 0)`);
	db.transaction(() => {
		for (let i = 0; i < rows; i++) {
			const { date, amount, merchant, description, category } = rowAt(i, rows);
			const day = date.toISOString().slice(0, 10);
			const id = `0190a8c0-0000-7000-8000-${String(i).padStart(12, '0')}`;
			const key = merchant.toLowerCase();
			const search = `${description.toLowerCase()} ${key}`;
			insert.run(
				...[id, userId, day, Math.round(amount * 100), description, merchant, key, search],
				...[`${day}.${i}`, category.key]
			);
		}
	})();
	db.close();
}
