/** The members of a group as a form offers them. */

export type GroupMember = { memberId: string; name: string; removed: boolean };

export type Someone = { id: string; name: string; isMe: boolean };

/** Everybody in the group, the person themselves first, and those who have left but are named in what is being changed. */
export function peopleOf(
	members: readonly GroupMember[],
	me: string,
	named: readonly string[] = []
): Someone[] {
	return members
		.filter(({ memberId, removed }) => !removed || named.includes(memberId))
		.map(({ memberId, name }) => ({ id: memberId, name, isMe: memberId === me }))
		.sort((a, b) => Number(b.isMe) - Number(a.isMe));
}
