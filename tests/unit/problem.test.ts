import { expect, it } from 'vitest';
import type { ErrorData } from '#lib/errors.ts';
import { LocalProblem, problemOf } from '#lib/problem.ts';
import { CallError } from '#lib/trpc.ts';

const failed = (message: string, data: ErrorData) => new CallError(message, data);

it('says what the server says', () => {
	const error = failed('These do not match.', { code: 'FORBIDDEN', reason: 'bad_credentials', params: {} });
	expect(problemOf(error)).toEqual({ message: 'These do not match.', fields: {}, reason: 'bad_credentials' });
});

it('says of each field what the server says', () => {
	const error = failed('Look at the fields.', {
		code: 'INVALID',
		reason: 'invalid',
		params: {},
		fields: { email: 'email' },
		fieldMessages: { email: 'This is no address.' }
	});
	expect(problemOf(error).fields).toEqual({ email: 'This is no address.' });
});

it('takes anything else for a server that did not answer', () => {
	expect(problemOf(new TypeError('Failed to fetch')).reason).toBe('unreachable');
	expect(problemOf(new CallError('auth.me was not answered', null)).reason).toBe('unreachable');
});

it('keeps the words of what went wrong in the browser', () => {
	expect(problemOf(new LocalProblem('No passkey was used.')).message).toBe('No passkey was used.');
});
