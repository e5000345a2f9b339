/** What pages and the server share of exports that are made by a job and kept for a while. */
import type { Format } from './document.ts';

export type ExportStatus = 'queued' | 'writing' | 'done' | 'failed' | 'cancelled';

/** A worker is busy with it, or will be. */
export const runningStatuses: readonly ExportStatus[] = ['queued', 'writing'];
export const isRunning = (status: ExportStatus): boolean => runningStatuses.includes(status);

/** How long after its end an export is kept. */
export const keptMs = 24 * 3_600_000;

/** From how many rows on an export takes longer than one waits for an answer: some seconds. */
const longFrom: Record<Format, number> = { pdf: 5_000, xlsx: 50_000, csv: 300_000 };

/** Whether so many rows (null: unknown, as few) are better written in the background. */
export const isLong = (format: Format, rows: number | null): boolean => (rows ?? 0) > longFrom[format];

/** Where the file of an export is, once it is done. */
export const downloadHref = (exportId: string): string => `/api/exports/downloads/${exportId}`;
