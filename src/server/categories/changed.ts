import type { App } from '../app.ts';
import { afterCommit, type Tx } from '../db/client.ts';

/** Has the other tabs of a person load their categories again, once the change is committed. */
export const ownCategoriesChanged = (tx: Tx, { live }: Pick<App, 'live'>, userId: string): void =>
	afterCommit(tx, () => live.toUser(userId, 'categories:changed', {}));
