import type { CategoryKey } from '#lib/categories.ts';
import { Model } from '#models/predict.ts';
import { isModelData } from '#models/valid.ts';

/** The model that the bytes of a file are; null when they are none. */
export function modelOf(bytes: Uint8Array): Model<CategoryKey> | null {
	try {
		// Buffer's own decoder: the standard one takes no shared memory.
		const data: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
		return isModelData(data) ? new Model<CategoryKey>(data) : null;
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}
