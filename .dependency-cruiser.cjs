/* Imports point one way: routes, jobs → server → models, lib. */
const onlyTypes = { dependencyTypesNot: ['type-only'] };

module.exports = {
	forbidden: [
		{
			name: 'lib-and-models-know-no-server',
			comment:
				'Rules and shapes are true in browser and server alike. Only the router’s type reaches the client.',
			severity: 'error',
			from: { path: '^(src/lib|src/client|models)/' },
			to: { path: '^(src/server|src/routes|jobs)/|node_modules/(@prisma|prisma)/', ...onlyTypes }
		},
		{
			name: 'types-of-the-server-only-in-the-client',
			severity: 'error',
			from: { path: '^(src/lib|src/client|models)/', pathNot: '^src/(lib/trpc|client/(types|client))\\.ts$' },
			to: { path: '^(src/server|src/routes|jobs)/' }
		},
		{
			name: 'lib-knows-no-models',
			severity: 'error',
			from: { path: '^src/lib/' },
			to: { path: '^models/' }
		},
		{
			name: 'server-knows-no-routes-or-jobs',
			comment: 'main.ts and dev.ts put a process together; nothing else of the server knows the jobs.',
			severity: 'error',
			from: { path: '^src/server/', pathNot: '^src/server/(main|dev)\\.ts$' },
			to: { path: '^(src/routes|jobs)/' }
		},
		{
			name: 'no-kit-where-jobs-reach',
			severity: 'error',
			from: { path: '^(jobs|src/server|models)/' },
			to: { path: '^\\$app/|@sveltejs/kit' }
		},
		{
			name: 'no-circles',
			severity: 'error',
			// A group of conditions holds groups: Svelte has a component import itself for that.
			from: { pathNot: '/ConditionGroup\\.svelte$' },
			to: { circular: true, viaOnly: onlyTypes }
		}
	],
	options: {
		tsPreCompilationDeps: true,
		exclude: { path: '(src/server/db/gen|src/lib/paraglide)/' },
		doNotFollow: { path: 'node_modules' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'default', 'types']
		}
	}
};
