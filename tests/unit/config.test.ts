import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '#server/config.ts';

test('without any setting, there is a whole configuration for one machine', () => {
	expect(readConfig({})).toMatchObject({
		port: 3000,
		host: '127.0.0.1',
		publicUrl: 'http://localhost:3000',
		publicUrlIsSet: false,
		databaseUrl: undefined,
		role: 'all',
		trustProxy: false,
		signup: 'open',
		rateLimits: true,
		logLevel: 'info'
	});
});

test('settings are read, and empty ones count as not set', () => {
	const config = readConfig({
		PORT: '8080',
		PUBLIC_URL: 'https://money.example.org/',
		DATABASE_URL: 'postgres://quits@db/quits',
		ROLE: 'web',
		EGRESS_ALLOW: ' 10.0.0.5 , Printer.local.,fd00:0::1,[::1],',
		TRUST_PROXY: 'on',
		SMTP_URL: '',
		HOST: ''
	});
	expect(config).toMatchObject({
		port: 8080,
		host: '127.0.0.1',
		publicUrl: 'https://money.example.org',
		publicUrlIsSet: true,
		role: 'web',
		egressAllow: ['10.0.0.5', 'printer.local', 'fd00::1', '::1'],
		trustProxy: true
	});
	expect(config.mail.smtpUrl).toBeUndefined();
});

test.each([
	['PORT', { PORT: 'http' }],
	['PORT', { PORT: '65536' }],
	['PUBLIC_URL', { PUBLIC_URL: 'money.example.org' }],
	['PUBLIC_URL', { PUBLIC_URL: 'ftp://money.example.org' }],
	['DATABASE_URL', { DATABASE_URL: 'mysql://db' }],
	['ROLE', { ROLE: 'boss' }],
	['ROLE', { ROLE: 'web' }],
	['ROLE', { ROLE: 'worker' }],
	['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.org' }],
	['MAIL_FROM', { RESEND_API_KEY: 're_123' }],
	['APP_SECRET', { APP_SECRET: 'short' }],
	['RESEND_BASE_URL', { RESEND_BASE_URL: 'nowhere' }],
	['SMTP_URL', { SMTP_URL: 'http://mail' }],
	['MAIL_FROM', { MAIL_FROM: 'x' }],
	['EGRESS_ALLOW', { EGRESS_ALLOW: 'printer.local, http://10.0.0.5' }],
	['EGRESS_ALLOW', { EGRESS_ALLOW: '10.0.0.5:8080' }],
	['EGRESS_ALLOW', { EGRESS_ALLOW: '10.0.0.0/8' }],
	['EGRESS_ALLOW', { EGRESS_ALLOW: 'a@b' }],
	['TRUST_PROXY', { TRUST_PROXY: 'perhaps' }],
	['SIGNUP', { SIGNUP: 'maybe' }],
	['RATE_LIMITS', { RATE_LIMITS: 'no' }],
	['RATE_LIMITS', { RATE_LIMITS: 'off', HOST: '0.0.0.0' }],
	['LOG_LEVEL', { LOG_LEVEL: 'loud' }]
])('a wrong %s stops the start and is named: %o', (name, env) => {
	expect(() => readConfig(env)).toThrow(ConfigError);
	expect(() => readConfig(env)).toThrow(`${name}: `);
});

test('all wrong settings are named at once', () => {
	expect(() => readConfig({ PORT: 'x', SIGNUP: 'y', LOG_LEVEL: 'z' })).toThrow(
		/PORT: .*SIGNUP: .*LOG_LEVEL: /
	);
});
