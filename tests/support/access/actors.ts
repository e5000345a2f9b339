/** The actors of the access matrix: people in a database, and what each of them shows when they knock. */
import { hash } from '@node-rs/argon2';
import { encodeBase32NoPadding } from '@oslojs/encoding';
import { v7 } from 'uuid';
import type { Scope } from '#lib/scopes.ts';
import { hashToken, newApiToken } from '#server/auth/token.ts';
import { inTx, type Db, type Session } from '#server/db/client.ts';
import { startSession } from '#server/sessions/start.ts';
import type { Actor } from './levels.ts';

export type People = Record<'owner' | 'outsider' | 'half' | 'disabled' | 'admin' | 'plain', string>;

export const password = 'purple moss under slow trains';
// Any strength is read from the hash itself; a weak one lets the matrix ask often.
const cheapHash = hash(password, { memoryCost: 64, timeCost: 1, parallelism: 1 });

type NewPerson = {
	id?: string;
	name: string;
	role?: 'admin' | 'member';
	disabled?: boolean;
	/** A second factor that is on. What it is sealed with opens nowhere: nobody signs in with it. */
	mfa?: boolean;
};

/** Somebody who has an account. */
export async function addPerson(db: Db, person: NewPerson): Promise<string> {
	const { id = v7(), name, role = 'member', disabled = false, mfa = false } = person;
	await db.user.create({
		data: {
			...{ id, name, role, passwordHash: await cheapHash },
			email: `${name.toLowerCase()}-${id.slice(-6)}@example.org`,
			disabledAt: disabled ? new Date() : null
		}
	});
	if (mfa) await addMfa(db, id);
	return id;
}

/** Turns a second factor on. */
export const addMfa = (db: Db, userId: string) =>
	db.authenticator.create({
		data: { userId, secret: encodeBase32NoPadding(new Uint8Array(40)), enabledAt: new Date() }
	});

/** Everybody but the owner and the outsider, who have households and so are made elsewhere. */
export async function addOthers(db: Db): Promise<Omit<People, 'owner' | 'outsider'>> {
	return {
		half: await addPerson(db, { name: 'Hal' }),
		disabled: await addPerson(db, { name: 'Dora', disabled: true }),
		admin: await addPerson(db, { name: 'Ada', role: 'admin', mfa: true }),
		plain: await addPerson(db, { name: 'Paul', role: 'admin' })
	};
}

const program = { userAgent: 'tests', address: '127.0.0.1' };

/** Signs somebody in: the token of a new session. */
export async function sessionOf(db: Db, userId: string, change: Partial<Session> = {}): Promise<string> {
	const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
	const { id, token } = await inTx(db, (tx) => startSession(tx, user, program));
	await db.session.update({ where: { id }, data: change });
	return token;
}

async function apiTokenOf(db: Db, userId: string, scope: Scope, expiresAt?: Date): Promise<string> {
	const token = newApiToken();
	await db.apiToken.create({
		data: {
			...{ id: v7(), userId, name: scope, scopes: scope, tokenHash: hashToken(token) },
			hint: token.slice(-4),
			expiresAt: expiresAt ?? null
		}
	});
	return token;
}

const longAgo = (): Date => new Date(Date.now() - 11 * 60_000);

/** Something new for an actor to show, so that no call spoils the next one's. */
export async function credentialOf(db: Db, people: People, actor: Actor): Promise<string | undefined> {
	const { owner } = people;
	switch (actor) {
		case 'anonymous':
			return undefined;
		case 'expiredToken':
			return apiTokenOf(db, owner, 'read', new Date(Date.now() - 1000));
		case 'revokedToken': {
			const token = await apiTokenOf(db, owner, 'read');
			await db.apiToken.deleteMany({ where: { tokenHash: hashToken(token) } });
			return token;
		}
		case 'signedOut': {
			const token = await sessionOf(db, owner);
			await db.session.deleteMany({ where: { tokenHash: hashToken(token) } });
			return token;
		}
		case 'owner':
		case 'outsider':
		case 'half':
		case 'disabled':
		case 'admin':
		case 'plain':
			return sessionOf(db, people[actor]);
		case 'old':
			return sessionOf(db, owner, { provedAt: longAgo() });
		case 'staleAdmin':
			return sessionOf(db, people.admin, { provedAt: longAgo() });
		case 'readToken':
			return apiTokenOf(db, owner, 'read');
		case 'writeToken':
			return apiTokenOf(db, owner, 'write');
		case 'importToken':
			return apiTokenOf(db, owner, 'import');
		case 'groupsToken':
			return apiTokenOf(db, owner, 'groups');
		case 'memberAdminToken':
			return apiTokenOf(db, owner, 'admin');
		case 'adminToken':
			return apiTokenOf(db, people.admin, 'admin');
	}
}

/** Whether everybody must have a second factor, which is what makes an actor a half-signed-in one. */
export async function whileRequired<T>(db: Db, actor: Actor, work: () => Promise<T>): Promise<T> {
	const key = 'mfaRequired';
	const set = (value: boolean) =>
		db.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
	if (actor !== 'half') return work();
	await set(true);
	try {
		return await work();
	} finally {
		await set(false);
	}
}
