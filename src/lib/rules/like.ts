/**
 * Whether a whole text is like a pattern, where * stands for anything (or nothing) and ? for any one letter. The last * gives way
 * alone, so no pattern takes longer than its length times that of the text.
 */
export function isLike(text: string, pattern: string): boolean {
	let [at, inPattern] = [0, 0];
	let star = -1;
	let resumed = 0;
	while (at < text.length) {
		const wanted = pattern[inPattern];
		if (wanted === '*') {
			star = inPattern++;
			resumed = at;
		} else if (wanted === '?' || wanted === text[at]) {
			at++;
			inPattern++;
		} else if (star === -1) {
			return false;
		} else {
			at = ++resumed;
			inPattern = star + 1;
		}
	}
	while (pattern[inPattern] === '*') inPattern++;
	return inPattern === pattern.length;
}
