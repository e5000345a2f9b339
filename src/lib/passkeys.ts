/** Passkeys in the browser: whether they can work here, making one, using one. */
import type {
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/browser';
import { m } from '#lib/paraglide/messages.js';
import { LocalProblem } from './problem.ts';
import { api, type Inputs, type Outputs } from './trpc.ts';

// JSON has made plain text of what the types of client and server call by different names; hence the casts.
// The protocol's code is only fetched by whoever uses a passkey.
const webauthn = () => import('@simplewebauthn/browser');

/** Browsers make passkeys for sites with a name, over https or on the very machine. Only true in a browser. */
export const canUsePasskeys = (): boolean =>
	typeof PublicKeyCredential === 'function' && isSecureContext && !isAddress(location.hostname);

const isAddress = (host: string): boolean => host.startsWith('[') || /^[\d.]+$/.test(host);

export type PasskeyAnswer = Inputs['auth']['passkeys']['signIn'];

/** Lets the person choose one of their passkeys and answers the server's challenge with it. */
export async function usePasskey(): Promise<PasskeyAnswer> {
	const [{ startAuthentication }, { challengeId, options }] = await Promise.all([
		webauthn(),
		api().auth.passkeys.beginSignIn.mutate()
	]);
	const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
	const response = await startAuthentication({ optionsJSON }).catch(() => {
		// Browsers do not tell whether there was none, the person said no, or time ran out.
		throw new LocalProblem(m.auth_passkey_none());
	});
	return { challengeId, response } as PasskeyAnswer;
}

/** Makes a passkey under that name. */
export async function makePasskey(name: string): Promise<Outputs['auth']['passkeys']['register']> {
	const { passkeys } = api().auth;
	const [{ startRegistration }, { challengeId, options }] = await Promise.all([
		webauthn(),
		passkeys.beginRegistration.mutate()
	]);
	const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
	const response = await startRegistration({ optionsJSON }).catch((error: Error) => {
		const known = error.name === 'InvalidStateError';
		throw new LocalProblem(known ? m.security_passkey_known() : m.security_passkey_not_made());
	});
	return passkeys.register.mutate({
		challengeId,
		name,
		response
	} as Inputs['auth']['passkeys']['register']);
}
