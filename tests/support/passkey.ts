/** A passkey in software, for tests: an ES256 key that says of itself and its person whatever it is told to. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

type Site = { origin: string; rpId: string };

type Claims = Partial<Site> & {
	/** Whether it has checked its person by a finger, a face or a PIN. */
	verified?: boolean;
	/** How often it was used; 0 for keys that do not count. */
	counter?: number;
};

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

const flag = { present: 0x01, verified: 0x04, hasKey: 0x40 };

/** Makes a key for a site. It has no counter unless told. */
export function makePasskey(site: Site) {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const id = randomBytes(32);
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const bytesOf = (coordinate: string) => Buffer.from(coordinate, 'base64url');
	// COSE (RFC 9052): kty EC2, alg ES256, crv P-256, x, y.
	const cose = Buffer.concat([
		Buffer.from('a5010203262001215820', 'hex'),
		bytesOf(x),
		Buffer.from('225820', 'hex'),
		bytesOf(y)
	]);

	const authData = ({ rpId = site.rpId, verified = true, counter = 0 }: Claims, withKey: boolean): Buffer => {
		const head = Buffer.alloc(5);
		head[0] = flag.present | (verified ? flag.verified : 0) | (withKey ? flag.hasKey : 0);
		head.writeUInt32BE(counter, 1);
		const length = Buffer.from([0, id.length]);
		const key = withKey ? [Buffer.alloc(16), length, id, cose] : [];
		return Buffer.concat([sha256(rpId), head, ...key]);
	};
	const clientData = (type: string, challenge: string, { origin = site.origin }: Claims): Buffer =>
		Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
	const envelope = { id: base64url(id), rawId: base64url(id), type: 'public-key' as const };

	return {
		id: base64url(id),
		/** Its answer to the options of a registration. */
		register({ challenge }: { challenge: string }, claims: Claims = {}) {
			const data = authData(claims, true);
			// CBOR: { fmt: 'none', attStmt: {}, authData: bytes }.
			const attestation = Buffer.concat([
				Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
				Buffer.from([data.length >> 8, data.length & 0xff]),
				data
			]);
			return {
				...envelope,
				clientExtensionResults: {},
				response: {
					clientDataJSON: base64url(clientData('webauthn.create', challenge, claims)),
					attestationObject: base64url(attestation),
					transports: ['internal']
				}
			};
		},
		/** Its answer to the options of a sign-in. */
		signIn({ challenge }: { challenge: string }, claims: Claims = {}) {
			const data = authData(claims, false);
			const client = clientData('webauthn.get', challenge, claims);
			return {
				...envelope,
				clientExtensionResults: {},
				response: {
					clientDataJSON: base64url(client),
					authenticatorData: base64url(data),
					signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey))
				}
			};
		}
	};
}

export type SoftPasskey = ReturnType<typeof makePasskey>;
