/** How often things may be tried: the numbers, and the two ways of counting. Pure; `limit.ts` keeps the state. */

/** At most `most` in any stretch of `within` ms, however they are spread. */
type Window = { kind: 'window'; most: number; within: number };
/** `most` at once, then one every `every` ms. */
type Bucket = { kind: 'bucket'; most: number; every: number };
export type Rule = Window | Bucket;

const minute = 60_000;
const hour = 60 * minute;

export const rules = {
	/** Sign-ins from one address. */
	signInAddress: { kind: 'bucket', most: 10, every: minute },
	/** Passwords for one account from one address. */
	signInAccount: { kind: 'window', most: 5, within: 15 * minute },
	/** One-time and recovery codes of one account, wherever they come from. */
	secondFactor: { kind: 'window', most: 5, within: 15 * minute },
	/** Somebody signed in who shows again who they are. */
	stepUp: { kind: 'window', most: 5, within: 15 * minute },
	/** Mails that reset a password or confirm an address: by address asked for, and by where the asking comes from. */
	mailLink: { kind: 'window', most: 3, within: hour },
	mailLinkAddress: { kind: 'window', most: 10, within: hour },
	/** Links and codes that somebody holds: of a reset, a confirmation, an invitation; and the set-up code. */
	code: { kind: 'window', most: 10, within: 15 * minute },
	/** Challenges to authenticators, from one address. */
	challenge: { kind: 'bucket', most: 30, every: 2000 },
	signUp: { kind: 'window', most: 5, within: hour },
	passwordCheck: { kind: 'bucket', most: 60, every: 1000 },
	upload: { kind: 'window', most: 20, within: hour },
	receipt: { kind: 'window', most: 100, within: hour },
	export: { kind: 'window', most: 30, within: hour },
	/** Webhooks that a person asks for out of turn, and addresses they have looked up. */
	webhook: { kind: 'window', most: 60, within: hour },
	/** Tries of how alerts reach somebody; they send mail. */
	alertTest: { kind: 'window', most: 10, within: hour },
	/** Reports of a month that somebody asks for out of turn: each is a PDF and a mail. */
	monthlyReport: { kind: 'window', most: 3, within: hour },
	/** Everything somebody signed in does. */
	call: { kind: 'bucket', most: 600, every: minute / 600 }
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** What is kept of earlier tries: times in ms. For a bucket, one: when it will be full again. */
export type Tries = readonly number[];

export type Taken = { tries: Tries } & ({ ok: true } | { ok: false; retryAfterMs: number });

/** Counts one more try at `now`, unless it is one too many. */
export function take(rule: Rule, tries: Tries, now: number): Taken {
	return rule.kind === 'window' ? takeWindow(rule, tries, now) : takeBucket(rule, tries, now);
}

function takeWindow({ most, within }: Window, tries: Tries, now: number): Taken {
	const recent = tries.filter((at) => at > now - within);
	if (recent.length < most) return { ok: true, tries: [...recent, now] };
	return { ok: false, tries: recent, retryAfterMs: recent[recent.length - most]! + within - now };
}

// The generic cell rate algorithm: one number stands for the whole bucket.
function takeBucket({ most, every }: Bucket, [fullAt = 0]: Tries, now: number): Taken {
	const next = Math.max(fullAt, now) + every;
	const early = next - now - most * every;
	return early > 0 ? { ok: false, tries: [fullAt], retryAfterMs: early } : { ok: true, tries: [next] };
}

/** Takes one try back that turned out to be nobody guessing. */
export function giveBack(rule: Rule, tries: Tries): Tries {
	return rule.kind === 'window' ? tries.slice(0, -1) : tries.map((fullAt) => fullAt - rule.every);
}

/** When the state says nothing any more and can be forgotten. */
export const forgottenAt = (rule: Rule, tries: Tries): number =>
	rule.kind === 'window' ? (tries.at(-1) ?? 0) + rule.within : (tries[0] ?? 0);
