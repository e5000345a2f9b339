import type { App } from '../app.ts';

/** Makes a delivery that is due. */
export async function deliver({ db }: Pick<App, 'db'>, deliveryId: string, _jobId: string): Promise<void> {
	const delivery = await db.delivery.findUnique({ where: { id: deliveryId } });
	if (delivery?.status !== 'waiting') return;
	throw new Error(`no way to deliver by ${delivery.channel}`);
}
