/** What an API token may do. None includes another: a token that only imports cannot read. */
export const scopes = ['read', 'write', 'import', 'groups', 'admin'] as const;

export type Scope = (typeof scopes)[number];
