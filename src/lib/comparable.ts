/** A value of plain data as a text that is the same exactly when it says the same: databases do not keep the order of keys. */
export const comparable = (value: unknown): string => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [key, sorted(inner)])
	);
}
