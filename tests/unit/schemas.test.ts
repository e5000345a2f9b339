import { expect, test } from 'vitest';
import { line, text } from '#lib/schemas.ts';

test('what nobody can see is empty, in names and in longer texts', () => {
	for (const unseen of ['', ' ', '\u200B', '\u2800 \u3164', '\u2060\uFEFF', '\u202E']) {
		expect(line(80, 1).safeParse(unseen).success).toBe(false);
		expect(text(80, 1).safeParse(unseen).success).toBe(false);
		expect(text(80).parse(unseen)).toBe('');
	}
});

test('names lose what is not seen, and keep what emojis and scripts are written with', () => {
	expect(line(80).parse('A\u200Bn\u200Ca\u202E')).toBe('Ana');
	for (const kept of ['👨\u200D👩\u200D👧', 'نامه\u200Cای', 'क्\u200Dष', 'José']) {
		expect(line(80).parse(kept)).toBe(kept);
	}
});
