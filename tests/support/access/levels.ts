/**
 * Who is let in where, written down by hand: what the access matrix holds the server to. A level is the kind of thing that is
 * asked for; an actor is somebody who asks, with what they show.
 */

/** What an actor hears at the door: `in`, or why not. */
export type Outcome = keyof typeof refusals | 'in';

/** Each way of being turned away, as it looks from outside. */
export const refusals = {
	out: { httpStatus: 401, code: 'FORBIDDEN', reason: 'signed_out' },
	scope: { httpStatus: 403, code: 'FORBIDDEN', reason: 'scope' },
	session: { httpStatus: 403, code: 'FORBIDDEN', reason: 'session_only' },
	enrol: { httpStatus: 403, code: 'MFA_REQUIRED', reason: 'mfa_enrol' },
	admins: { httpStatus: 403, code: 'FORBIDDEN', reason: 'admin_only' },
	prove: { httpStatus: 403, code: 'STEP_UP_REQUIRED', reason: 'step_up_required' }
} as const;

// Whoever shows nothing, or what has ended, is nobody: `out` everywhere but where anyone may come. The others:
//   half   has yet to add the second factor that everybody must have
//   plain  is an admin without a second factor
//   old    has last shown long ago that it is them (the owner), staleAdmin the same of an admin
//   *Token is an API token with that one scope: of the owner, except adminToken
const table = `
            owner outsider half  old   admin plain  staleAdmin readToken writeToken importToken groupsToken memberAdminToken adminToken
anyone      in    in       in    in    in    in     in         in        in         in          in          in               in
anyToken    in    in       enrol in    in    in     in         in        in         in          in          in               in
read        in    in       enrol in    in    in     in         in        scope      scope       scope       scope            scope
write       in    in       enrol in    in    in     in         scope     in         scope       scope       scope            scope
import      in    in       enrol in    in    in     in         scope     scope      in          scope       scope            scope
importRead  in    in       enrol in    in    in     in         in        scope      in          scope       scope            scope
groups      in    in       enrol in    in    in     in         scope     scope      scope       in          scope            scope
groupsRead  in    in       enrol in    in    in     in         in        scope      scope       in          scope            scope
writeOrGroups in  in       enrol in    in    in     in         scope     in         scope       in          scope            scope
session     in    in       enrol in    in    in     in         session   session    session     session     session          session
enrol       in    in       in    in    in    in     in         session   session    session     session     session          session
stepUp      in    in       enrol prove in    in     prove      session   session    session     session     session          session
enrolStepUp in    in       in    prove in    in     prove      session   session    session     session     session          session
admin       admins admins  enrol admins in   enrol  in         scope     scope      scope       scope       admins           in
adminStepUp admins admins  enrol admins in   enrol  prove      session   session    session     session     session          session
`;

const nobodies = ['anonymous', 'expiredToken', 'revokedToken', 'signedOut', 'disabled'] as const;
const somebodies = [
	...(['owner', 'outsider', 'half', 'old', 'admin', 'plain', 'staleAdmin'] as const),
	...(['readToken', 'writeToken', 'importToken', 'groupsToken', 'memberAdminToken', 'adminToken'] as const)
];
export const actors = [...nobodies, ...somebodies];
export type Actor = (typeof actors)[number];

const [header = [], ...lines] = table
	.trim()
	.split('\n')
	.map((line) => line.trim().split(/\s+/));
const rows = new Map(lines.map(([level = '', ...cells]) => [level, cells as Outcome[]]));

export const levels = [
	...(['anyone', 'anyToken', 'read', 'write', 'import', 'importRead', 'session', 'enrol'] as const),
	...(['groups', 'groupsRead', 'writeOrGroups', 'stepUp', 'enrolStepUp', 'admin', 'adminStepUp'] as const)
];
export type Level = (typeof levels)[number];

/** What an actor is to hear where a level is asked for. */
export function outcomeOf(level: Level, actor: Actor): Outcome {
	if (nobodies.some((nobody) => nobody === actor)) return level === 'anyone' ? 'in' : 'out';
	const outcome = rows.get(level)?.[header.indexOf(actor)];
	if (outcome === undefined) throw new Error(`the table does not say what ${actor} hears at ${level}`);
	return outcome;
}

/** What the type of a procedure of each level says: a level that is written down wrongly is noticed before it is tried. */
export const accessOf: Record<Level, unknown> = {
	anyone: 'anyone',
	anyToken: { scopes: ['read', 'write', 'import', 'groups', 'admin'] },
	read: { scopes: ['read'] },
	write: { scopes: ['write'] },
	import: { scopes: ['import'] },
	importRead: { scopes: ['read', 'import'] },
	groups: { scopes: ['groups'] },
	groupsRead: { scopes: ['read', 'groups'] },
	writeOrGroups: { scopes: ['write', 'groups'] },
	session: { scopes: [] },
	enrol: { scopes: [], enrolling: true },
	stepUp: { scopes: [], stepUp: true },
	enrolStepUp: { scopes: [], enrolling: true, stepUp: true },
	admin: { scopes: ['admin'], admin: true },
	adminStepUp: { scopes: [], admin: true, stepUp: true }
};

/** Whose things an actor may touch: the owner's own sessions and tokens, and nobody else. */
const owners: readonly Actor[] = [
	...(['owner', 'old', 'readToken', 'writeToken', 'importToken', 'groupsToken', 'memberAdminToken'] as const)
];
export const isOwner = (actor: Actor): boolean => owners.includes(actor);
