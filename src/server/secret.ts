import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

type Where = { appSecret?: string | undefined; dataDir: string };

/** The instance's secret: APP_SECRET, else the one made on the first start and kept in DATA_DIR, readable by its owner only. */
export async function appSecret({ appSecret, dataDir }: Where): Promise<string> {
	if (appSecret) return appSecret;
	const file = join(dataDir, 'app-secret');
	await mkdir(dataDir, { recursive: true });
	try {
		// 'wx' fails when it exists, so two processes that start at once agree on one secret.
		await writeFile(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	return (await readFile(file, 'utf8')).trim();
}

/** The code that lets somebody make the first account from another machine: the same in every process of an instance. */
export const setupCodeFrom = (secret: string): string =>
	createHmac('sha256', secret).update('set-up code').digest('hex').slice(0, 12).match(/.{4}/g)!.join('-');
