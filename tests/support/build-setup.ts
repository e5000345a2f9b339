import { execFileSync } from 'node:child_process';

/** Once before the tests that run the real thing: builds it, unless the build that is there is of these sources. */
export default function setup(): void {
	execFileSync(process.execPath, ['scripts/build-if-needed.mjs'], { stdio: 'inherit' });
}
