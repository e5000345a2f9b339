import type { Config } from './config.ts';

/**
 * True when a browser's Origin is one of our own pages: PUBLIC_URL, or, while that is not set, the very host the request
 * was sent to (so that 127.0.0.1 and localhost both work out of the box).
 */
export function isOwnOrigin(config: Config, origin: string, host: string | undefined): boolean {
	if (origin === config.publicUrl) return true;
	if (config.publicUrlIsSet || !host) return false;
	return origin === `http://${host}`;
}
