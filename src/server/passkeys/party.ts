import type { Config } from '../config.ts';

/**
 * Who asks, in the words of WebAuthn: the site at PUBLIC_URL. A passkey made for one host works at no other, and browsers make
 * none for a bare IP address or without https (except at localhost).
 */
export const relyingParty = ({ publicUrl }: Config) => ({
	rpID: new URL(publicUrl).hostname,
	rpName: 'Quits',
	origin: publicUrl
});
