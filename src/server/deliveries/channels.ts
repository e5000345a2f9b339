import type { MailTimes } from '#lib/alerts/mail-time.ts';
import type { Db, Tx } from '../db/client.ts';

/** How a person is told of alerts, beside their screens and webhooks. */
export type Channels = MailTimes & { email: boolean };

const usual: Channels = { email: true, quietFrom: null, quietUntil: null, digestAt: null };

/** What a person has chosen, or what is usual. */
export async function channelsOf(db: Db | Tx, userId: string): Promise<Channels> {
	return (await db.alertChannels.findUnique({ where: { userId } })) ?? usual;
}

/** The same as the API shows it; times are `HH:MM` in the person's time zone. */
export type ChannelsView = {
	email: boolean;
	quietHours: { from: string; until: string } | null;
	digestAt: string | null;
};

export const channelsView = ({ email, quietFrom, quietUntil, digestAt }: Channels): ChannelsView => ({
	email,
	quietHours: quietFrom !== null && quietUntil !== null ? { from: quietFrom, until: quietUntil } : null,
	digestAt
});
