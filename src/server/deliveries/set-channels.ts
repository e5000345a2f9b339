import { z } from 'zod';
import { inTx, type Db } from '../db/client.ts';
import { lockPerson } from '../users/lock.ts';
import { channelsOf, channelsView, type ChannelsView } from './channels.ts';
import { putInLine } from './put-in-line.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const channelChanges = z.object({
	email: z.boolean().optional(),
	/** Null: there are none. They may go over midnight. */
	quietHours: z
		.object({ from: time, until: time })
		.refine(({ from, until }) => from !== until, { path: ['until'], error: 'invalid' })
		.nullish(),
	/** Null: a mail for each alert. */
	digestAt: time.nullish()
});

/** Changes how a person is told of alerts; what is left out stays. Mails that wait go by the new rules. */
export async function setChannels(
	db: Db,
	userId: string,
	{ email, quietHours, digestAt }: z.output<typeof channelChanges>,
	now = new Date()
): Promise<ChannelsView> {
	return inTx(db, async (tx) => {
		await lockPerson(tx, userId);
		const data = {
			...(email !== undefined && { email }),
			...(quietHours !== undefined && {
				quietFrom: quietHours?.from ?? null,
				quietUntil: quietHours?.until ?? null
			}),
			...(digestAt !== undefined && { digestAt })
		};
		await tx.alertChannels.upsert({ where: { userId }, create: { userId, ...data }, update: data });
		await putInLine(tx, userId, now);
		return channelsView(await channelsOf(tx, userId));
	});
}
