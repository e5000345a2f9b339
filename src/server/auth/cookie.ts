import type { Config } from '../config.ts';

/** The session cookie's name and attributes: host-bound and Secure whenever people come over https. */
export function sessionCookie(config: Config) {
	const secure = config.publicUrl.startsWith('https:');
	return {
		name: secure ? '__Host-quits' : 'quits',
		options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
	};
}

/** Tells a browser that was here before from a new one; it opens nothing. */
export const deviceCookie = 'quits_device';

/** The session token of a Cookie header, if it carries one. */
export function cookieToken(config: Config, header: string): string | undefined {
	const { name } = sessionCookie(config);
	for (const part of header.split(';')) {
		const at = part.indexOf('=');
		if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
	}
	return undefined;
}

/** The token of an `Authorization: Bearer …` header. */
export const bearerToken = (header: string | null): string | undefined =>
	/^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
