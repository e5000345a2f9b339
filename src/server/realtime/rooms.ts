export const groupRoom = (groupId: string): string => `group:${groupId}`;
export const userRoom = (userId: string): string => `user:${userId}`;
/** Of a session or an API token. */
export const sessionRoom = (id: string): string => `session:${id}`;
/** Of everybody who administers this instance. */
export const adminsRoom = 'admins';
