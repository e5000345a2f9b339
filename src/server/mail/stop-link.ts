import type { App } from '../app.ts';

type Means = { sealer: App['sealer']; config: Pick<App['config'], 'publicUrl'> };

/** The mails that a link ends. */
export type Stoppable = 'alerts' | 'monthly';

const places: Record<Stoppable, string> = { alerts: 'stop alert mails', monthly: 'stop monthly reports' };
const kinds = Object.keys(places) as Stoppable[];

/** The one address that anybody's page or program may send a POST to: the token in it says all. */
export const oneClickPath = '/api/unsubscribe';

// The same in every attempt to send a mail: Resend refuses a second one that is not the first.
const queryOf = ({ sealer }: Means, userId: string, what: Stoppable): string =>
	`token=${sealer.sign(userId, places[what])}`;

// The page has to say what it ends before it is asked to; the token alone says what it is.
const about = (what: Stoppable): string => (what === 'alerts' ? '' : `&about=${what}`);

/** A page where whoever opens it can end such mails to a person. It works for as long as APP_SECRET stays. */
export const stopLink = (app: Means, userId: string, what: Stoppable): string =>
	`${app.config.publicUrl}/unsubscribe?${queryOf(app, userId, what)}${about(what)}`;

/** Where a mail program ends them by itself, with one POST (RFC 8058). */
export const oneClickLink = (app: Means, userId: string, what: Stoppable): string =>
	`${app.config.publicUrl}${oneClickPath}?${queryOf(app, userId, what)}${about(what)}`;

/** Whose mails a token ends, and which; null when it is none of ours. */
export function readStopToken(
	{ sealer }: Pick<App, 'sealer'>,
	token: string
): { userId: string; what: Stoppable } | null {
	for (const what of kinds) {
		const userId = sealer.readSigned(token, places[what]);
		if (userId !== null) return { userId, what };
	}
	return null;
}
