import { renderSVG } from 'uqr';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { newTotpSecret, totpUri } from './totp.ts';
import { totpPlace } from './use.ts';

export type MfaBeginning = {
	/** To type into an app by hand: base 32. */
	secret: string;
	uri: string;
	/** The same as a picture: an SVG as a data: address. */
	qr: string;
};

/** Makes a new secret for an authenticator app. It counts once a code of it is confirmed; one that counts now goes on until then. */
export async function beginMfa({ db, sealer }: App, user: SessionUser): Promise<MfaBeginning> {
	const secret = newTotpSecret();
	const pending = sealer.seal(secret, totpPlace(user.id));
	await db.authenticator.upsert({
		where: { userId: user.id },
		create: { userId: user.id, pending },
		update: { pending }
	});
	const uri = totpUri(secret, user.email);
	return { secret, uri, qr: `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 2 }))}` };
}
