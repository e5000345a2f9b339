import { invalidate } from '$app/navigation';
import { navigating, page } from '$app/state';

/**
 * Loads again what depends on a key, until the page shows it. SvelteKit drops what `invalidate` has loaded when a navigation ends
 * meanwhile, and that one may have asked before there was anything new: then this begins anew. Browser only.
 */
export async function reload(dependency: `quits:${string}`): Promise<void> {
	let at: string;
	do {
		await navigating.complete?.catch(() => undefined);
		at = page.url.href;
		await invalidate(dependency);
	} while (navigating.complete !== null || page.url.href !== at);
}
