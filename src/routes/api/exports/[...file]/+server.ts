import type { RequestHandler } from './$types';
import { app } from '#server/app.ts';
import { admit } from '#server/auth/access.ts';
import { askedFile, exportAccess } from '#server/exports/asked.ts';
import { download } from '#server/exports/download.ts';
import { refused } from '#server/exports/refused.ts';
import { whileAdmitted } from '#server/exports/while-admitted.ts';

/** Sends what its person can see as a file: transactions that a filter finds, a group, the budgets of a month. */
export const GET: RequestHandler = async ({ request, locals, params, url }) => {
	const { db, limits, log } = app();
	try {
		const access = exportAccess(params.file);
		const { user } = admit(locals.identity, access);
		const { pieces, ...file } = await askedFile(db, user, params.file, url.searchParams);
		await limits.take('export', user.id);
		return await download(whileAdmitted(pieces, locals.identifyAgain, access), file, log);
	} catch (error) {
		return refused(error, request, locals.locale, log);
	}
};
