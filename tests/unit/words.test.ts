import { expect, it } from 'vitest';
import { fieldTexts, reasonText } from '#server/words.ts';

it('says in words how long to wait after too many tries', () => {
	const wait = (seconds: number, locale: string) => reasonText('rate_limited', { seconds }, locale);
	expect(wait(1, 'en')).toContain('Wait 1 second and');
	expect(wait(90, 'en')).toContain('Wait 90 seconds and');
	expect(wait(91, 'en')).toContain('Wait 2 minutes and');
	expect(wait(899, 'de')).toContain('Warte 15 Minuten und');
	expect(wait(3601 * 2, 'de')).toContain('Warte 3 Stunden und');
});

it('has words for what has none of its own', () => {
	expect(reasonText('never_heard_of', {}, 'en')).toBe(reasonText('unexpected', {}, 'en'));
});

it('words what is wrong with each field, and has words for what it does not know', () => {
	const wrong = { email: 'email', password: 'password_short', name: 'required', other: 'Invalid input' };
	const texts = fieldTexts(wrong, 'en');
	expect(texts['password']).toContain('12');
	expect(new Set(Object.values(texts)).size).toBe(4);
	expect(texts['other']).not.toContain('Invalid input');
	expect(fieldTexts(wrong, 'de')['name']).not.toBe(texts['name']);
});
