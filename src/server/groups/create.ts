import { v7 } from 'uuid';
import { z } from 'zod';
import { currency, id, line } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { writeChange } from './change.ts';
import { findMembership, type Membership } from './membership.ts';

export const newGroup = z.object({
	/** Made by the client so that a repeated call changes nothing. */
	id: id.optional(),
	name: line(80, 1),
	currency
});

/** Makes a group; whoever makes it owns it. Sent again with the same id it returns the first result. Error: CONFLICT (`id_taken`). */
export async function createGroup(
	app: App,
	user: Pick<SessionUser, 'id' | 'name'>,
	{ id: groupId = v7(), name, currency }: z.output<typeof newGroup>
): Promise<Membership> {
	const { db, live } = app;
	const made = inTx(db, async (tx) => {
		await tx.group.create({ data: { id: groupId, name, currency } });
		const owner = await tx.member.create({
			data: { id: v7(), groupId, userId: user.id, name: user.name, role: 'owner' }
		});
		return writeChange(tx, owner, { kind: 'group_created', summary: { title: name } });
	});
	const event = await made.catch((error: unknown) => {
		if (!isDuplicateKey(error, 'Group')) throw error;
		return null;
	});
	if (event) {
		await live.joinGroup(user.id, groupId); // first, so that the person's other pages hear of it
		live.toGroup(groupId, 'group:changed', event);
	}
	return findMembership(db, user.id, groupId).catch(() => {
		throw new DomainError('CONFLICT', 'id_taken');
	});
}
