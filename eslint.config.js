import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'node_modules/',
			'src/lib/paraglide/',
			'src/server/db/gen/',
			'data/',
			'test-results/'
		]
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		rules: {
			// A name that begins with _ is left out on purpose.
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			eqeqeq: 'error',
			// Links to our own pages are plain paths: Quits always lives at the root of its address.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		// Playwright reads from the pattern what a fixture needs, be it nothing.
		files: ['tests/e2e/**'],
		rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] }
	},
	{
		// What it loads is dropped when a navigation ends meanwhile.
		files: ['src/**'],
		ignores: ['src/lib/reload.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ name: '$app/navigation', importNames: ['invalidate'], message: 'Use reload of #lib/reload.ts.' }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } }
	}
);
