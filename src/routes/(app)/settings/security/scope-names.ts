import { m } from '#lib/paraglide/messages.js';
import type { Scope } from '#lib/scopes.ts';

/** What each scope of an API token lets a program do. */
export const scopeNames = (): Record<Scope, { name: string; hint: string }> => ({
	read: { name: m.security_scope_read(), hint: m.security_scope_read_hint() },
	write: { name: m.security_scope_write(), hint: m.security_scope_write_hint() },
	import: { name: m.security_scope_import(), hint: m.security_scope_import_hint() },
	groups: { name: m.security_scope_groups(), hint: m.security_scope_groups_hint() },
	admin: { name: m.security_scope_admin(), hint: m.security_scope_admin_hint() }
});
