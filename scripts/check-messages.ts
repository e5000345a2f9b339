/**
 * Holds the messages to their promise: every key is there and filled in each language, takes the same inputs in all, is used
 * somewhere in the code, and nothing is used that is not there. Ends with 1 and a line for each fault.
 */
import { globSync, readFileSync } from 'node:fs';

type Messages = Map<string, { text: string; file: string }>;

const settings = JSON.parse(readFileSync('project.inlang/settings.json', 'utf8')) as {
	baseLocale: string;
	locales: string[];
	'plugin.inlang.messageFormat': { pathPattern: string[] };
};
const faults: string[] = [];

function readMessages(locale: string): Messages {
	const messages: Messages = new Map();
	for (const pattern of settings['plugin.inlang.messageFormat'].pathPattern) {
		const file = pattern.replace('{locale}', locale);
		for (const [key, value] of Object.entries(
			JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
		)) {
			const text = typeof value === 'string' ? value : JSON.stringify(value);
			if (messages.has(key)) faults.push(`${file}: ${key} is also in ${messages.get(key)!.file}`);
			if (text.trim() === '') faults.push(`${file}: ${key} is empty`);
			messages.set(key, { text, file });
		}
	}
	return messages;
}

/** The inputs of a message, sorted. A plural's variants are one text here, so a local variable counts in all alike. */
const inputs = (text: string): string =>
	[...new Set([...text.matchAll(/\{([a-zA-Z]\w*)\}/g)].map((match) => match[1]))].sort().join(', ');

const base = readMessages(settings.baseLocale);
for (const locale of settings.locales.filter((other) => other !== settings.baseLocale)) {
	const messages = readMessages(locale);
	for (const [key, { text, file }] of base) {
		const other = messages.get(key);
		if (!other) faults.push(`${file}: ${key} is missing in ${locale}`);
		else if (inputs(other.text) !== inputs(text)) {
			faults.push(`${other.file}: ${key} takes {${inputs(other.text)}}, not {${inputs(text)}}`);
		}
	}
	for (const [key, { file }] of messages) {
		if (!base.has(key)) faults.push(`${file}: ${key} is missing in ${settings.baseLocale}`);
	}
}

const code = globSync(['src/**/*.{ts,svelte}', 'jobs/**/*.ts', 'models/**/*.ts'], {
	exclude: (path) => /(^|\/)(paraglide|gen)(\/|$)/.test(path)
}).map((file) => ({ file, text: readFileSync(file, 'utf8') }));

const used = new Set<string>();
for (const { file, text } of code) {
	for (const [, key] of text.matchAll(/\bm\.([a-z]\w*)/g)) {
		used.add(key!);
		if (!base.has(key!)) faults.push(`${file}: m.${key} is not in ${settings.baseLocale}`);
	}
}

// An error's words are found by its code at run time (server/words.ts).
for (const { file, text } of code) {
	for (const [, reason] of text.matchAll(/new DomainError\(\s*'[A-Z_]+',\s*'([a-z_]+)'/g)) {
		if (!base.has(`error_${reason}`))
			faults.push(`${file}: error_${reason} is not in ${settings.baseLocale}`);
	}
}

const says = (...texts: string[]): boolean =>
	texts.some((part) => code.some(({ text }) => text.includes(part)));

/** True when the code names the error: whole, as one of the closed set, or as a prefix and the rest (`row_${code}`). */
function isReason(key: string): boolean {
	if (!key.startsWith('error_')) return false;
	const reason = key.slice('error_'.length);
	if (says(`'${reason}'`, `'${reason.toUpperCase()}'`)) return true;
	const cut = reason.indexOf('_') + 1;
	return cut > 0 && says(`\`${reason.slice(0, cut)}\${`) && says(`'${reason.slice(cut)}'`);
}

for (const [key, { file }] of base) {
	if (!used.has(key) && !isReason(key)) faults.push(`${file}: ${key} is not used`);
}

for (const fault of faults) console.error(fault);
console.log(`${base.size} messages in ${settings.locales.join(', ')}: ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
