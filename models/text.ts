import type { ModelData } from './train.ts';

/** The stored text of a model: JSON with one feature a line, so that changes can be read. */
export function toText({ tokens, ...head }: ModelData): string {
	const lines = tokens.map((token) => JSON.stringify(token));
	return `${JSON.stringify(head).slice(0, -1)},"tokens":[\n${lines.join(',\n')}\n]}\n`;
}
