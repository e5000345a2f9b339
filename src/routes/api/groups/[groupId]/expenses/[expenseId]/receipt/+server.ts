import type { RequestEvent, RequestHandler } from './$types';
import { maxReceiptBytes } from '#lib/receipts/type.ts';
import { id } from '#lib/schemas.ts';
import type { Scope } from '#lib/scopes.ts';
import { app } from '#server/app.ts';
import { admit } from '#server/auth/access.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { findMembership, type Membership } from '#server/groups/membership.ts';
import { problemOf, readBody } from '#server/http.ts';
import { getReceipt } from '#server/receipts/get.ts';
import { putReceipt, receiptTooLarge } from '#server/receipts/put.ts';
import { removeReceipt } from '#server/receipts/remove.ts';

// Boundaries and names around the file itself.
const envelopeBytes = 64 * 1024;
const read = { scopes: ['read', 'groups'] } as const;
const write = { scopes: ['groups'] } as const;

/** The receipt of an expense, to members of its group. Pictures can be shown in a page; a PDF is only ever downloaded. */
export const GET: RequestHandler = (event) =>
	answer(event, async () => {
		const { membership, expenseId } = await member(event, read);
		const { bytes, type } = await getReceipt(app(), membership, expenseId);
		const file = type === 'application/pdf' ? 'attachment; filename="receipt.pdf"' : 'inline';
		return new Response(bytes, {
			headers: {
				'content-type': type,
				'content-length': String(bytes.length),
				'content-disposition': file,
				'x-content-type-options': 'nosniff',
				'content-security-policy': "default-src 'none'; sandbox"
			}
		});
	});

/** Takes a receipt: multipart `file`. → 201 { receiptType } */
export const POST: RequestHandler = (event) =>
	answer(event, async () => {
		const { membership, expenseId } = await member(event, write);
		await app().limits.take('receipt', membership.userId);
		const bytes = await readFile(event.request);
		// The file may have taken minutes to come, and the session may have ended meanwhile.
		admit(await event.locals.identifyAgain(), write);
		return Response.json(await putReceipt(app(), membership, expenseId, bytes), { status: 201 });
	});

export const DELETE: RequestHandler = (event) =>
	answer(event, async () => {
		const { membership, expenseId } = await member(event, write);
		await removeReceipt(app(), membership, expenseId);
		return new Response(null, { status: 204 });
	});

async function answer({ locals }: RequestEvent, work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (error) {
		return problemOf(error, locals.locale, app().log);
	}
}

async function member(
	{ locals, params }: RequestEvent,
	access: { scopes: readonly Scope[] }
): Promise<{ membership: Membership; expenseId: string }> {
	const { user } = admit(locals.identity, access);
	await app().limits.takeOften('call', user.id);
	const [groupId, expenseId] = [id.safeParse(params.groupId), id.safeParse(params.expenseId)];
	if (!groupId.success || !expenseId.success) throw notFound();
	const membership = await findMembership(app().db, user.id, groupId.data);
	return { membership, expenseId: expenseId.data };
}

async function readFile(request: Request): Promise<Uint8Array<ArrayBuffer>> {
	const body = await readBody(request, maxReceiptBytes + envelopeBytes, receiptTooLarge());
	const type = request.headers.get('content-type') ?? '';
	const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => null);
	const file = form?.get('file');
	if (!(file instanceof File)) throw new DomainError('INVALID', 'no_receipt');
	return new Uint8Array(await file.arrayBuffer());
}
