/** The part of ml-naivebayes 4 that training uses; the package brings no types. */
declare module 'ml-naivebayes' {
	type LogTable = {
		readonly columns: number;
		get(row: number, column: number): number;
		set(row: number, column: number, value: number): unknown;
		getRow(row: number): number[];
	};

	export class MultinomialNB {
		/** Natural logs, one row per class. */
		priorProbability: LogTable;
		/** Natural logs, one row per class, one column per feature. */
		conditionalProbability: LogTable;
		train(rows: ArrayLike<number>[], labels: number[]): void;
		predict(rows: number[][]): number[];
		toJSON(): { name: string; priorProbability: LogTable; conditionalProbability: LogTable };
		static load(model: object): MultinomialNB;
	}
}
