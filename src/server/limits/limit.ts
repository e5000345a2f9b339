/**
 * Counts tries in the database, so that neither a restart nor a second process forgets them. A try is counted before it is
 * looked at: of many at the same time no more get through than of many in a row.
 */
import type { Config } from '../config.ts';
import { inTx, type Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { forgottenAt, giveBack, rules, take, type Rule, type RuleName, type Tries } from './rules.ts';

export type Limits = {
	/** Counts one try of `who`. Throws RATE_LIMITED, with `params.seconds` to wait, when it is one too many. */
	take(rule: RuleName, who: string): Promise<void>;
	/** Takes that try back: it was right, so it was no guess. */
	giveBack(rule: RuleName, who: string): Promise<void>;
	/** Like `take`, for what happens often and guards no secret: counted in memory, written down now and then. */
	takeOften(rule: RuleName, who: string): Promise<void>;
	/** Writes down what is counted in memory only. */
	save(): Promise<void>;
};

const off: Limits = {
	take: async () => undefined,
	giveBack: async () => undefined,
	takeOften: async () => undefined,
	save: async () => undefined
};

// What a restart within that time forgets is a few calls, and nobody's secret.
const saveEveryMs = 5_000;

export function makeLimits({ rateLimits }: Pick<Config, 'rateLimits'>, db: Db): Limits {
	if (!rateLimits) return off;
	const often = new Map<string, { rule: Rule; tries: Tries }>();
	let savedAt = Date.now();

	const save = async (): Promise<void> => {
		savedAt = Date.now();
		for (const [key, { rule, tries }] of [...often]) {
			if (forgottenAt(rule, tries) <= savedAt) often.delete(key);
			else
				await db.rateLimit.upsert({
					where: { key },
					create: { key, ...row(rule, tries) },
					update: row(rule, tries)
				});
		}
	};

	return {
		take: async (name, who) => {
			const rule: Rule = rules[name];
			const taken = await change(db, keyOf(name, who), rule, (tries) => take(rule, tries, Date.now()));
			if (!taken.ok) throw tooMany(taken.retryAfterMs);
		},
		giveBack: async (name, who) => {
			const rule: Rule = rules[name];
			await change(db, keyOf(name, who), rule, (tries) => ({ tries: giveBack(rule, tries) }));
		},
		takeOften: async (name, who) => {
			const rule: Rule = rules[name];
			const key = keyOf(name, who);
			if (!often.has(key)) {
				const kept = await db.rateLimit.findUnique({ where: { key } });
				if (!often.has(key)) often.set(key, { rule, tries: readTries(kept?.state ?? '') });
			}
			const taken = take(rule, often.get(key)!.tries, Date.now());
			often.set(key, { rule, tries: taken.tries });
			if (Date.now() - savedAt > saveEveryMs) await save();
			if (!taken.ok) throw tooMany(taken.retryAfterMs);
		},
		save
	};
}

const keyOf = (name: RuleName, who: string): string => `${name}:${who}`;
const readTries = (state: string): Tries => state.split(' ').filter(Boolean).map(Number);
const row = (rule: Rule, tries: Tries) => ({
	state: tries.join(' '),
	expiresAt: new Date(forgottenAt(rule, tries))
});

/** Reads and writes one row with nobody in between: touching it first locks it, on both databases. */
function change<To extends { tries: Tries }>(
	db: Db,
	key: string,
	rule: Rule,
	to: (tries: Tries) => To
): Promise<To> {
	return inTx(db, async (tx) => {
		const [now] = await tx.$queryRaw<{ state: string }[]>`
			INSERT INTO "RateLimit" ("key", "state", "expiresAt") VALUES (${key}, '', ${new Date()})
			ON CONFLICT ("key") DO UPDATE SET "key" = excluded."key" RETURNING "state"`;
		const next = to(readTries(now!.state));
		await tx.rateLimit.update({ where: { key }, data: row(rule, next.tries) });
		return next;
	});
}

const tooMany = (ms: number): DomainError =>
	new DomainError('RATE_LIMITED', 'rate_limited', { params: { seconds: Math.ceil(ms / 1000) } });
