import { v7 } from 'uuid';
import type { Detection } from '#lib/statement/types.ts';
import type { Tx, Upload } from '../db/client.ts';

/**
 * The account an upload's rows go to: the one it was sent for, else the one whose number or name stands in the file, else the one
 * the last file of this kind went to, else a new one. Remembers the choice for the next file of this kind.
 */
export async function accountFor(
	tx: Tx,
	upload: Pick<Upload, 'userId' | 'accountId' | 'filename'>,
	detection: Pick<Detection, 'headerKey' | 'accountHint' | 'mapping'>,
	currency: string
): Promise<string> {
	const { userId } = upload;
	const kind = { userId_headerKey: { userId, headerKey: detection.headerKey } };
	// Two new files of one kind at once: the second waits here for the first, and then finds its account.
	await tx.$executeRaw`
		INSERT INTO "StatementFormat" ("userId", "headerKey", "updatedAt")
		VALUES (${userId}, ${detection.headerKey}, ${new Date()}) ON CONFLICT DO NOTHING`;
	const accountId =
		upload.accountId ??
		(await knownAccount(tx, userId, detection)) ??
		(await newAccount(tx, upload, detection, currency));
	await tx.statementFormat.update({ where: kind, data: { accountId } });
	return accountId;
}

/** The account a file of this kind would go to without anyone saying so; null when it would get a new one. */
export async function knownAccount(
	tx: Pick<Tx, 'account' | 'statementFormat'>,
	userId: string,
	{ headerKey, accountHint }: Pick<Detection, 'headerKey' | 'accountHint'>
): Promise<string | null> {
	if (accountHint) {
		const named = await tx.account.findFirst({
			where: { userId, identifier: accountHint, archivedAt: null },
			select: { id: true }
		});
		// A file that names another account than the last one of its kind is not that account's.
		return named?.id ?? (await calledSo(tx, userId, accountHint));
	}
	const format = await tx.statementFormat.findFirst({
		where: { userId, headerKey, account: { archivedAt: null } },
		select: { accountId: true }
	});
	return format?.accountId ?? null;
}

/** The one account that the person has given the name that stands in the file, where blanks are left out of it. */
async function calledSo(tx: Pick<Tx, 'account'>, userId: string, hint: string): Promise<string | null> {
	const accounts = await tx.account.findMany({
		where: { userId, archivedAt: null },
		select: { id: true, name: true }
	});
	const called = accounts.filter(({ name }) => name.replace(/\s+/gu, '') === hint);
	return called.length === 1 ? called[0]!.id : null;
}

async function newAccount(
	tx: Tx,
	{ userId, filename }: Pick<Upload, 'userId' | 'filename'>,
	{ accountHint }: Pick<Detection, 'accountHint'>,
	currency: string
): Promise<string> {
	const id = v7();
	const name = nameOf(accountHint, filename);
	await tx.account.create({ data: { id, userId, name, currency, identifier: accountHint } });
	return id;
}

/** The end of a number, as cards print it; a name as it is; without either the name of the file. */
function nameOf(hint: string | null, filename: string): string {
	if (hint) return /\d{4}$/.test(hint) ? `…${hint.slice(-4)}` : hint.slice(0, 80);
	const fromFile = filename
		.replace(/\.[a-z0-9]+$/i, '')
		.replace(/[_-]+/g, ' ')
		.trim();
	return fromFile.slice(0, 80) || 'Account';
}
