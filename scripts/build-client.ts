/**
 * Makes build/quits-client, the package `quits/client` for programs: the client in one file with one dependency, and its types with
 * nothing of the server in them. Part of every build, after the app. (build/client is Kit's: what it serves to browsers.)
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { build } from 'vite';
import { expandType } from './support/expand-type.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src/client');
const out = join(root, 'build/quits-client');
const dependency = 'socket.io-client';

type Manifest = {
	name: string;
	version: string;
	description: string;
	license: string;
	dependencies: Record<string, string>;
};

function writeManifest(): void {
	const { name, version, license, dependencies } = JSON.parse(
		readFileSync(join(root, 'package.json'), 'utf8')
	) as Manifest;
	const manifest = {
		name,
		version,
		description: 'Typed client of Quits',
		license,
		type: 'module',
		engines: { node: '>=20' },
		sideEffects: false,
		exports: { './client': { types: './client.d.ts', default: './client.js' } },
		dependencies: { [dependency]: dependencies[dependency] }
	};
	writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
}

async function writeCode(): Promise<void> {
	await build({
		root,
		configFile: false,
		logLevel: 'warn',
		publicDir: false,
		build: {
			outDir: out,
			emptyOutDir: true,
			target: 'es2022',
			minify: false,
			lib: { entry: join(source, 'index.ts'), formats: ['es'], fileName: () => 'client.js' },
			rolldownOptions: { external: [dependency] }
		}
	});
}

/** The declarations of every file of the client as one; `types.ts`, which takes its types from elsewhere, is written out in full. */
function writeTypes(): void {
	const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
	const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, host);
	if (!config) throw new Error('tsconfig.json cannot be read');
	const program = ts.createProgram([join(source, 'index.ts')], {
		...config.options,
		types: [],
		noEmit: false,
		declaration: true,
		emitDeclarationOnly: true,
		stripInternal: true
	});
	const text = ['types', 'error', 'live', 'client', 'index']
		.map((name) => program.getSourceFile(join(source, `${name}.ts`))!)
		.map((file) => (file.fileName.endsWith('/types.ts') ? expanded(program, file) : declared(program, file)))
		.join('\n');
	writeFileSync(join(out, 'client.d.ts'), text);
}

function expanded(program: ts.Program, file: ts.SourceFile): string {
	const checker = program.getTypeChecker();
	return file.statements
		.filter((statement) => ts.isTypeAliasDeclaration(statement))
		.filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
		.map(({ name }) => `type ${name.text} = ${expandType(checker, checker.getTypeAtLocation(name))};\n`)
		.join('');
}

/** What the compiler declares of a file, without what ties it to its neighbours: in the end only index.ts exports anything. */
function declared(program: ts.Program, file: ts.SourceFile): string {
	let text = '';
	program.emit(file, (_, emitted) => (text = emitted), undefined, true);
	return text
		.replaceAll(/^import .* from '\.\/.*';\n/gm, '')
		.replaceAll(/^export (?=declare|type \w)/gm, '')
		.replaceAll(/^export \{\};\n/gm, '')
		.replaceAll(/^(export .*) from '\.\/.*';$/gm, '$1;');
}

await writeCode();
writeManifest();
writeTypes();
