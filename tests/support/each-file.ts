/** Runs anew for each test file, while modules are shared by the files of a worker: ends what the file left. */
import { afterAll, afterEach } from 'vitest';
import { cleanUpDatabases } from './db.ts';

let failed = false;

afterEach(({ task }) => {
	failed ||= task.result?.state === 'fail';
});

afterAll(() => cleanUpDatabases({ keep: failed }));
