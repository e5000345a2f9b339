/** CSV as spreadsheets and programs read it (RFC 4180). */
import Papa from 'papaparse';

/**
 * Free text as a cell. Spreadsheets would take a text that begins like a formula for one, and run it; with an apostrophe in front
 * they show it.
 */
export const textCell = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Rows as lines, each with its line end. Cells go out as they are: free text has to pass {@link textCell} first. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
	rows.length === 0 ? '' : `${Papa.unparse(rows as string[][], { newline: '\r\n' })}\r\n`;
