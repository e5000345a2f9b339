import { hash, verify } from '@node-rs/argon2';
import { Semaphore } from '../semaphore.ts';

// argon2id is the package's default algorithm; 64 MiB, three passes, one lane.
const cost = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 };
// Each takes 64 MiB: four at once bound memory however many people sign in.
const atOnce = new Semaphore(4);

export const hashPassword = (password: string): Promise<string> => atOnce.run(() => hash(password, cost));

let nobody: Promise<string> | undefined;

/** Checks a password. With no hash (an unknown person) it takes as long and is false. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
	nobody ??= hashPassword('nobody has this password');
	const against = passwordHash ?? (await nobody);
	const right = await atOnce.run(() => verify(against, password));
	return passwordHash !== null && right;
}
