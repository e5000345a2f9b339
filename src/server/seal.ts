import {
	createCipheriv,
	createDecipheriv,
	createHmac,
	hkdfSync,
	randomBytes,
	timingSafeEqual
} from 'node:crypto';

/**
 * Keeps text in the database so that a copy of the database alone does not tell it: AES-256-GCM under a key made from
 * APP_SECRET. `place` says what the text belongs to (`totp:USER`); sealed text that was moved elsewhere does not open.
 */
export type Sealer = {
	seal(text: string, place: string): string;
	/** Throws when the text was sealed with another secret, for another place, or has been changed. */
	open(sealed: string, place: string): string;
	/** Text that anybody may read and nobody else can make, the same every time. */
	sign(text: string, place: string): string;
	/** The text that was signed for this place, or null. */
	readSigned(signed: string, place: string): string | null;
};

const ivBytes = 12;
const tagBytes = 16;

export function makeSealer(secret: string): Sealer {
	const key = Buffer.from(hkdfSync('sha256', secret, '', 'quits seal', 32));
	const signingKey = Buffer.from(hkdfSync('sha256', secret, '', 'quits sign', 32));
	const sign = (text: string, place: string): string => {
		// As JSON no other place and text read the same.
		const said = JSON.stringify([place, text]);
		return `${text}.${createHmac('sha256', signingKey).update(said).digest('base64url')}`;
	};
	return {
		sign,
		readSigned(signed, place) {
			const text = signed.slice(0, Math.max(0, signed.lastIndexOf('.')));
			const [given, right] = [Buffer.from(signed), Buffer.from(sign(text, place))];
			return given.length === right.length && timingSafeEqual(given, right) ? text : null;
		},
		seal(text, place) {
			const iv = randomBytes(ivBytes);
			const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
			const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
			return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
		},
		open(sealed, place) {
			const bytes = Buffer.from(sealed, 'base64url');
			// Without its length a tag that was cut short would do, and that can be guessed.
			const options = { authTagLength: tagBytes };
			const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), options)
				.setAAD(Buffer.from(place))
				.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
			return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
				'utf8'
			);
		}
	};
}
