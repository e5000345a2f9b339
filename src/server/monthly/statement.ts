import { fileName } from '#lib/exports/file-name.ts';
import { firstOf, lastOf } from '#lib/reports/period.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { exportTransactions, type Person } from '../exports/transactions.ts';
import { written } from '../exports/write.ts';
import type { MailFile } from '../mail/send.ts';

/** Mailboxes take some 10 MB as text, which is a third more than the file; ours is kept sealed until it is sent. */
export const largestStatement = 3 * 1024 * 1024;

/** All transactions of a month (YYYY-MM) as the PDF of the same export. Null when that is larger than a mail should be. */
export async function monthlyStatement(
	db: Db,
	person: Person,
	month: string,
	most = largestStatement
): Promise<MailFile | null> {
	const [from, to] = [firstOf(month), lastOf(month)];
	const source = await exportTransactions(db, person, { from, to });
	const pieces: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const piece of written(source, 'pdf')) {
			size += piece.length;
			if (size > most) return null;
			pieces.push(piece);
		}
	} catch (error) {
		if (error instanceof DomainError && error.code === 'TOO_LARGE') return null;
		throw error;
	}
	return {
		name: `${fileName('transactions', from, to)}.pdf`,
		type: 'application/pdf',
		bytes: Buffer.concat(pieces)
	};
}
