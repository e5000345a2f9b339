/** Bytes of one statement. */
export const maxFileBytes = 25 * 1024 * 1024;
/** Bytes of statements one person may have waiting to be read. */
export const maxWaitingBytes = 200 * 1024 * 1024;
/** Rows that are stored in one transaction: about 10 ms of writing, so that others hardly notice an import. */
export const sliceRows = 1000;
/** A file is kept in pieces of this size, so that no single value is large. */
export const chunkBytes = 1024 * 1024;
