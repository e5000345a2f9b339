/** A link into a group, as its members see it. */
import type { App } from '../app.ts';
import type { GroupInvite } from '../db/client.ts';

/** What an invitation's code is sealed for. */
export const codePlace = (inviteId: string): string => `group-invite:${inviteId}`;

export const joinUrl = ({ config }: Pick<App, 'config'>, code: string): string =>
	`${config.publicUrl}/join#${code}`;

export type InviteView = {
	id: string;
	code: string;
	/** What to send, or to show as a picture. */
	url: string;
	/** The name that it is for; null: whoever has it joins. */
	memberId: string | null;
	/** The member who made it. */
	createdById: string;
	createdAt: string;
	expiresAt: string;
};

export function inviteView(app: Pick<App, 'config' | 'sealer'>, invite: GroupInvite): InviteView {
	const { id, memberId, createdById } = invite;
	const code = app.sealer.open(invite.code, codePlace(id));
	return {
		...{ id, code, url: joinUrl(app, code), memberId, createdById },
		createdAt: invite.createdAt.toISOString(),
		expiresAt: invite.expiresAt.toISOString()
	};
}
