import { v7 } from 'uuid';
import { z } from 'zod';
import type { App } from '../app.ts';
import { admit } from '../auth/access.ts';
import type { Identity } from '../auth/identify.ts';
import { afterCommit, inTx, type Export, type Session, type Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { askedFile, exportAccess } from '../exports/asked.ts';
import { enqueue } from '../outbox.ts';
import { requireSession } from '../sessions/require.ts';
import { whileRunning } from './end.ts';
import { deleteExport } from './files.ts';
import { exportProgress } from './view.ts';

export const newExport = z.object({
	/** What stands behind `/api/exports/` in the address that streams the same: `transactions.pdf`. */
	file: z.string().min(1).max(200),
	/** The query of that address, with or without its question mark. */
	query: z.string().max(20_000).default('')
});

/** How many of one person are being made or wait for it, and how many are kept beside: the oldest makes way for a new one. */
const mostRunning = 3;
const mostKept = 7;

type Deps = Pick<App, 'config' | 'db' | 'limits' | 'live' | 'queue'>;

/**
 * Promises to write a file that could also be streamed, for the session that asks. Whatever access the file needs is asked for
 * now; who it is of is asked again while it is written. Errors: those of the file, RATE_LIMITED, CONFLICT (`exports_running`).
 */
export async function createExport(
	{ config, db, limits, live, queue }: Deps,
	identity: Identity,
	session: Session,
	{ file, query }: z.output<typeof newExport>
): Promise<Export> {
	const { user } = admit(identity, exportAccess(file));
	const { name, type } = await askedFile(db, user, file, new URLSearchParams(query));
	await limits.take('export', user.id);
	const created = await inTx(db, async (tx) => {
		await requireSession(tx, session);
		if ((await tx.export.count({ where: { userId: user.id, status: whileRunning } })) >= mostRunning) {
			throw new DomainError('CONFLICT', 'exports_running', { params: { count: mostRunning } });
		}
		const dropped = await makeRoom(tx, user.id);
		const row = await tx.export.create({
			data: {
				...{ id: v7(), userId: user.id, sessionId: session.id },
				...{ file, query: query.replace(/^\?/, ''), filename: name, type }
			}
		});
		await enqueue(tx, 'export-write', { exportId: row.id, userId: user.id });
		afterCommit(tx, () => live.toSession(session.id, 'export:progress', exportProgress(row)));
		return { row, dropped };
	});
	queue.kick();
	for (const id of created.dropped) await deleteExport(config, id);
	return created.row;
}

/** Makes room for one more. Answers whose files are to go. */
async function makeRoom(tx: Tx, userId: string): Promise<string[]> {
	const rows = await tx.export.findMany({
		where: { userId, status: { notIn: whileRunning.in } },
		orderBy: { id: 'desc' },
		select: { id: true },
		skip: mostKept
	});
	const ids = rows.map(({ id }) => id);
	await tx.export.deleteMany({ where: { id: { in: ids } } });
	return ids;
}
