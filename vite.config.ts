import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { defineConfig, isRunnableDevEnvironment, type Plugin } from 'vite';

/**
 * Our processes and threads, built together with Kit's pages so that they share one copy of every module of src/server; and in
 * development the app behind Vite's server.
 */
const quits: Plugin = {
	name: 'quits',
	config: () => ({
		build: {
			modulePreload: {
				polyfill: false,
				// Which scripts every page of the app would load ahead is a list that each visitor of any page carries; styles
				// have to be there before a page shows. What a page needs at first is in its HTML.
				resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css'))
			}
		},
		environments: {
			ssr: {
				build: {
					rolldownOptions: {
						input: {
							'app-server': 'src/server/main.ts',
							worker: 'jobs/worker.ts',
							'reader-thread': 'src/server/uploads/reader-thread.ts',
							'trainer-thread': 'src/server/models/trainer-thread.ts',
							'export-thread': 'src/server/exports/export-thread.ts',
							'judge-thread': 'src/server/passwords/judge-thread.ts',
							'pglite-thread': 'src/server/queue/pglite-thread.ts'
						}
					}
				}
			}
		}
	}),
	// The running app holds on to the modules it was made from: a changed one would not know it. So it starts anew.
	hotUpdate({ file, server }) {
		const isOurs = /\/(?:src\/server|jobs|models)\/[^?]*\.ts$/.test(file);
		if (this.environment.name === 'ssr' && isOurs) void server.restart();
	},
	configureServer(server) {
		const ssr = server.environments.ssr;
		const { httpServer } = server;
		if (!httpServer || !isRunnableDevEnvironment(ssr)) return;
		httpServer.once('listening', () => {
			void ssr.runner
				.import<typeof import('./src/server/dev.ts')>('/src/server/dev.ts')
				.then(({ startDev }) => startDev(httpServer as import('node:http').Server))
				.catch((error: unknown) => server.config.logger.error(String(error)));
		});
	}
};

export default defineConfig({
	plugins: [
		paraglideVitePlugin({ project: './project.inlang', outdir: './src/lib/paraglide' }),
		sveltekit({
			adapter: adapter({ out: 'build' }),
			// Pages of groups do it: nobody else has a use for it.
			serviceWorker: { register: false },
			// Every change is checked by src/hooks.server.ts, which also lets programs with a token in.
			csrf: { trustedOrigins: ['*'] },
			csp: {
				mode: 'nonce',
				directives: {
					'default-src': ['none'],
					'script-src': ['self'],
					'style-src': ['self', 'unsafe-inline'],
					'img-src': ['self', 'data:'],
					'font-src': ['self'],
					'connect-src': ['self'],
					'manifest-src': ['self'],
					'worker-src': ['self'],
					'base-uri': ['none'],
					'form-action': ['self'],
					'frame-ancestors': ['none']
				}
			}
		}),
		quits
	]
});
