import { reasonText } from '#server/words.ts';
import type { PageServerLoad } from './$types';

/** Why a file that was asked for by a link did not come, in words; null: nothing was refused. */
export const load: PageServerLoad = ({ url, locals }) => {
	const reason = url.searchParams.get('refused');
	const seconds = Number(url.searchParams.get('seconds')) || 60;
	return { refused: reason && reasonText(reason, { seconds }, locals.locale) };
};
