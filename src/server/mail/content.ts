/** What a mail says, before it is laid out (Mail.svelte). All of it is plain text in the reader's language. */
export type MailContent = {
	subject: string;
	/** Budgets that have something to tell, each with its amounts large and a bar. */
	budgets?: BudgetPart[];
	/** Amounts beside each other, the first of all large. */
	figures?: FiguresPart[];
	tables?: TablePart[];
	/** Paragraphs, with an empty line between two. One that is nothing but an address of ours becomes a button. */
	text?: string;
	/** What stands on that button. */
	action?: string;
	/** Small, at the end: why the reader gets this, and where that can be changed. */
	why?: string;
	links?: { label: string; url: string }[];
};

export type FiguresPart = {
	figures: { label: string; value: string }[];
	line?: string;
};

export type TablePart = {
	title: string;
	/** As many as a row has cells; all but the first stand at the right. */
	head: string[];
	/** What stands in the last column is only to compare with. */
	compared?: boolean;
	rows: {
		cells: string[];
		/** What more there is to say of it, below; `bad` when that is no good news. */
		under?: string;
		bad?: boolean;
	}[];
	/** Below all of them. */
	rest?: string;
};

export type BudgetPart = {
	name: string;
	spent: string;
	/** "of €500.00" */
	of: string;
	/** How much of the bar is full, in whole percent, 0 to 100. */
	filled: number;
	over: boolean;
	/** What else there is to say, a line each. */
	lines: string[];
	url: string;
	open: string;
};
