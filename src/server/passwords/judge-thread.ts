/** The worker thread that judges passwords: the dictionaries take long to load, and each judgement keeps a core busy. */
import { parentPort } from 'node:worker_threads';
import type { JudgeAnswer, JudgeRequest } from './judge-messages.ts';
import { loadJudge } from './judge.ts';

if (!parentPort) throw new Error('judge-thread.ts runs as a worker thread');
const port = parentPort;
const say = (answer: JudgeAnswer) => port.postMessage(answer);

const loading = loadJudge();
// Told to whoever asks: below.
loading.catch(() => undefined);

port.on('message', async ({ job, password, about }: JudgeRequest) => {
	try {
		const judge = await loading;
		say({ job, judgement: judge(password, about) });
	} catch (error) {
		say({ job, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	}
});
