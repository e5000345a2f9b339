/** CSV as spreadsheets and programs read it (RFC 4180), each line ending with CR LF. */

const formula = /^'*[=+\-@\t\r]/;

/**
 * Free text as a cell. Spreadsheets would take a text that begins like a formula for one, and run it; with an apostrophe in front
 * they show it. {@link plainText} takes it off again, also where the text had apostrophes of its own there.
 */
export const textCell = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The text that {@link textCell} made a cell of. */
export const plainText = (cell: string): string =>
	cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;

const special = /[",\r\n]|^\s|\s$/;

/** A cell as it stands in a line: in quotes where it has to be. Free text has to pass {@link textCell} first. */
export const quoted = (cell: string): string =>
	special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;
