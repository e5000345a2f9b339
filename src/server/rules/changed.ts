import type { App } from '../app.ts';
import { afterCommit, type Tx } from '../db/client.ts';

/** Has the other tabs of a person load their rules again, once the change is committed. */
export const rulesChanged = (tx: Tx, { live }: Pick<App, 'live'>, userId: string): void =>
	afterCommit(tx, () => live.toUser(userId, 'rules:changed', {}));
