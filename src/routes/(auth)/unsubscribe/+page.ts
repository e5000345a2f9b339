import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) => ({
	token: url.searchParams.get('token'),
	/** Which mails the link is about, for what the page says; the token says what it ends. */
	isMonthly: url.searchParams.get('about') === 'monthly',
	done: url.searchParams.has('done')
});
