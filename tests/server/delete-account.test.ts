/** Whoever deletes their account is gone, with all that was theirs; what others' balances rest on stays. */
import { expect, test } from 'vitest';
import { identify } from '#server/auth/identify.ts';
import { kept } from '#server/backup/tables.ts';
import { deleteAccount } from '#server/users/delete-account.ts';
import { listUsers } from '#server/users/list.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { query } from '../support/catalog.ts';
import { makeGroup } from '../support/group.ts';
import { importStatement, type Person } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();
const { app } = quits;
const admin = await quits.meet('Admin', { role: 'admin' });

const emailOf = async ({ api }: Person) => (await api.auth.me.query()).email;
const farewell = async (who: Person) => who.api.auth.deleteAccount.mutate({ email: await emailOf(who) });

async function untilPurged({ id }: Person): Promise<void> {
	await expect.poll(() => app.db.user.count({ where: { id } }), { timeout: 30_000 }).toBe(0);
}

test('nothing of theirs is left in any table but their name in groups with others', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const email = await emailOf(ana);
	await importStatement(ana, statement(bookings(2500)));
	const budget = { currency: 'EUR', amount: 1000, period: 'monthly', categoryIds: [] } as const;
	await ana.api.budgets.create.mutate({ ...budget, categoryIds: [], name: 'All', thresholds: [50] });
	const flat = await makeGroup(app, [ben, ana]);
	await ana.api.expenses.create.mutate(
		flat.expense({ payers: [{ memberId: flat.member('Ana'), amount: 3000 }] })
	);
	const alone = await makeGroup(app, [ana], { guests: ['Cleo'] });
	const balances = await flat.balances();
	const told = ben.live.until('group:changed', ({ groupId }) => groupId === flat.id);

	await farewell(ana);
	await told;
	expect(await refusal(ana.api.auth.me.query())).toMatchObject({ httpStatus: 401 });
	await untilPurged(ana);

	for (const table of kept) {
		const rows = JSON.stringify(await query(app.config, `SELECT * FROM "${table}"`), (_, value: unknown) =>
			typeof value === 'bigint' ? Number(value) : value
		);
		expect({ table, id: rows.includes(ana.id), email: rows.includes(email) }).toEqual({
			...{ table, id: false, email: false }
		});
	}
	expect(await app.db.group.count({ where: { id: alone.id } })).toBe(0);
	expect(await flat.balances()).toEqual(balances);
	const { members } = await ben.api.groups.get.query({ groupId: flat.id });
	expect(members.map(({ name }) => name)).toContain('Ana');
});

test('it takes the address, a recent proof, and that nobody is left without an owner or admin', async () => {
	const [cem, dora] = [await quits.meet('Cem'), await quits.meet('Dora')];
	expect(await refusal(cem.api.auth.deleteAccount.mutate({ email: 'dora@example.org' }))).toMatchObject({
		code: 'INVALID',
		reason: 'not_your_email'
	});
	const { user } = (await identify(app.db, admin.token))!;
	await expect(deleteAccount(app, user, user)).rejects.toMatchObject({ reason: 'last_admin' });
	const flat = await makeGroup(app, [cem, dora]);
	expect(await refusal(farewell(cem))).toMatchObject({
		code: 'CONFLICT',
		reason: 'owner_of_groups',
		message: expect.stringContaining('The flat') as string
	});
	await app.db.session.updateMany({ where: { userId: dora.id }, data: { provedAt: new Date(0) } });
	expect(await refusal(farewell(dora))).toMatchObject({ code: 'STEP_UP_REQUIRED' });
	expect(await flat.balances()).toBeDefined();
	expect((await cem.api.auth.me.query()).email).toMatch(/^cem/);

	await cem.api.members.setRole.mutate({ groupId: flat.id, memberId: flat.member('Dora'), role: 'owner' });
	const email = await emailOf(cem);
	await farewell(cem);
	expect((await listUsers(app.db)).map((user) => user.email)).not.toContain(email);
	expect(await app.db.user.count({ where: { email } })).toBe(0);
	await untilPurged(cem);
});
