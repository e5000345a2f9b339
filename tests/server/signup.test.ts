import { expect, test } from 'vitest';
import { apiOf, refusal, registered } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';

const { app } = await startTestApp({ env: { SIGNUP: 'closed' } });
const visitor = apiOf(app);
const password = 'nine blue lamps in a row';

test('where signing up is closed, the first account can be made and no other', async () => {
	const ana = await registered(
		visitor.auth.register.mutate({ email: 'ana@example.org', name: 'Ana', password })
	);
	expect(ana.user.role).toBe('admin');
	const second = visitor.auth.register.mutate({ email: 'ben@example.org', name: 'Ben', password });
	expect(await refusal(second)).toMatchObject({
		code: 'FORBIDDEN',
		reason: 'signup_closed',
		httpStatus: 403
	});
	expect(await app.db.user.count()).toBe(1);
});
