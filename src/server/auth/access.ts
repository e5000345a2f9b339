import type { Scope } from '#lib/scopes.ts';
import { DomainError, signedOut } from '../errors.ts';
import { stepUpMs } from '../sessions/lifetime.ts';
import type { Identity } from './identify.ts';

/** What it takes to be let in, beside being signed in. */
export type Access = {
	/** An API token needs one of these; none: only a session will do. */
	scopes: readonly Scope[];
	/** Open to somebody who has yet to add a second factor that they must have. */
	enrolling?: true;
	/** For admins, who must have a second factor. */
	admin?: true;
	/** The person has shown in the last ten minutes that it is them. */
	stepUp?: true;
};

/**
 * Lets somebody in, or says why not. The one place that decides, for procedures, endpoints and sockets alike.
 * Errors: FORBIDDEN (`signed_out` 401, `scope`, `admin_only`), MFA_REQUIRED (`mfa_enrol`), STEP_UP_REQUIRED.
 */
export function admit(identity: Identity | null, access: Access, now = Date.now()): Identity {
	if (!identity) throw signedOut();
	const { by, user, mustEnrol } = identity;
	if (by.kind === 'token' && !access.scopes.some((scope) => by.scopes.has(scope))) throw outOfScope(access);
	if (mustEnrol && !access.enrolling) throw mustEnrolFirst();
	if (access.admin && user.role !== 'admin') throw new DomainError('FORBIDDEN', 'admin_only');
	if (access.admin && !user.hasMfa) throw mustEnrolFirst();
	if (access.stepUp && !(by.kind === 'session' && now - by.session.provedAt.getTime() < stepUpMs)) {
		throw new DomainError('STEP_UP_REQUIRED');
	}
	return identity;
}

/** The same as a yes or no. */
export function isAdmitted(identity: Identity | null, access: Access): boolean {
	try {
		return Boolean(admit(identity, access));
	} catch (error) {
		if (error instanceof DomainError) return false;
		throw error;
	}
}

const mustEnrolFirst = () => new DomainError('MFA_REQUIRED', 'mfa_enrol', { status: 403 });

const outOfScope = ({ scopes }: Access) =>
	scopes.length > 0
		? new DomainError('FORBIDDEN', 'scope', { params: { scopes: scopes.join(', ') } })
		: new DomainError('FORBIDDEN', 'session_only');
