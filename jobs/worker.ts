/** A process that only runs jobs (`ROLE=worker`), beside web processes on the same Postgres. */
import { runProcess } from '#server/process.ts';
import * as jobs from './index.ts';

await runProcess(jobs);
