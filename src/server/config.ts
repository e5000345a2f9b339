/**
 * The settings of the process, read once from the environment. A wrong one stops the start and says which and why.
 * The names and defaults are documented in the README.
 */
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { hostOf } from './egress.ts';

const flag = z
	.enum(['on', 'off', 'true', 'false', '1', '0'])
	.transform((v) => v === 'on' || v === 'true' || v === '1');

const hostList = z.string().transform((text, { addIssue }) =>
	text
		.split(',')
		.map((host) => host.trim())
		.filter(Boolean)
		.map((host) => {
			const url = URL.parse(`http://${isIPv6(host) ? `[${host}]` : host}`);
			if (url && url.href === `http://${url.hostname}/`) return hostOf(url);
			addIssue(`${host} is not a host: names and addresses, without a port, divided by commas`);
			return '';
		})
);

const schema = z.object({
	PORT: z.coerce.number().int().min(0).max(65535).default(3000),
	HOST: z.string().min(1).default('127.0.0.1'),
	PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
	DATA_DIR: z.string().min(1).default('./data'),
	DATABASE_URL: z
		.string()
		.regex(/^postgres(ql)?:\/\//, 'must start with postgres:// (leave it unset for SQLite)')
		.optional(),
	ROLE: z.enum(['all', 'web', 'worker']).default('all'),
	APP_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
	RESEND_API_KEY: z.string().min(1).optional(),
	RESEND_BASE_URL: z.url().optional(),
	SMTP_URL: z
		.string()
		.regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
		.optional(),
	MAIL_FROM: z.string().min(3).optional(),
	EGRESS_ALLOW: hostList.default([]),
	TRUST_PROXY: flag.default(false),
	SIGNUP: z.enum(['open', 'invite', 'closed']).default('open'),
	RATE_LIMITS: z.enum(['on', 'off']).default('on'),
	LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')
});

export type Config = {
	port: number;
	host: string;
	/** Origin people open, without a trailing slash. */
	publicUrl: string;
	/** True when PUBLIC_URL was set: then only that origin may send us mutations. */
	publicUrlIsSet: boolean;
	/** Absolute path. */
	dataDir: string;
	databaseUrl: string | undefined;
	role: 'all' | 'web' | 'worker';
	appSecret: string | undefined;
	mail: {
		resendKey: string | undefined;
		resendUrl: string | undefined;
		smtpUrl: string | undefined;
		from: string | undefined;
	};
	/** Hosts that webhooks may reach on private networks, as {@link hostOf} writes them. */
	egressAllow: string[];
	trustProxy: boolean;
	signup: 'open' | 'invite' | 'closed';
	rateLimits: boolean;
	logLevel: z.infer<typeof schema>['LOG_LEVEL'];
};

/** A setting is missing or wrong; the message names it. */
export class ConfigError extends Error {}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads and checks the settings. Throws {@link ConfigError}. Empty variables count as unset. */
export function readConfig(env: Record<string, string | undefined>): Config {
	const given = Object.fromEntries(
		Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
	);
	const parsed = schema.safeParse(given);
	if (!parsed.success) {
		throw new ConfigError(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '));
	}
	const e = parsed.data;
	if (e.RATE_LIMITS === 'off' && !loopback.has(e.HOST)) {
		throw new ConfigError(
			`RATE_LIMITS: off is allowed only while HOST is a loopback address, and HOST is ${e.HOST}`
		);
	}
	if ((e.RESEND_API_KEY || e.SMTP_URL) && !e.MAIL_FROM) {
		throw new ConfigError('MAIL_FROM: says who mail is from, and is needed with RESEND_API_KEY or SMTP_URL');
	}
	if (e.ROLE !== 'all' && !e.DATABASE_URL) {
		throw new ConfigError(
			`ROLE: ${e.ROLE} needs DATABASE_URL; with SQLite one process does everything (ROLE=all)`
		);
	}
	return {
		port: e.PORT,
		host: e.HOST,
		publicUrl: new URL(e.PUBLIC_URL ?? `http://localhost:${e.PORT}`).origin,
		publicUrlIsSet: e.PUBLIC_URL !== undefined,
		dataDir: resolve(e.DATA_DIR),
		databaseUrl: e.DATABASE_URL,
		role: e.ROLE,
		appSecret: e.APP_SECRET,
		mail: {
			resendKey: e.RESEND_API_KEY,
			resendUrl: e.RESEND_BASE_URL,
			smtpUrl: e.SMTP_URL,
			from: e.MAIL_FROM
		},
		egressAllow: e.EGRESS_ALLOW,
		trustProxy: e.TRUST_PROXY,
		signup: e.SIGNUP,
		rateLimits: e.RATE_LIMITS === 'on',
		logLevel: e.LOG_LEVEL
	};
}
