/** The page to go to after signing in: a path of this site, never another one's address. */
export function safeNext(next: string | null): string {
	return next !== null && /^\/(?![/\\])/.test(next) && !/[\u0000-\u001f]/.test(next) ? next : '/';
}
