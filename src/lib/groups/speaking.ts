/** Who may speak for whom in money that goes from one member to another. */

/** What there is to know of a member for that; the members of a group as the API gives them have it. */
export type Side = {
	memberId: string;
	/** False for a name that nobody has claimed. */
	hasAccount: boolean;
	/** Not in the group any more. */
	removed: boolean;
};

/** Whether somebody cannot say anything themselves. */
const isAbsent = ({ hasAccount, removed }: Side): boolean => !hasAccount || removed;

/**
 * Whether the member `me` may speak for one side of a payment, `other` being the other side of it. Everybody speaks for
 * themselves. For a side that is absent the other one does, and anybody where both are: as long as one of the two can speak, it
 * is no third person's business.
 */
export const speaksFor = (me: string, side: Side, other: Side): boolean =>
	side.memberId === me || (isAbsent(side) && (other.memberId === me || isAbsent(other)));

/** Whether `me` may say that money went from one to the other, or take that back: they speak for one of the two. */
export const maySettle = (me: string, one: Side, other: Side): boolean =>
	speaksFor(me, one, other) || speaksFor(me, other, one);
