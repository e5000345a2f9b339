import type { App } from '../app.ts';
import type { Db } from '../db/client.ts';

const key = 'mfaRequired';

/** Whether everybody here needs a second factor, and not only who administers it. */
export async function isMfaRequired(db: Db): Promise<boolean> {
	return (await db.setting.findUnique({ where: { key } }))?.value === true;
}

/** Turns that on or off. Whoever has no second factor then can do nothing but add one, and hears nothing live. */
export async function requireMfa({ db, live }: Pick<App, 'db' | 'live'>, value: boolean): Promise<void> {
	await db.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
	if (!value) return;
	const without = await db.user.findMany({
		where: { OR: [{ authenticator: null }, { authenticator: { enabledAt: null } }] },
		select: { id: true }
	});
	live.closeUsers(without.map(({ id }) => id));
}
