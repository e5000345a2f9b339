import { expect, test } from 'vitest';
import { threadUrl } from '#server/thread-url.ts';

test.for([
	[
		'file:///srv/quits/src/server/queue/pglite-client.ts',
		'file:///srv/quits/src/server/queue/pglite-thread.ts'
	],
	[
		'file:///srv/quits/src/server/queue/pglite-client.ts?t=17',
		'file:///srv/quits/src/server/queue/pglite-thread.ts'
	],
	['file:///srv/quits/build/server/app-server.js', 'file:///srv/quits/build/server/pglite-thread.js'],
	['file:///srv/quits/build/server/chunks/queue-B1.js', 'file:///srv/quits/build/server/pglite-thread.js'],
	['file:///srv/build/server/quits/src/a.ts', 'file:///srv/build/server/quits/src/pglite-thread.ts'],
	['file:///a%20b/build/server/chunks/x.js', 'file:///a%20b/build/server/pglite-thread.js']
])('asked from %s, the thread is %s', ([asking, thread]) => {
	expect(threadUrl('pglite-thread', asking!).href).toBe(thread);
});

test('code from elsewhere is refused', () => {
	expect(() => threadUrl('pglite-thread', 'file:///srv/quits/other.js')).toThrow('neither');
});
