import { pino, type Logger } from 'pino';

export type Log = Logger;

/** One JSON object per line on stdout. Whatever could hold a secret is named here and cut out. */
export const makeLog = (level: string): Log =>
	pino({
		level,
		base: undefined,
		redact: {
			paths: [
				'password',
				'token',
				'otp',
				'recoveryCode',
				'setupCode',
				'*.password',
				'*.token',
				'headers.cookie',
				'headers.authorization'
			],
			censor: '[cut]'
		}
	});
