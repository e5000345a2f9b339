/**
 * What stands behind the # of the address, taken out of it at once: links that open something carry their token there, where
 * no server and no log sees it, and it must not stay in the address bar or the history. Browser only.
 */
export function takeFragment(): string | null {
	const fragment = location.hash.slice(1);
	if (!fragment) return null;
	history.replaceState(history.state, '', location.pathname + location.search);
	return fragment;
}
