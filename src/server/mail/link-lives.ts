/** How long the links in mails work. The mails say so. */
export const verifyDays = 7;
export const signUpHours = 24;
export const resetMinutes = 30;
/** Of an invitation, which the admin passes on. */
export const inviteDays = 7;
/** Of an invitation to a group, which its members pass on. */
export const groupInviteDays = 14;
