import { page } from '$app/state';
import { formatInstant } from '#lib/i18n.ts';
import { baseModel, type ModelStatus } from '#lib/models.ts';
import { m } from '#lib/paraglide/messages.js';

export const statusWords: Record<ModelStatus, () => string> = {
	queued: m.models_status_queued,
	gathering: m.models_status_gathering,
	training: m.models_status_training,
	evaluating: m.models_status_evaluating,
	ready: m.models_status_ready,
	failed: m.models_status_failed,
	cancelled: m.models_status_cancelled
};

/** What a version is called: by when its training was asked for, to the second, as one may follow right upon another. */
export function versionName({ id, createdAt }: { id: string; createdAt: string | null }): string {
	if (id === baseModel || createdAt === null) return m.models_base();
	const timeZone = page.data['timeZone'] as string | undefined;
	return m.models_version({ when: formatInstant(createdAt, { timeZone, seconds: true }) });
}
