import type { RequestHandler } from './$types';
import { app } from '#server/app.ts';
import { admit } from '#server/auth/access.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { download } from '#server/exports/download.ts';
import { transactionsCsv } from '#server/exports/transactions-csv.ts';
import { whileAdmitted } from '#server/exports/while-admitted.ts';
import { problemOf } from '#server/http.ts';
import { transactionFilter, type TransactionFilter } from '#server/transactions/list.ts';

const access = { scopes: ['read'] } as const;

/** Sends `transactions.csv`: those that the filter in the address finds, as the page of the same filter shows them. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { db, limits, log } = app();
	try {
		const { user } = admit(locals.identity, access);
		if (params.file !== 'transactions.csv') throw notFound();
		const filter = readFilter(url.searchParams);
		await limits.take('export', user.id);
		const name = `${['transactions', filter.from, filter.to].filter(Boolean).join('_')}.csv`;
		const rows = whileAdmitted(transactionsCsv(db, user, filter), locals.identifyAgain, access);
		return await download(rows, { name, type: 'text/csv; charset=utf-8' }, log);
	} catch (error) {
		return problemOf(error, locals.locale, log);
	}
};

const flags = new Map<string | undefined, boolean>([
	['1', true],
	['true', true],
	['0', false],
	['false', false]
]);

function readFilter(params: URLSearchParams): TransactionFilter {
	const { review, ...given } = Object.fromEntries([...params].filter(([, value]) => value !== ''));
	const read = transactionFilter.safeParse({ ...given, review: flags.get(review) ?? review });
	if (read.success) return read.data;
	const fields = Object.fromEntries(read.error.issues.map((i) => [i.path.join('.'), i.message]));
	throw new DomainError('INVALID', 'invalid', { fields });
}
