/** A file of its own, so that pages that reckon do not load the checks of what is sent. */

/**
 * What one expense can be at most, in minor units (ten thousand million of a currency with three decimals): far enough below
 * what a number holds exactly that the balances of a full group do, too.
 */
export const maxExpense = 10_000_000_000_000;

/** How many can be in a group, and in one expense. */
export const mostMembers = 50;
