import { app } from '#server/app.ts';

/** Whether work can be done: 200 once the database answers and the queue is up, else 503 and what is missing. */
export const GET = async () => {
	const { db, queue } = app();
	const database = await db.$queryRaw`SELECT 1`.then(
		() => true,
		() => false
	);
	const ready = { database, queue: queue.ready() };
	return Response.json(ready, { status: ready.database && ready.queue ? 200 : 503 });
};
