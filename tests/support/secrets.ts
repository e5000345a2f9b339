/** Secrets that a test has used or was shown, and where they must not be found. */
import { createHash } from 'node:crypto';

/** Every way a secret may be written: as it is, as hex, and as either base64. */
export const formsOf = (secret: string | Uint8Array): string[] => {
	const bytes = Buffer.from(secret);
	const forms = [
		bytes.toString('hex'),
		bytes.toString('base64').replace(/=+$/, ''),
		bytes.toString('base64url')
	];
	return typeof secret === 'string' ? [secret, ...forms] : forms;
};

/** Remembers secrets under a name that says which one was found. */
export function makeSecrets() {
	const forms = new Map<string, string>();
	return {
		/** Remembers one; returns it. */
		keep<S extends string>(name: string, secret: S): S {
			for (const form of formsOf(secret)) forms.set(form, name);
			return secret;
		},
		/** A password is remembered with its fast hashes as well: those could be guessed at leisure. */
		keepPassword<S extends string>(name: string, password: S): S {
			for (const form of formsOf(password)) forms.set(form, name);
			for (const algorithm of ['sha256', 'sha1', 'md5']) {
				const hash = createHash(algorithm).update(password).digest();
				for (const form of formsOf(hash)) forms.set(form, `${algorithm} of ${name}`);
			}
			return password;
		},
		/** Remembers the bytes of one that is mostly kept as text. */
		keepBytes(name: string, secret: Uint8Array): void {
			for (const form of formsOf(secret)) forms.set(form, name);
		},
		get count() {
			return new Set(forms.values()).size;
		},
		/** The names of those that a text or a file has in it. */
		foundIn(text: string | Buffer): string[] {
			const found = [...forms].filter(([form]) => text.includes(form as string & Uint8Array));
			return [...new Set(found.map(([, name]) => name))];
		}
	};
}

export type Secrets = ReturnType<typeof makeSecrets>;
