/**
 * Where the code of a worker thread or child process lies: `name`.ts beside the asking module while that runs from its
 * sources, and build/server/`name`.js once it is part of the build (which emits one file for each such name).
 *
 * @param sourceUrl the asking module's `import.meta.url`
 */
export function threadUrl(name: string, sourceUrl: string): URL {
	const asking = new URL(sourceUrl);
	if (asking.pathname.endsWith('.ts')) return new URL(`./${name}.ts`, asking);
	const built = asking.pathname.lastIndexOf('/build/server/');
	if (built < 0) throw new Error(`${sourceUrl} lies neither among the sources nor in build/server`);
	return new URL(`file://${asking.pathname.slice(0, built)}/build/server/${name}.js`);
}
