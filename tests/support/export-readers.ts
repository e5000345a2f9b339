/** Exports as other programs read them: none of what reads here has written them. */
import Papa from 'papaparse';
import { strFromU8, unzipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import { getDocumentProxy } from 'unpdf';

export type Line = Record<string, string>;

export const csvLines = (bytes: Buffer): Line[] =>
	Papa.parse<Line>(bytes.toString(), { header: true, skipEmptyLines: true }).data;

/** Every cell as it stands in the file, the header's too. */
export const csvCells = (bytes: Buffer): string[][] =>
	Papa.parse<string[]>(bytes.toString(), { skipEmptyLines: true }).data;

export type SheetCell = string | number | boolean | Date | null;

/** The rows of each sheet, by its name. */
export async function xlsxSheets(bytes: Buffer): Promise<Map<string, SheetCell[][]>> {
	const sheets = await readSheets(bytes);
	return new Map(sheets.map(({ sheet, data }) => [sheet, data as SheetCell[][]]));
}

/** The XML of each part of the archive that is XML, by its path. */
export const xlsxParts = (bytes: Buffer): Map<string, string> =>
	new Map(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));

export type PdfPage = {
	/** Pieces of text in the order in which they stand in the file. */
	texts: string[];
	/** The kinds of parts that those who hear it are told of, in order. */
	roles: string[];
};

export type Pdf = { info: Record<string, unknown>; pages: PdfPage[] };

export async function pdfPages(bytes: Buffer): Promise<Pdf> {
	const pdf = await getDocumentProxy(new Uint8Array(bytes));
	const { info } = await pdf.getMetadata();
	const pages: PdfPage[] = [];
	for (let number = 1; number <= pdf.numPages; number++) {
		const page = await pdf.getPage(number);
		const { items } = await page.getTextContent();
		const texts = items.flatMap((item) => ('str' in item && item.str.trim() ? [item.str.trim()] : []));
		pages.push({ texts, roles: rolesIn(await page.getStructTree()) });
	}
	await pdf.cleanup();
	return { info: info as Record<string, unknown>, pages };
}

/** As pdf.js gives it: parts, and between them what they say. */
type Node = { role?: string; type?: string; children?: Node[] };

const rolesIn = (node: Node | null): string[] =>
	node ? [...(node.role ? [node.role] : []), ...(node.children ?? []).flatMap(rolesIn)] : [];
