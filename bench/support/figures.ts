export type Figure = {
	name: string;
	value: number;
	unit: string;
	/** `value` divided by what it is measured against, in the same run. */
	ratio?: number;
	against?: string;
};

/** Prints one figure as a line of JSON. */
export const report = (figure: Figure): void =>
	console.log(
		JSON.stringify({
			...figure,
			value: rounded(figure.value),
			...(figure.ratio !== undefined && { ratio: rounded(figure.ratio) })
		})
	);

const rounded = (value: number): number => Number(value.toPrecision(4));

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}
