/** Where our own addresses stand in a mail's words: they become links. Addresses of others never do. */

/** The paragraphs of a text; `url` says that one is nothing but an address of ours. */
export const paragraphsOf = (text: string, publicUrl: string): { words: string; url: boolean }[] =>
	text
		.split('\n\n')
		.filter((words) => words !== '')
		.map((words) => ({ words, url: words.startsWith(`${publicUrl}/`) && !/\s/.test(words) }));

/** A line in pieces; `url` says which of them are addresses of ours, which end where the line does or with a blank. */
export function piecesOf(line: string, publicUrl: string): { text: string; url: boolean }[] {
	return line
		.split(/(?<=\s)|(?=\s)/)
		.map((text) => ({ text, url: text === publicUrl || text.startsWith(`${publicUrl}/`) }));
}
