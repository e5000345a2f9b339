import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import type { ErrorData } from '#lib/errors.ts';
import { problemOf } from '#lib/problem.ts';

const failed = (message: string, data: ErrorData) =>
	TRPCClientError.from({ error: { message, code: -32000, data } } as never);

it('says what the server says', () => {
	const error = failed('These do not match.', { code: 'FORBIDDEN', reason: 'bad_credentials', params: {} });
	expect(problemOf(error)).toEqual({ message: 'These do not match.', fields: {}, reason: 'bad_credentials' });
});

it('words what is wrong with each field, and has words for what it does not know', () => {
	const error = failed('Look at the fields.', {
		code: 'INVALID',
		reason: 'invalid',
		params: {},
		fields: { email: 'email', password: 'password_short', name: 'required', other: 'Invalid input' }
	});
	const { fields } = problemOf(error);
	expect(fields['password']).toContain('12');
	expect(new Set(Object.values(fields)).size).toBe(4);
	expect(fields['other']).not.toContain('Invalid input');
});

it('takes anything else for a server that did not answer', () => {
	expect(problemOf(new TypeError('Failed to fetch')).reason).toBe('unreachable');
	expect(problemOf(TRPCClientError.from(new Error('network'))).reason).toBe('unreachable');
});
