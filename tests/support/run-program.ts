import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export type Program = {
	process: ChildProcessByStdio<null, Readable, Readable>;
	/** Resolves when the program has printed this line; rejects when it ends before. */
	printed: (line: string) => Promise<void>;
	/** Resolves when it has ended, however that was. */
	ended: Promise<{ code: number | null; signal: string | null; out: string; err: string }>;
};

/** Runs tests/support/programs/NAME.ts as a process of its own, which ends with the test at the latest. */
export function runProgram(name: string, ...args: string[]): Program {
	const file = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
	const child = spawn(process.execPath, ['--liftoff-only', file, ...args], {
		stdio: ['ignore', 'pipe', 'pipe']
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	let out = '';
	let err = '';
	child.stdout.on('data', (chunk) => (out += chunk));
	child.stderr.on('data', (chunk) => (err += chunk));
	const ended = new Promise<Awaited<Program['ended']>>((resolve) => {
		child.on('close', (code, signal) => resolve({ code, signal, out, err }));
	});
	const printed = (line: string): Promise<void> =>
		new Promise((resolve, reject) => {
			const look = (): void => {
				if (out.split('\n').includes(line)) resolve();
			};
			child.stdout.on('data', look);
			void ended.then(() => reject(new Error(`the program ended without printing ${line}:\n${out}${err}`)));
			look();
		});
	return { process: child, printed, ended };
}
