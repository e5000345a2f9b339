import type { RequestHandler } from './$types';
import { id } from '#lib/schemas.ts';
import { mappingSchema, type Mapping } from '#lib/statement/types.ts';
import { app } from '#server/app.ts';
import { admit } from '#server/auth/access.ts';
import { DomainError } from '#server/errors.ts';
import { problemOf, readBody } from '#server/http.ts';
import { maxFileBytes } from '#server/uploads/limits.ts';
import { startUpload } from '#server/uploads/start.ts';

// Boundaries, names and a mapping around the file itself.
const envelopeBytes = 256 * 1024;

/** Takes a statement: multipart `file`, and optionally `accountId`, `mapping` (JSON) and `preview=1`. → 201 {uploadId} */
export const POST: RequestHandler = async ({ request, locals }) => {
	const { log, limits } = app();
	try {
		const access = { scopes: ['import'] } as const;
		await limits.take('upload', admit(locals.identity, access).user.id);
		const form = await readForm(request);
		// The file may have taken minutes to come, and the session may have ended meanwhile.
		const { user } = admit(await locals.identifyAgain(), access);
		const file = form.get('file');
		if (!(file instanceof File)) throw new DomainError('INVALID', 'no_file');
		const uploadId = await startUpload(app(), user.id, {
			filename: file.name,
			bytes: new Uint8Array(await file.arrayBuffer()),
			accountId: readAccountId(form.get('accountId')),
			mapping: readMapping(form.get('mapping')),
			preview: readPreview(form.get('preview'))
		});
		return Response.json({ uploadId }, { status: 201 });
	} catch (error) {
		return problemOf(error, locals.locale, log);
	}
};

async function readForm(request: Request): Promise<FormData> {
	const tooLarge = new DomainError('TOO_LARGE', 'file_too_large', {
		params: { megabytes: maxFileBytes / 1024 ** 2 }
	});
	const body = await readBody(request, maxFileBytes + envelopeBytes, tooLarge);
	const type = request.headers.get('content-type') ?? '';
	try {
		return await new Response(body, { headers: { 'content-type': type } }).formData();
	} catch {
		throw new DomainError('INVALID', 'no_file');
	}
}

/** A word we do not know must not start an import that was meant to be looked at first. */
function readPreview(value: FormDataEntryValue | null): boolean {
	if (value === null || value === '' || value === '0' || value === 'false') return false;
	if (value === '1' || value === 'true') return true;
	throw new DomainError('INVALID', 'bad_preview');
}

function readAccountId(value: FormDataEntryValue | null): string | undefined {
	if (value === null || value === '') return undefined;
	const parsed = id.safeParse(value);
	if (!parsed.success) throw new DomainError('INVALID', 'bad_account');
	return parsed.data;
}

function readMapping(value: FormDataEntryValue | null): Mapping | undefined {
	if (value === null || value === '') return undefined;
	try {
		return mappingSchema.parse(JSON.parse(String(value)));
	} catch {
		throw new DomainError('INVALID', 'file_bad_mapping');
	}
}
