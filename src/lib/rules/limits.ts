/** A file of its own, so that pages that only tell of them do not load the checks of what is sent. */

/** Rules of one person. */
export const mostRules = 200;
/** Conditions of one rule, in all of its groups. */
export const mostConditions = 30;
/** Groups in groups in groups. */
export const mostLevels = 3;
