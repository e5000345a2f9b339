// Makes what is generated rather than committed, after every `npm install`: the Prisma clients, Kit's types, the messages.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const run = (...args) => execFileSync(process.execPath, args, { stdio: 'inherit' });

if (!existsSync('node_modules/vite')) process.exit(0); // an install without development packages brings a finished build
run('node_modules/@sveltejs/kit/svelte-kit.js', 'sync'); // first: tsconfig.json, which the others read, extends what it makes
run('scripts/prisma-generate.mjs');
run(
	'node_modules/@inlang/paraglide-js/bin/run.js',
	'compile',
	'--silent',
	'--project',
	'./project.inlang',
	'--outdir',
	'./src/lib/paraglide'
);
