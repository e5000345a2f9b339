/** A file of its own, so that pages that reckon do not load the checks of what is sent. */

/**
 * What one expense or payment can be at most, in minor units (a thousand million of a currency with two decimals): ninety thousand
 * of them together are still what a number holds exactly, so that balances are, too.
 */
export const maxExpense = 100_000_000_000;

/** How many can be in a group, and in one expense. */
export const mostMembers = 50;
