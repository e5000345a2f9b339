/** The page to go to after signing in: a path of this site, never another one's address. */
export function safeNext(next: string | null): string {
	return next !== null && /^\/(?![/\\])/.test(next) && !/\p{Cc}/u.test(next) ? next : '/';
}
