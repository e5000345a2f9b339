import { endSchedule } from '../schedules/end.ts';
import { listSchedules } from '../schedules/list.ts';
import { groupReadProcedure, router, scheduleProcedure } from './init.ts';

export const schedules = router({
	list: groupReadProcedure.query(({ ctx }) => listSchedules(ctx.app.db, ctx.membership)),
	end: scheduleProcedure.mutation(({ ctx, input }) => endSchedule(ctx.app, ctx.membership, input.id))
});
