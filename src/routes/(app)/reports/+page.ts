import { loadSpending } from './load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = (event) => {
	event.depends('quits:transactions');
	return loadSpending(event, 'out');
};
