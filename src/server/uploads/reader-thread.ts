/** The worker thread that does an import's thinking: it parses, cleans and categorises, and never touches the database. */
import { parentPort } from 'node:worker_threads';
import { hashText } from '#lib/descriptor/hash.ts';
import { merchantKey, merchantOf } from '#lib/merchant.ts';
import { reviewThreshold } from '#lib/models.ts';
import { byRule } from '#lib/rules/changes.ts';
import { prepare, type Outcome } from '#lib/rules/evaluate.ts';
import { searchText } from '#lib/search.ts';
import { detect, detectUnder } from '#lib/statement/detect.ts';
import { readRows } from '#lib/statement/read.ts';
import { StatementError, type ReadyRow } from '#lib/statement/types.ts';
import { idMaker } from './id-maker.ts';
import { Categoriser, type Payment } from '#models/categorise.ts';
import type { Model } from '#models/predict.ts';
import { modelOf } from '../models/read.ts';
import type {
	ModelInUse,
	NewTransaction,
	ReaderAnswer,
	ReaderRequest,
	RejectedRow,
	Slice
} from './reader-messages.ts';

if (!parentPort) throw new Error('reader-thread.ts runs as a worker thread');
const port = parentPort;
const say = (answer: ReaderAnswer) => port.postMessage(answer);

let loaded: { id: string; model: Model } | undefined;
const newId = idMaker();
const reading = new Map<number, Iterator<Slice, string[]>>();

port.on('message', (request: ReaderRequest) => {
	try {
		handle(request);
	} catch (error) {
		reading.delete(request.job);
		if (error instanceof StatementError) {
			say({ is: 'refused', job: request.job, code: `file_${error.code}`, params: error.params });
		} else {
			const bug = error instanceof Error ? error : new Error(String(error));
			say({ is: 'failed', job: request.job, message: bug.message, stack: bug.stack });
		}
	}
});

function handle(request: ReaderRequest): void {
	const { job } = request;
	if (request.do === 'detect') {
		const { bytes, said, ...hints } = request;
		const detection = said ? detectUnder(bytes, said, hints) : detect(bytes, hints);
		say({ is: 'detected', job, detection });
	} else if (request.do === 'read') {
		reading.set(job, slices(request));
		next(job);
	} else if (request.do === 'next') {
		next(job);
	} else {
		reading.delete(job);
	}
}

function next(job: number): void {
	const slice = reading.get(job)?.next();
	if (!slice) return;
	if (slice.done) {
		reading.delete(job);
		say({ is: 'end', job, merchantKeys: slice.value });
	} else say({ is: 'slice', job, slice: slice.value });
}

/** Cuts the rows after `fromLine` into slices. Rows before it still count, so that occurrences come out the same. */
function* slices(request: ReaderRequest & { do: 'read' }): Generator<Slice, string[]> {
	const categoriser = new Categoriser(modelFrom(request.model), request.own, reviewThreshold);
	const occurrences = new Map<string, number>();
	const merchants = new Set<string>();
	const decide = prepare(request.rules);
	const { accountId } = request;
	let rows: NewTransaction[] = [];
	let rejected: RejectedRow[] = [];
	let lastLine = 0;
	const cut = (): Slice => {
		const slice = {
			rows: JSON.stringify(rows),
			count: rows.length,
			rejected: JSON.stringify(rejected),
			rejectedCount: rejected.length,
			lastLine
		};
		rows = [];
		rejected = [];
		return slice;
	};
	for (const row of readRows(request.bytes, request.mapping)) {
		const skip = row.line <= request.fromLine;
		if (row.outcome === 'ok') {
			const text = searchText(row.description);
			const fingerprint = fingerprintOf(row, text);
			const occurrence = (occurrences.get(fingerprint) ?? 0) + 1;
			occurrences.set(fingerprint, occurrence);
			const merchant = merchantOf(row.description);
			const outcome = decide({ ...row, text, merchants: [searchText(merchant)], accountId });
			// A merchant that is called other than the text says is the choice of the person who exported it.
			const named = row.own?.merchant && row.own.merchant !== merchant ? row.own.merchant : null;
			const name = named ?? outcome.merchant?.value ?? merchant;
			const key = merchantKey(name);
			merchants.add(key);
			if (!skip) {
				const derived = { merchant: name, key, text, fingerprint, occurrence };
				rows.push(
					transactionOf(row, outcome, categoryOf(categoriser, { ...row, payee: merchant }, outcome), derived)
				);
			}
		} else {
			if (skip) continue;
			const { code, ...params } = row.reason;
			rejected.push([row.line, `row_${code}`, params, row.raw]);
		}
		lastLine = row.line;
		if (rows.length + rejected.length >= request.sliceRows) yield cut();
	}
	if (rows.length + rejected.length > 0) yield cut();
	return [...merchants];
}

/** The model that the main thread has checked and uses itself. */
function modelFrom({ id, bytes }: ModelInUse): Model {
	if (loaded?.id === id) return loaded.model;
	const model = modelOf(bytes);
	if (!model) throw new Error(`the reader was handed a model ${id} that is none`);
	loaded = { id, model };
	return model;
}

/**
 * What makes two rows the same booking: date, amount, currency and the bank's text, whatever its case and spacing. The date
 * stands in front of the hash because rows come by date: in order, their index is written at one place, not all over. 64 bits
 * among the bookings of one day in one account never meet by chance.
 */
function fingerprintOf({ date, amount, currency }: ReadyRow, text: string): string {
	const [a, b] = hashText(`${amount} ${currency} ${text}`);
	return `${date}.${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}

type Derived = { merchant: string; key: string; text: string; fingerprint: string; occurrence: number };

function transactionOf(
	row: ReadyRow,
	outcome: Outcome,
	{ categoryId, source, confidence, review }: Chosen,
	{ merchant, key, text, fingerprint, occurrence }: Derived
): NewTransaction {
	return [
		newId(),
		row.line,
		row.date,
		row.amount,
		row.currency,
		row.description,
		merchant,
		key,
		`${text} ${searchText(merchant)}`,
		fingerprint,
		occurrence,
		categoryId,
		confidence,
		review ? 1 : 0,
		row.raw,
		source,
		row.own?.note || (outcome.note?.value ?? ''),
		row.own?.id ?? null
	];
}

type Chosen = ReturnType<typeof categoryOf>;

/** A person's own rules come first, what they have said before and the model after them. */
function categoryOf(categoriser: Categoriser, payment: Payment, { categoryId: ruled }: Outcome) {
	if (ruled) return byRule(ruled.value);
	const { category, confidence, review } = categoriser.decide(payment);
	return { categoryId: category, confidence, review, source: 'model' as const };
}
