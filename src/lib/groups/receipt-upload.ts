/** Sends and removes receipts. XMLHttpRequest, because fetch tells nothing of how far a request has come. Browser only. */
import { LocalProblem } from '#lib/problem.ts';
import { m } from '#lib/paraglide/messages.js';

export const receiptPath = (groupId: string, expenseId: string): string =>
	`/api/groups/${groupId}/expenses/${expenseId}/receipt`;

/** Sends a file as an expense's receipt; `onprogress` hears how much has gone, 0 to 1. Rejects with the server's words. */
export function sendReceipt(path: string, file: File, onprogress: (share: number) => void): Promise<void> {
	const body = new FormData();
	body.set('file', file);
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open('POST', path);
		request.responseType = 'json';
		request.upload.onprogress = ({ loaded, total }) => onprogress(total > 0 ? loaded / total : 0);
		request.onload = () =>
			request.status === 201 ? resolve() : reject(new LocalProblem(wordsOf(request.response)));
		request.onerror = () => reject(new LocalProblem(m.error_unreachable()));
		request.send(body);
	});
}

/** Takes an expense's receipt away. Rejects with the server's words. */
export async function removeReceipt(path: string): Promise<void> {
	const response = await fetch(path, { method: 'DELETE' }).catch(() => null);
	if (!response) throw new LocalProblem(m.error_unreachable());
	if (!response.ok) throw new LocalProblem(wordsOf(await response.json().catch(() => null)));
}

const wordsOf = (answer: unknown): string =>
	(answer as { message?: string } | null)?.message ?? m.error_unreachable();
