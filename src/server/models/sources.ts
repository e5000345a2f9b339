import type { Db } from '../db/client.ts';
import { agreeing } from './gather.ts';

/** What a training could use now: people who agree, and how many transactions they have put into built-in categories themselves. */
export async function trainingSources(db: Db): Promise<{ people: number; corrections: number }> {
	const people = await db.user.count({ where: agreeing });
	const corrections = await db.transaction.count({
		where: { source: 'user', category: { userId: null }, user: agreeing }
	});
	return { people, corrections };
}
