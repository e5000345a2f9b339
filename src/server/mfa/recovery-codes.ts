/** Recovery codes: for whoever has lost the phone. 120 bits each, so a fast hash is enough. */
import { v7 } from 'uuid';
import { hashToken } from '../auth/token.ts';
import type { Tx } from '../db/client.ts';

const howMany = 10;
const codeBytes = 15;
// Crockford's base 32: no letter that reads like a digit or another letter.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function newCode(): string {
	const bits = [...crypto.getRandomValues(new Uint8Array(codeBytes))]
		.map((byte) => byte.toString(2).padStart(8, '0'))
		.join('');
	return bits
		.match(/.{5}/g)!
		.map((five) => alphabet[parseInt(five, 2)])
		.join('')
		.match(/.{4}/g)!
		.join('-');
}

/** As it was made, however it was typed: O is 0, I and L are 1. */
const normalise = (code: string): string =>
	code
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');

const hashOf = (code: string): string => hashToken(normalise(code));

/** Replaces a person's codes by ten new ones; nothing but the answer knows them. */
export async function replaceRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
	const codes = Array.from({ length: howMany }, newCode);
	await tx.recoveryCode.deleteMany({ where: { userId } });
	await tx.recoveryCode.createMany({
		data: codes.map((code) => ({ id: v7(), userId, codeHash: hashOf(code) }))
	});
	return codes;
}

/** Uses a code up: null when it is not one of theirs or has been used, else how many are left. */
export async function useRecoveryCode(
	tx: Tx,
	userId: string,
	code: string,
	now: Date
): Promise<number | null> {
	const { count } = await tx.recoveryCode.updateMany({
		where: { userId, codeHash: hashOf(code), usedAt: null },
		data: { usedAt: now }
	});
	return count === 1 ? tx.recoveryCode.count({ where: { userId, usedAt: null } }) : null;
}
