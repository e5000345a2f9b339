import { expect, test } from 'vitest';
import { sendAll, type Sent, type Waiting } from '#lib/groups/waiting.ts';

const waiting = (id: string, more: Partial<Waiting> = {}): Waiting => ({
	id,
	userId: 'ana',
	groupId: 'flat',
	expense: { id } as Waiting['expense'],
	queuedAt: `2026-03-01T10:0${id}:00.000Z`,
	problem: null,
	...more
});

/** Answers by id; those that are not named are taken. */
const server = (answers: Record<string, Sent> = {}) => {
	const asked: string[] = [];
	const send = async ({ id }: Waiting['expense']): Promise<Sent> => {
		asked.push(id!);
		return answers[id!] ?? { ok: true };
	};
	return { asked, send };
};

test('what waits goes out in the order it was added', async () => {
	const { asked, send } = server();
	const outcome = await sendAll([waiting('3'), waiting('1'), waiting('2')], send);
	expect(asked).toEqual(['1', '2', '3']);
	expect(outcome).toEqual({ sent: ['1', '2', '3'], refused: [] });
});

test('what is refused is kept with the reason, and does not stop the others', async () => {
	const { send } = server({ '1': { ok: false, reached: true, message: 'Ben has left.' } });
	expect(await sendAll([waiting('1'), waiting('2')], send)).toEqual({
		sent: ['2'],
		refused: [waiting('1', { problem: 'Ben has left.' })]
	});
});

test('what was refused is not sent again by itself', async () => {
	const { asked, send } = server();
	await sendAll([waiting('1', { problem: 'Ben has left.' }), waiting('2')], send);
	expect(asked).toEqual(['2']);
});

test('without a network the rest waits on', async () => {
	const { asked, send } = server({ '2': { ok: false, reached: false, message: 'No answer.' } });
	const outcome = await sendAll([waiting('1'), waiting('2'), waiting('3')], send);
	expect(asked).toEqual(['1', '2']);
	expect(outcome).toEqual({ sent: ['1'], refused: [] });
});
