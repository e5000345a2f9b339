import { PrismaClientKnownRequestError } from '@prisma/client/runtime/client';

/** What both adapters tell of a violated unique rule; SQLite names the columns, Postgres the index. */
type Violation = {
	kind?: string;
	originalCode?: string;
	table?: string;
	constraint?: { fields?: string[]; index?: string };
};

// P2002 comes from model calls, P2010 from raw SQL.
function violationOf(error: unknown): Violation | null {
	if (!(error instanceof PrismaClientKnownRequestError)) return null;
	if (error.code !== 'P2002' && error.code !== 'P2010') return null;
	const driver = error.meta?.driverAdapterError as { cause?: Violation } | undefined;
	return driver?.cause?.kind === 'UniqueConstraintViolation' ? driver.cause : null;
}

/**
 * True when `error` says that a row with the same values in these columns exists: `isUniqueViolation(e, 'User', ['email'])`.
 * The columns are those of an `@unique` or `@@unique`, in its order; for the primary key see {@link isDuplicateKey}.
 */
export function isUniqueViolation(error: unknown, table: string, columns: readonly string[]): boolean {
	const violation = violationOf(error);
	if (!violation) return false;
	const { fields, index } = violation.constraint ?? {};
	if (index !== undefined) return index === `${table}_${columns.join('_')}_key`;
	return violation.table === table && fields?.join() === columns.join();
}

/** True when `error` says that a row with the same primary key exists. */
export function isDuplicateKey(error: unknown, table: string): boolean {
	const violation = violationOf(error);
	if (!violation) return false;
	const { index } = violation.constraint ?? {};
	if (index !== undefined) return index === `${table}_pkey`;
	return violation.table === table && violation.originalCode === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}
