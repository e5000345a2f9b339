/** What a file is called: parts of any text as plain ASCII without blanks, quotes or dots, those that leave nothing left out. */
export const fileName = (...parts: (string | undefined)[]): string =>
	parts
		.map((part = '') =>
			part
				.normalize('NFKD')
				.replace(/\p{M}/gu, '')
				.replace(/[^A-Za-z0-9-]+/g, '-')
				.replace(/^-+|-+$/g, '')
				.slice(0, 60)
		)
		.filter(Boolean)
		.join('_');
