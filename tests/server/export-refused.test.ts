/** What is answered where there is no file, to a program and to a browser that followed a link. */
import { expect, test } from 'vitest';
import { DomainError, signedOut } from '#server/errors.ts';
import { refused } from '#server/exports/refused.ts';
import { load } from '../../src/routes/(app)/exports/+page.server.ts';
import { startTestApp } from '../support/app.ts';

const { app } = await startTestApp();

const page = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const asked = (accept: string) =>
	new Request('http://localhost/api/exports/transactions.csv', { headers: { accept } });
const answerTo = (accept: string, error: unknown) => refused(error, asked(accept), 'de', app.log);

test.each([
	[new DomainError('RATE_LIMITED', 'rate_limited', { params: { seconds: 120 } }), /Warte 2 Minuten/],
	[new DomainError('NOT_FOUND'), /Das gibt es nicht mehr/],
	[new DomainError('INVALID', 'invalid', { fields: { to: 'ends_before' } }), /Das Ende liegt vor dem Anfang/]
])('%s: words on a page for whoever followed a link, JSON for a program', async (error, words) => {
	const answer = answerTo(page, error);
	expect(answer.status).toBe(303);
	const url = new URL(answer.headers.get('location')!, 'http://localhost');
	expect(url.pathname).toBe('/exports');
	expect(load({ url, locals: { locale: 'de' } } as Parameters<typeof load>[0])).toEqual({
		refused: expect.stringMatching(words)
	});
	for (const accept of ['*/*', 'application/json']) {
		const told = answerTo(accept, error);
		expect(told.status).toBe(error.status);
		expect(await told.json()).toHaveProperty('message');
	}
});

test('who is signed out is sent where they are asked to sign in', () => {
	expect(answerTo(page, signedOut()).headers.get('location')).toBe('/exports');
	expect(answerTo('*/*', signedOut()).status).toBe(401);
});
