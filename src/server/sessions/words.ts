/** Devices and places in words, in the language of whoever reads them. */
import Bowser from 'bowser';
import { asLocale } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { placeOf } from '../auth/caller.ts';

/** "Firefox on Linux", from what a browser says of itself; the name a program gives itself. */
export function deviceText(userAgent: string, language: string): string {
	const locale = asLocale(language);
	const { browser, os } = Bowser.parse(userAgent || 'unknown');
	if (browser.name && os.name) {
		return m.session_browser({ browser: browser.name, system: os.name }, { locale });
	}
	const program = /^[\w.-]+/.exec(userAgent)?.[0].slice(0, 40);
	return program ? m.session_program({ program }, { locale }) : m.session_unknown_device({}, { locale });
}

export type DeviceKind = 'computer' | 'phone' | 'program';

/** What a device looks like, for a picture beside its name. */
export function deviceKind(userAgent: string): DeviceKind {
	const { browser, platform } = Bowser.parse(userAgent || 'unknown');
	if (!browser.name) return 'program';
	return platform.type === 'mobile' || platform.type === 'tablet' ? 'phone' : 'computer';
}

/** "This machine", "your own network", or the address itself: Quits asks nobody on the internet where that is. */
export function placeText(address: string, language: string): string {
	const locale = asLocale(language);
	switch (placeOf(address)) {
		case 'here':
			return m.session_place_here({}, { locale });
		case 'local':
			return m.session_place_local({ address }, { locale });
		case 'internet':
			return m.session_place_internet({ address }, { locale });
		case 'unknown':
			return m.session_place_unknown({}, { locale });
	}
}
