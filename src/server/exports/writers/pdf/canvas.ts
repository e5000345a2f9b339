import type PDFDocument from 'pdfkit';
import type { Font, Fonts } from './fonts.ts';

type Doc = InstanceType<typeof PDFDocument>;
type Element = PDFKit.PDFStructureElement;

export const ink = '0.11 0.13 0.16';
export const soft = '0.36 0.39 0.43';
export const accent = '0.04 0.45 0.43';
/** Behind a bar: how far it may go. */
export const track = '0.86 0.89 0.89';
const line = '0.82 0.84 0.86';
const band = '0.94 0.96 0.96';

/** A4 in points, and its margins. */
export const sheet = { width: 595.28, height: 841.89, left: 48, right: 547.28, top: 48, bottom: 785 };

export type TextStyle = { font: Font; size: number; color?: string; align?: 'left' | 'right' };

/** What stands below every page: a text on the left, and on the right which page of how many it is. */
export type Footer = { left: string; right: (page: number, pages: number) => string };

const footerRoom = 140;

/** Pages to draw on, with what each piece is for those who hear it. */
export class Canvas {
	readonly fonts: Fonts;
	readonly #doc: Doc;
	readonly #footer: Footer;
	readonly #root: Element;
	/** One a page: pages go out as they are drawn, and only the last tells how many there are. */
	readonly #numbers: PDFKit.PDFKitReference[] = [];
	/** Where the next thing goes, from the top. */
	y = 0;

	constructor(doc: Doc, fonts: Fonts, footer: Footer) {
		this.#doc = doc;
		this.fonts = fonts;
		this.#footer = footer;
		this.#root = doc.struct('Document');
		doc.addStructure(this.#root);
	}

	newPage(): void {
		this.y = sheet.top;
		this.#doc.addPage({ size: 'A4', margin: 0 });
		const { page } = this.#doc;
		Object.values(this.fonts).forEach((font) => font.useOn(page));
		const style = { font: this.fonts.regular, size: 8, color: soft };
		const number = this.#doc.ref({
			...{ Type: 'XObject', Subtype: 'Form', BBox: [0, -4, footerRoom, 10] },
			Resources: { Font: (page as unknown as { fonts: object }).fonts }
		});
		(page as unknown as { xobjects: Record<string, unknown> }).xobjects['Number'] = number;
		this.#numbers.push(number);
		this.artifact(() => {
			const [fitting = ''] = style.font.lines(this.#footer.left, style.size, 380, 1);
			this.text(fitting, sheet.left, 812, style);
			this.#doc.addContent(`q 1 0 0 -1 ${sheet.right - footerRoom} 812 cm /Number Do Q`);
		});
	}

	/** Whether so much more goes on the page. */
	hasRoom = (height: number): boolean => this.y + height <= sheet.bottom;

	/** Text whose first line stands on `y`; aligned right, it ends at `x`. */
	text(text: string, x: number, y: number, { font, size, color = ink, align = 'left' }: TextStyle): void {
		if (text === '') return;
		const from = align === 'right' ? x - font.widthOf(text, size) : x;
		const at = `1 0 0 -1 ${round(from)} ${round(y)} Tm`;
		this.#doc.addContent(`BT ${color} rg /${font.id} ${size} Tf ${at} <${font.codesOf(text)}> Tj ET`);
	}

	box(x: number, y: number, width: number, height: number, color: string): void {
		this.#doc.addContent(`${color} rg ${round(x)} ${round(y)} ${round(width)} ${round(height)} re f`);
	}

	/** Behind a table's headings. */
	band(y: number, height: number): void {
		this.artifact(() => this.box(sheet.left, y, sheet.right - sheet.left, height, band));
	}

	/** Below a row. */
	rule(y: number): void {
		this.artifact(() => this.box(sheet.left, y, sheet.right - sheet.left, 0.5, line));
	}

	/** What is there for the eye only. */
	artifact(draw: () => void): void {
		this.#doc.markContent('Artifact', { type: 'Layout' });
		draw();
		this.#doc.endMarkedContent();
	}

	/** A part that holds others, to be ended when it has them all. */
	part(type: string, parent: Element = this.#root): Element {
		const part = this.#doc.struct(type);
		parent.add(part);
		return part;
	}

	/** A part that is drawn: a heading, a paragraph, a cell. */
	drawn(
		type: string,
		parent: Element | undefined,
		draw: () => void,
		options: { alt?: string; scope?: string } = {}
	): void {
		const part = this.#doc.struct(type, options as PDFKit.Mixins.StructureElementOptions);
		const content = this.#doc.markStructureContent(type);
		draw();
		this.#doc.endMarkedContent();
		part.add(content);
		part.end();
		(parent ?? this.#root).add(part);
	}

	end(): void {
		const { regular } = this.fonts;
		const size = 8;
		this.#numbers.forEach((number, at) => {
			const text = this.#footer.right(at + 1, this.#numbers.length);
			const from = round(footerRoom - regular.widthOf(text, size));
			number.end(`BT ${soft} rg /${regular.id} ${size} Tf ${from} 0 Td <${regular.codesOf(text)}> Tj ET`);
		});
		this.#root.end();
	}
}

const round = (points: number): number => Math.round(points * 100) / 100;
