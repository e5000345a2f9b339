/** Every queue with its one handler; leaving one out does not compile. */
import { app } from '#server/app.ts';
import type { Doorbells, OnDead, Schedule } from '#server/queue/workers.ts';
import { giveUp } from '#server/deliveries/give-up.ts';
import { failExport } from '#server/downloads/end.ts';
import { failMail } from '#server/mail/deliver.ts';
import { failTraining } from '#server/models/end.ts';
import { failUpload } from '#server/uploads/run.ts';
import { accountPurge } from './account-purge.ts';
import { alertMail } from './alert-mail.ts';
import { backupNightly } from './backup-nightly.ts';
import { budgetCheck } from './budget-check.ts';
import { expenseSchedules } from './expense-schedules.ts';
import { exportWrite } from './export-write.ts';
import { housekeeping } from './housekeeping.ts';
import { importRun } from './import-run.ts';
import { mailSend } from './mail-send.ts';
import { modelTrain } from './model-train.ts';
import { monthlyReport } from './monthly-report.ts';
import { passwordReset } from './password-reset.ts';
import { transfersFind } from './transfers-find.ts';
import { uploadPurge } from './upload-purge.ts';
import { webhookSend } from './webhook-send.ts';

export const doorbells: Doorbells = {
	'import-run': importRun,
	'upload-purge': uploadPurge,
	'transfers-find': transfersFind,
	'mail-send': mailSend,
	'alert-mail': alertMail,
	'webhook-send': webhookSend,
	'budget-check': budgetCheck,
	'password-reset': passwordReset,
	'expense-schedules': expenseSchedules,
	'monthly-report': monthlyReport,
	'model-train': modelTrain,
	'export-write': exportWrite,
	'account-purge': accountPurge,
	'backup-nightly': backupNightly,
	housekeeping
};

/** What is written when a job has failed for good. */
export const onDead: OnDead = {
	'import-run': (tx, { uploadId }) =>
		failUpload(tx, app().live, uploadId, { reason: 'upload_broken', params: {} }),
	// The rows that are left stay hidden behind an ended upload; the admin sees the dead letter and can run it again.
	'upload-purge': async () => undefined,
	// The next import, undo or job of the person sees the same.
	'transfers-find': async () => undefined,
	'mail-send': (tx, { mailId }, error) => failMail(tx, mailId, error),
	'alert-mail': (tx, { deliveryId }) => giveUp(tx, deliveryId),
	'webhook-send': (tx, { deliveryId }) => giveUp(tx, deliveryId),
	// The next look at all budgets, within the hour, sees the same.
	'budget-check': async () => undefined,
	// Nothing was promised to the person but that it would be looked at; they can ask again.
	'password-reset': async () => undefined,
	// What is due stays due: the next hour makes it.
	'expense-schedules': async () => undefined,
	// The next morning sees the same; whoever asked for one out of turn can ask again.
	'monthly-report': async () => undefined,
	'model-train': (tx, { versionId }) =>
		failTraining(tx, app().live, versionId, { reason: 'training_broken', params: {} }),
	'export-write': (tx, { exportId }) =>
		failExport(tx, app().live, exportId, { reason: 'export_broken', params: {} }),
	// Nobody can sign in to it any more; the admin sees the dead letter and can run it again.
	'account-purge': async () => undefined,
	// The admin sees the dead letter and why; the next night tries again, and older backups stay until one is made.
	'backup-nightly': async () => undefined,
	housekeeping: async () => undefined
};

export const schedules: Schedule[] = [
	{ queue: 'budget-check', cron: '1,16,31,46 * * * *', payload: {} },
	{ queue: 'expense-schedules', cron: '7 * * * *', payload: {} },
	{ queue: 'monthly-report', cron: '2 * * * *', payload: {} },
	{ queue: 'backup-nightly', cron: '43 3 * * *', payload: {} },
	{ queue: 'housekeeping', cron: '17 4 * * *', payload: {} }
];
