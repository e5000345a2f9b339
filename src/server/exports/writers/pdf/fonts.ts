/** The letters of a PDF: what they are in the file, how wide they are, and where a text breaks. */
import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';

const folder = '@expo-google-fonts/noto-sans';
const files = {
	regular: `${folder}/400Regular/NotoSans_400Regular.ttf`,
	bold: `${folder}/600SemiBold/NotoSans_600SemiBold.ttf`
};

/** Stands for what the fonts do not have. */
const replacement = '\ufffd';

// The font has Devanagari too, but its letters change with their neighbours, and we set one letter after the other.
const shaped = /\p{Script=Devanagari}/u;
/** What a sign is but a form of: `=` for the wide one that stands among Chinese signs, `fi` for what is both in one. */
const plainly = (sign: string): string => sign.normalize('NFKC');

const invisible = /[\p{Cf}]/gu;
const blank = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** What pdfkit itself sets text with; its own `text` measures and lays out each piece anew, which is ten times slower. */
type Embedded = {
	id: string;
	encode(text: string): [codes: string[], positions: { advanceWidth: number }[]];
	ref(): unknown;
	font: { hasGlyphForCodePoint(codePoint: number): boolean };
};

type Letter = { code: string; width: number };

export class Font {
	readonly #embedded: Embedded;
	readonly #letters = new Map<string, Letter>();
	/** A sign was asked for that it does not have. */
	hasReplaced = false;

	constructor(doc: PDFKit.PDFDocument, file: string) {
		doc.font(createRequire(import.meta.url).resolve(file));
		this.#embedded = (doc as unknown as { _font: Embedded })._font;
	}

	get id(): string {
		return this.#embedded.id;
	}

	/** Makes sure that a page knows the font. */
	useOn(page: PDFKit.PDFPage): void {
		const { fonts } = page as unknown as { fonts: Record<string, unknown> };
		fonts[this.id] ??= this.#embedded.ref();
	}

	/** The text as it stands in the file, in hexadecimal. */
	codesOf(text: string): string {
		let codes = '';
		for (const sign of text) codes += this.#letter(sign).code;
		return codes;
	}

	/** In points. */
	widthOf(text: string, size: number): number {
		let width = 0;
		for (const sign of text) width += this.#letter(sign).width;
		return (width * size) / 1000;
	}

	#letter(sign: string): Letter {
		const known = this.#letters.get(sign);
		if (known) {
			if (known === this.#letters.get(replacement) && sign !== replacement) this.hasReplaced = true;
			return known;
		}
		const shown = this.#has(sign) ? sign : plainly(sign);
		if (!this.#has(shown) && sign !== replacement) {
			this.hasReplaced = true;
			const instead = this.#letter(replacement);
			this.#letters.set(sign, instead);
			return instead;
		}
		const [codes, positions] = this.#embedded.encode(shown);
		const width = positions.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0);
		const letter = { code: codes.join('') || '0000', width };
		this.#letters.set(sign, letter);
		return letter;
	}

	#has = (signs: string): boolean =>
		[...signs].every((sign) => this.#embedded.font.hasGlyphForCodePoint(sign.codePointAt(0)!)) &&
		!shaped.test(signs);

	/** The text in lines no wider than that; what does not go into `most` of them ends with an ellipsis. */
	lines(text: string, size: number, width: number, most: number): string[] {
		const lines: string[] = [];
		let line = '';
		for (const word of text.split(' ')) {
			const longer = line === '' ? word : `${line} ${word}`;
			if (this.widthOf(longer, size) <= width) {
				line = longer;
				continue;
			}
			if (line !== '') lines.push(line);
			line = word;
			while (this.widthOf(line, size) > width && lines.length < most) {
				const head = this.#fitting(line, size, width);
				lines.push(head);
				line = line.slice(head.length);
			}
			if (lines.length >= most) break;
		}
		if (lines.length < most) return line === '' ? lines : [...lines, line];
		if (line === '') return lines;
		const kept = lines.slice(0, most);
		kept[most - 1] = `${this.#fitting(kept[most - 1]!, size, width - this.widthOf('…', size))}…`;
		return kept;
	}

	/** As much of the beginning of a text as goes into a width, and no less than one sign. */
	#fitting(text: string, size: number, width: number): string {
		let kept = '';
		let used = 0;
		for (const sign of text) {
			used += (this.#letter(sign).width * size) / 1000;
			if (used > width && kept !== '') break;
			kept += sign;
		}
		return kept;
	}
}

export type Fonts = { regular: Font; bold: Font };

export const fontsFor = (doc: InstanceType<typeof PDFDocument>): Fonts => ({
	regular: new Font(doc, files.regular),
	bold: new Font(doc, files.bold)
});

/** A text that can be set in one line: what has no width is gone, and every blank is a plain one. */
export const settable = (text: string): string =>
	text.normalize('NFC').replace(invisible, '').replace(blank, ' ').trim();
