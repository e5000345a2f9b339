import { baseLocale, isLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';

// The server has chosen the language; the page keeps to it, so that both render the same words.
overwriteGetLocale(() => {
	const { lang } = document.documentElement;
	return isLocale(lang) ? lang : baseLocale;
});
