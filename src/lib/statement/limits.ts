/** What one statement file may hold. The server refuses larger files before they are read (see `sniff`). */
export const maxBytes = 25 * 1024 * 1024;
export const maxRows = 250_000;
export const maxColumns = 100;
/** Characters in one cell. Also catches a quote that is opened and never closed. */
export const maxFieldLength = 32 * 1024;

/** Characters handed to the CSV parser at a time: bounds the memory one slice of rows takes. */
export const sliceLength = 128 * 1024;
/** Detection reads every row of a file up to this many, and samples larger files. */
export const sampleRows = 4_000;
/** How deep into a file the header may lie, in lines. */
export const maxPreambleLines = 120;
/** Rows shown with a detection. */
export const previewRows = 8;
/** Lines of the file's beginning shown with a detection, and how much of each. */
export const headLines = 20;
export const headLineLength = 160;
