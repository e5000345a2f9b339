import type { RequestHandler } from './$types';
import { app } from '#server/app.ts';
import { readAccess, readExport } from '#server/downloads/read.ts';
import { download } from '#server/exports/download.ts';
import { refused } from '#server/exports/refused.ts';
import { whileAdmitted } from '#server/exports/while-admitted.ts';

/** Sends the file of an export that a job has written, to the session that asked for it. */
export const GET: RequestHandler = async ({ request, locals, params }) => {
	const { log } = app();
	try {
		const { pieces, ...file } = await readExport(app(), locals.identity, params.id);
		return await download(whileAdmitted(pieces, locals.identifyAgain, readAccess), file, log);
	} catch (error) {
		return refused(error, request, locals.locale, log);
	}
};
