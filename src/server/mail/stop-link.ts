import type { App } from '../app.ts';

type Means = { sealer: App['sealer']; config: Pick<App['config'], 'publicUrl'> };

const place = 'stop alert mails';

/** The one address that anybody's page or program may send a POST to: the token in it says all. */
export const oneClickPath = '/api/unsubscribe';

// The same in every attempt to send a mail: Resend refuses a second one that is not the first.
const tokenOf = ({ sealer }: Means, userId: string): string => sealer.sign(userId, place);

/** A page where whoever opens it can end the mails with alerts to a person. It works for as long as APP_SECRET stays. */
export const stopLink = (app: Means, userId: string): string =>
	`${app.config.publicUrl}/unsubscribe?token=${tokenOf(app, userId)}`;

/** Where a mail program ends them by itself, with one POST (RFC 8058). */
export const oneClickLink = (app: Means, userId: string): string =>
	`${app.config.publicUrl}${oneClickPath}?token=${tokenOf(app, userId)}`;

/** Whose mails a token ends; null when it is none of ours. */
export const readStopToken = ({ sealer }: Pick<App, 'sealer'>, token: string): string | null =>
	sealer.readSigned(token, place);
