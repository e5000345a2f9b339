/** What is exported, whatever the format: a document of tables. Three writers take it: CSV, Excel and PDF. */
import type { Locale } from '#lib/i18n.ts';

export const formats = ['csv', 'xlsx', 'pdf'] as const;
export type Format = (typeof formats)[number];

/**
 * `date` is YYYY-MM-DD; `money` is a whole number of minor units of the currency that stands in the column `currency` of the same
 * row; `percent` is a whole number of percents. An empty cell is null, or an empty text.
 */
export type Cell = string | number | null;

export type Column = {
	/** What programs call it: the header in CSV, in every language. */
	key: string;
	/** What people call it. */
	header: string;
	kind: 'text' | 'date' | 'money' | 'number' | 'percent';
	/** Where in a row its cell stands. */
	at: number;
	/** The cell is an id, and these are the texts to show for them; for any other there is nothing to show. */
	names?: Readonly<Record<string, string>>;
	/** Of money: where in the row its currency stands. */
	currency?: number;
	/** Its width in a sheet, in characters; without one it stands in no sheet. */
	sheet?: number;
	/** Its width on a page, as a part of the whole; without one it stands on no page of its own. */
	page?: number;
	/** On a page its text stands under that of the column with this key, where it says more. */
	under?: string;
};

export type Table = {
	/** A name for programs and addresses. */
	key: string;
	title: string;
	columns: readonly Column[];
	/** Said on a page where there are no rows. */
	empty: string;
};

/** What a category is called, and what it counts in. */
export type CategoryName = { name: string; parent: string; group: string };

/** The words that a writer puts around the data, in the reader's language. */
export type Words = {
	made: string;
	/** With `{page}` and `{pages}` in it. */
	page: string;
	summary: string;
	currency: string;
	spent: string;
	earned: string;
	moved: string;
	count: string;
	group: string;
	category: string;
	/** Headings of the chart and of its continuation, with `{currency}` in it. */
	chart: string;
	total: string;
	/** That some signs could not be shown. */
	replaced: string;
};

/** What stands on a page before the tables: what they come to, and charts of it. */
export type Front = { totals: { table: Table; rows: readonly Cell[][] }; charts: readonly Chart[] };

export type Chart = {
	title: string;
	/** In their order. `length` is in proportion to the longest, `of` to the same; below zero there is no bar. */
	bars: readonly { name: string; length: number; of?: number; text: string }[];
};

export type Document = {
	locale: Locale;
	title: string;
	/** What programs list it as, where the title and the period would not say what it is. */
	about?: string;
	/** Who made it: a name. */
	author: string;
	/** Whose it is: names and addresses, one a line. */
	who: readonly string[];
	/** In words; '' where it is of no time. */
	period: string;
	/** What else narrows it, one a line. */
	narrowed: readonly string[];
	/** YYYY-MM-DD */
	madeOn: string;
	tables: readonly Table[];
	/** Where in the rows of the first table the sums by category come from. Without it there are none. */
	sums?: { amount: number; currency: number; category: number };
	/** What it comes to, where that is known before its rows are; shown on a page, instead of the sums. */
	front?: Front;
	/** By id, of every category that rows may name; '' is for those that name none. */
	categories: Readonly<Record<string, CategoryName>>;
	words: Words;
};

/** Some rows of the table at that place in the document, as the text of a JSON array of arrays of {@link Cell}s. */
export type Batch = { table: number; rows: string };
