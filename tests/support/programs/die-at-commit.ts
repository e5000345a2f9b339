/**
 * Loaded into a server before it starts (`node --import`), kills it like `kill -9` around a commit: DIE_AT is `before 3` or
 * `after 3`, counted from the signal SIGUSR2 on. Each commit that is reached is written into the file COMMITS.
 */
import { appendFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import pg from 'pg';

const [side, number] = (process.env['DIE_AT'] ?? '').split(' ');
const file = process.env['COMMITS'] ?? '';
let count = 0;
let armed = false;

function reached(now: 'before' | 'after'): void {
	if (!armed) return;
	if (now === 'before') {
		count++;
		appendFileSync(file, `${count}\n`);
	}
	if (now === side && count === Number(number)) process.kill(process.pid, 'SIGKILL');
}

process.on('SIGUSR2', () => {
	armed = true;
	appendFileSync(file, 'armed\n');
});

const isCommit = (sql: unknown): boolean => typeof sql === 'string' && /^\s*COMMIT\b/i.test(sql);

const { prepare } = Database.prototype;
Database.prototype.prepare = function (this: Database.Database, sql: string) {
	const statement = prepare.call(this, sql);
	if (!isCommit(sql)) return statement;
	const run = statement.run.bind(statement) as (...args: unknown[]) => Database.RunResult;
	statement.run = (...args: unknown[]) => {
		reached('before');
		const result = run(...args);
		reached('after');
		return result;
	};
	return statement;
} as typeof prepare;

type Query = (this: pg.Client, ...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
prototype.query = function (...args) {
	const [first] = args;
	const sql = typeof first === 'object' && first !== null && 'text' in first ? first.text : first;
	if (!isCommit(sql)) return query.apply(this, args);
	reached('before');
	const result = query.apply(this, args);
	if (result instanceof Promise) void result.then(() => reached('after'));
	return result;
};
