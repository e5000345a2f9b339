import { z } from 'zod';
import { formats, type Format } from '#lib/exports/document.ts';
import type { Db } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { transactionFilter } from '../transactions/list.ts';
import { exportTransactions, type Person } from './transactions.ts';
import { written, type Source } from './write.ts';

export const contentTypes: Record<Format, string> = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	pdf: 'application/pdf'
};

/** A file that was asked for. */
export type ExportFile = {
	/** Plain ASCII, without spaces or quotes. */
	name: string;
	type: string;
	pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;
};

type Named = { name: string; source: Source };
type Noun = (db: Db, person: Person, rest: string | undefined, query: Query) => Promise<Named>;
type Query = Record<string, string>;

const nouns: Record<string, Noun> = {
	transactions: async (db, person, rest, { review, ...query }) => {
		if (rest !== undefined) throw notFound();
		const filter = read(transactionFilter, { ...query, review: flags.get(review) ?? review });
		return {
			name: ['transactions', filter.from, filter.to].filter(Boolean).join('_'),
			source: await exportTransactions(db, person, filter)
		};
	}
};

const flags = new Map<string | undefined, boolean>([
	['1', true],
	['true', true],
	['0', false],
	['false', false]
]);

const path = new RegExp(`^([a-z]+)(?:/([^/]+))?\\.(${formats.join('|')})$`);

/**
 * The file that an address under `/api/exports/` asks for: `NOUN.FORMAT` or `NOUN/ID.FORMAT`, and a query. Nothing is read of it
 * before its first piece is asked for. Errors: NOT_FOUND (alike for what others may see and what is not there), INVALID.
 */
export async function askedFile(
	db: Db,
	person: Person,
	file: string,
	params: URLSearchParams
): Promise<ExportFile> {
	const [, noun = '', rest, format] = path.exec(file) ?? [];
	if (!Object.hasOwn(nouns, noun)) throw notFound();
	const { bom, ...query } = Object.fromEntries([...params].filter(([, value]) => value !== ''));
	const { name, source } = await nouns[noun]!(db, person, rest, query);
	const as = format as Format;
	return {
		name: `${name}.${as}`,
		type: contentTypes[as],
		pieces: written(source, as, { bom: flags.get(bom) ?? false })
	};
}

/** Error: INVALID, with what is wrong with each field. */
function read<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
	const result = schema.safeParse(query);
	if (result.success) return result.data;
	const fields = Object.fromEntries(result.error.issues.map((i) => [i.path.join('.'), i.message]));
	throw new DomainError('INVALID', 'invalid', { fields });
}
