// Read by the Vite plugin and by `paraglide-js compile` alike, so both write the same messages.
export default {
	strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
	cookieName: 'quits_locale',
	emitReadme: false
};
