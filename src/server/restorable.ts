/** How long what was removed can be brought back; then the night deletes it for good. */
const restorableDays = 30;
const day = 86_400_000;

/** What was removed before this moment is gone. */
export const restorableSince = (now: Date): Date => new Date(now.getTime() - restorableDays * day);
