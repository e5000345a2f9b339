import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zipped, type Entry } from '#server/archive/zip.ts';

const madeAt = new Date('2026-11-26T21:02:44Z');

async function* each<One>(all: One[]): AsyncGenerator<One, void, undefined> {
	yield* all;
}

async function bytesOf(entries: Entry[]): Promise<Buffer> {
	return Buffer.concat(await Array.fromAsync(zipped(each(entries), madeAt)));
}

test('another program reads what was put in', async () => {
	const long = Array.from({ length: 5000 }, (_, n) => `line ${n} of many, «ü» 🧾\n`);
	const picture = Uint8Array.from({ length: 70_000 }, (_, n) => n * n);
	const bytes = await bytesOf([
		{ name: 'README.txt', bytes: Buffer.from('hello') },
		{ name: 'long.jsonl', texts: each(long) },
		{ name: 'none.jsonl', texts: each([]) },
		{ name: 'receipts/one.png', bytes: picture }
	]);
	const files = unzipSync(bytes);
	expect(Object.keys(files)).toEqual(['README.txt', 'long.jsonl', 'none.jsonl', 'receipts/one.png']);
	expect(strFromU8(files['long.jsonl']!)).toBe(long.join(''));
	expect(files['none.jsonl']).toHaveLength(0);
	expect(files['receipts/one.png']).toEqual(picture);
	expect(bytes.length).toBeLessThan(110_000);
});

test('texts are read no faster than the archive is taken, and let go of when it is not wanted any more', async () => {
	let [read, ended] = [0, false];
	async function* endless(): AsyncGenerator<string, void, undefined> {
		try {
			for (;;) {
				read++;
				// Nothing that would shrink.
				yield Buffer.from(crypto.getRandomValues(new Uint8Array(30_000))).toString('base64');
			}
		} finally {
			ended = true;
		}
	}
	const pieces = zipped(each([{ name: 'endless.txt', texts: endless() }]), madeAt);
	for (let taken = 0; taken < 20; taken++) await pieces.next();
	expect(read).toBeLessThan(25);
	await pieces.return();
	expect(ended).toBe(true);
});

test('what goes wrong with a text is thrown by the archive', async () => {
	async function* broken(): AsyncGenerator<string, void, undefined> {
		yield 'a beginning';
		throw new Error('the disk is gone');
	}
	await expect(bytesOf([{ name: 'broken.txt', texts: broken() }])).rejects.toThrow('the disk is gone');
});
