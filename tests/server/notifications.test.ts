import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { importStatement } from '../support/person.ts';
import { bookings, file, statement } from '../support/statement.ts';

const quits = await startTestApp();

test('notifications come newest first, page by page, with how many are unread', async () => {
	const ana = await quits.meet('Ana');
	for (let n = 1; n <= 5; n++) await importStatement(ana, statement(bookings(n), `part-${n}.csv`));
	const first = await ana.api.notifications.list.query({ limit: 3 });
	const rest = await ana.api.notifications.list.query({ limit: 3, cursor: first.nextCursor! });
	const names = [...first.items, ...rest.items].map(
		({ params }) => (params as { filename: string }).filename
	);
	expect(names).toEqual(['part-5.csv', 'part-4.csv', 'part-3.csv', 'part-2.csv', 'part-1.csv']);
	expect([first.unread, rest.nextCursor]).toEqual([5, null]);
	expect(ana.live.all('notification:new').map(({ unread }) => unread)).toEqual([1, 2, 3, 4, 5]);
});

test('some are marked as read, then all; what is read stays read', async () => {
	const ana = await quits.meet('Ana');
	for (let n = 1; n <= 3; n++) await importStatement(ana, statement(bookings(n)));
	const { list, markRead } = ana.api.notifications;
	const { items } = await list.query();
	expect(await markRead.mutate({ ids: [items[0]!.id, crypto.randomUUID()] })).toEqual({ unread: 2 });
	const readAt = (await list.query()).items[0]!.readAt;
	expect(readAt).not.toBeNull();
	expect(await markRead.mutate({})).toEqual({ unread: 0 });
	const after = await list.query();
	expect(after.items[0]!.readAt).toBe(readAt);
	expect(after).toMatchObject({ unread: 0 });
	expect(after.items.every((item) => item.readAt !== null)).toBe(true);
});

test('the reason of a failure is told in the language of the reader', async () => {
	const ana = await quits.meet('Ana');
	const udo = await quits.meet('Udo', { locale: 'de' });
	const reasons = [];
	for (const person of [ana, udo]) {
		const upload = await importStatement(person, file('Date,Description,Amount\n'));
		const [told] = (await person.api.notifications.list.query()).items;
		expect(told).toMatchObject({ kind: 'upload_failed', reason: upload.error });
		reasons.push(told!.reason);
	}
	expect(reasons).toEqual([expect.stringContaining('headings but no rows'), expect.stringMatching(/Zeilen/)]);
});
