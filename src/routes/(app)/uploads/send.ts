/** Sends a file to be read; multipart, so not through tRPC. */
import { m } from '#lib/paraglide/messages.js';

export type Sent = { uploadId: string } | { refused: string };

/** Answers with the new upload's id, or with the server's words for why it took nothing. */
export async function sendStatement(file: File): Promise<Sent> {
	const body = new FormData();
	body.set('file', file);
	body.set('preview', '1');
	try {
		const response = await fetch('/api/uploads', { method: 'POST', body });
		const answer = (await response.json()) as { uploadId: string } | { message: string };
		return 'uploadId' in answer ? { uploadId: answer.uploadId } : { refused: answer.message };
	} catch {
		return { refused: m.uploads_not_sent() };
	}
}
