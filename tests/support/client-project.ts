/** `quits/client` as others have it: packed, and installed in a small project of its own outside of this one. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { tempDirectory } from './db.ts';

const run = promisify(execFile);

export type ClientProject = {
	directory: string;
	/** Runs a script there and returns what it printed. Rejects with what it wrote when it does not end well. */
	script: (code: string, env: Record<string, string>) => Promise<string>;
	/** Compiles a file there as strictly as can be, and returns what the compiler says. */
	compile: (code: string) => Promise<string>;
};

export async function installClient(): Promise<ClientProject> {
	const directory = tempDirectory();
	const inside = { cwd: directory };
	const packed = await run('npm', ['pack', resolve('build/quits-client'), '--json', '--silent'], inside);
	const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
	writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
	const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--silent'];
	await run('npm', ['install', `./${filename}`, ...quietly], inside);

	let scripts = 0;
	return {
		directory,
		script: async (code, env) => {
			const file = join(directory, `script-${++scripts}.js`);
			writeFileSync(file, code);
			const options = { ...inside, env: { PATH: process.env['PATH'], ...env }, timeout: 30_000 };
			return (await run(process.execPath, [file], options)).stdout;
		},
		compile: async (code) => {
			writeFileSync(join(directory, 'use.ts'), code);
			writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
			const tsc = resolve('node_modules/typescript/bin/tsc');
			return run(process.execPath, [tsc, '-p', directory, '--pretty', 'false']).then(
				({ stdout }) => stdout,
				(failed: { stdout: string }) => failed.stdout
			);
		}
	};
}

const compilerOptions = {
	module: 'nodenext',
	target: 'es2023',
	lib: ['es2023', 'dom'],
	types: [],
	noEmit: true,
	strict: true,
	exactOptionalPropertyTypes: true,
	noUncheckedIndexedAccess: true,
	skipLibCheck: false
};
