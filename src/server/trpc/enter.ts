import type { SignedIn } from '../auth/login.ts';
import { replaceSession } from '../sessions/replace.ts';
import type { Context } from './init.ts';

/** Hands a new session over to whoever signed in; in a browser it takes the place of the one before. */
export async function enter({ app, setToken, cookieSession }: Context, { token }: SignedIn): Promise<void> {
	setToken(token);
	if (cookieSession) await replaceSession(app, cookieSession);
}
