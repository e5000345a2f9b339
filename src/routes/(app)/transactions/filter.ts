/** Which transactions a page shows, as it stands in its address. */
import { addDays } from '#lib/dates.ts';
import { isCurrency } from '#lib/money.ts';
import { directions, type Direction } from '#lib/reports/sums.ts';

export type Filter = {
	q?: string;
	/** YYYY-MM-DD, both days included. */
	from?: string;
	to?: string;
	accountId?: string;
	/** A category's id, a group's key for all of its categories, `none` for no category; several with commas between them. */
	categoryId?: string;
	/** What all spellings of a merchant have in common; reports lead here with it. */
	merchantKey?: string;
	uploadId?: string;
	recurringId?: string;
	currency?: string;
	/** Only what reports count as spent, or as earned. */
	direction?: Direction;
	/** Only guesses to look at. */
	review?: true;
};

const isDate = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value) && addDays(value, 0) === value; // 31 February would come back as 3 March
const isId = (value: string) =>
	/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value);
const isShort = (value: string) => value.trim() !== '' && value.length <= 200;

const texts = {
	q: isShort,
	from: isDate,
	to: isDate,
	accountId: isId,
	categoryId: (value: string) =>
		value.length <= 3000 && /^[a-z0-9_-]{1,60}(,[a-z0-9_-]{1,60})*$/i.test(value),
	merchantKey: isShort,
	uploadId: isId,
	recurringId: isId,
	currency: isCurrency
} satisfies Partial<Record<keyof Filter, (value: string) => boolean>>;

type TextKey = keyof typeof texts;

/** Reads an address; what makes no sense in it is left out. */
export function filterIn(params: URLSearchParams): Filter {
	const filter: Filter = {};
	for (const key of Object.keys(texts) as TextKey[]) {
		const value = params.get(key);
		if (value && texts[key](value)) filter[key] = value;
	}
	const direction = directions.find((one) => one === params.get('direction'));
	if (direction) filter.direction = direction;
	if (params.get('review') === '1') filter.review = true;
	return filter;
}

/** The query of an address ("?q=rewe"), with a leading question mark even when it is empty. */
export function filterQuery(filter: Filter): string {
	const params = new URLSearchParams();
	for (const key of Object.keys(texts) as TextKey[]) {
		const value = filter[key];
		if (value) params.set(key, value);
	}
	if (filter.direction) params.set('direction', filter.direction);
	if (filter.review) params.set('review', '1');
	return `?${params}`;
}

export const isFiltered = (filter: Filter): boolean => Object.keys(filter).length > 0;
