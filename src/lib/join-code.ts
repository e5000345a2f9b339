/**
 * The code of a link into a group, kept while somebody signs in or makes an account on the way: for this tab only, and never in
 * an address that a server sees. Browser only.
 */
const key = 'quits:join';

/** The page that the code is for. */
export const joinPage = '/join';

export const joinCode = {
	get: (): string | null => sessionStorage.getItem(key),
	keep: (code: string): void => sessionStorage.setItem(key, code),
	forget: (): void => sessionStorage.removeItem(key)
};
