export const outcomes = ['imported', 'duplicate', 'rejected'] as const;
export type Outcome = (typeof outcomes)[number];

/** Which rows of a finished import the address asks for. */
export const outcomeIn = (params: URLSearchParams): Outcome | null =>
	outcomes.find((outcome) => outcome === params.get('rows')) ?? null;
