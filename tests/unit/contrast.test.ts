import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { categoryGroups } from '#lib/categories.ts';

type Rgb = [number, number, number];

const css = readFileSync(new URL('../../src/lib/styles/tokens.css', import.meta.url), 'utf8');
const declared = new Map(
	[...css.matchAll(/^\t--([\w-]+):\s*([^;]+);/gm)].map((match) => [match[1]!, match[2]!])
);

/** OKLCH to linear sRGB (source: Björn Ottosson, "A perceptual color space for image processing"), kept in gamut. */
function linear(lightness: number, chroma: number, hue: number): Rgb {
	const a = chroma * Math.cos((hue * Math.PI) / 180);
	const b = chroma * Math.sin((hue * Math.PI) / 180);
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	const clamp = (value: number) => Math.min(1, Math.max(0, value));
	return [
		clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
		clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
		clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
	];
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function colour(name: string, scheme: 'light' | 'dark'): Rgb {
	const value = declared.get(name) ?? '';
	const alias = /^var\(--([\w-]+)\)$/.exec(value);
	if (alias) return colour(alias[1]!, scheme);
	const both = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)|oklch\(1 0 0\)/g)];
	const chosen = both[scheme === 'light' ? 0 : 1];
	if (both.length !== 2 || !chosen) throw new Error(`--${name} is not light-dark(oklch, oklch): ${value}`);
	return linear(Number(chosen[1]), Number(chosen[2]), Number(chosen[3]));
}

/** WCAG 2.2's contrast ratio, 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
	const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
	return (high + 0.05) / (low + 0.05);
}

const text: [string, string[]][] = [
	['ink', ['paper', 'surface', 'sunken', 'pressed', 'accent-soft', 'warn-soft']],
	['ink-soft', ['paper', 'surface', 'sunken']],
	['ink-faint', ['paper', 'surface', 'sunken']],
	['accent-ink', ['paper', 'surface', 'sunken', 'accent-soft']],
	['on-accent', ['accent', 'accent-hover']],
	['on-bad', ['bad']],
	['good', ['paper', 'surface', 'sunken', 'good-soft']],
	['warn', ['paper', 'surface', 'sunken', 'warn-soft']],
	['bad', ['paper', 'surface', 'sunken', 'bad-soft']],
	...categoryGroups.map((group): [string, string[]] => [`cat-${group}`, ['paper', 'surface', 'sunken']])
];
const parts: [string, string[]][] = [
	['edge', ['paper', 'surface']],
	['accent', ['paper', 'surface', 'sunken', 'pressed']],
	['cat-none', ['paper', 'surface']]
];

describe.each(['light', 'dark'] as const)('contrast in %s', (scheme) => {
	const pairs = (list: typeof text) =>
		list.flatMap(([front, backs]) => backs.map((back) => [front, back] as const));

	it.each(pairs(text))('%s reads on %s', (front, back) => {
		expect(contrast(colour(front, scheme), colour(back, scheme))).toBeGreaterThanOrEqual(4.5);
	});

	it.each(pairs(parts))('%s is seen on %s', (front, back) => {
		expect(contrast(colour(front, scheme), colour(back, scheme))).toBeGreaterThanOrEqual(3);
	});
});

it('knows black on white', () => {
	expect(contrast([0, 0, 0], [1, 1, 1])).toBe(21);
});
