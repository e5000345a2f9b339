/**
 * A training on 50,000 rows of one history with 100 labels; and one in its thread on a million rows of junk that four people hand
 * over. CPU time, since the thread shares a machine with whoever else is there.
 */
import { readEntries } from '#models/examples.ts';
import { historyRecipe } from '#models/recipe.ts';
import { train, type Example } from '#models/train.ts';
import { Trainer } from '#server/models/trainer.ts';
import { junk } from '../tests/support/junk.ts';
import { median, report } from './support/figures.ts';

const rows = 50_000;
const merchants = 6_000;
const labels = 100;
const rounds = 5;

const cpuSeconds = async (work: () => unknown): Promise<number> => {
	const started = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(started);
	return (user + system) / 1e6;
};

const names = readEntries().slice(0, merchants);
/** Some merchants come often and most seldom, and one in five bookings has a number of its own. */
const history = Array.from({ length: rows }, (_, i): Example => {
	const merchant = Math.floor(merchants * ((i * 0.618) % 1) ** 3);
	const number = i % 5 === 0 ? ` ${i}` : '';
	return {
		description: `${names[merchant]!.text}${number}`,
		amount: -(100 + ((i * 7919) % 20_000)),
		currency: 'EUR',
		label: `label ${i % 7 === 0 ? i % labels : merchant % labels}`
	};
});
const times: number[] = [];
for (let round = 0; round < rounds; round++) {
	times.push(await cpuSeconds(() => train(history, historyRecipe)));
}
report({ name: `train-${rows}-rows`, value: median(times), unit: 's CPU' });

const people = 4;
const perPerson = 250_000;
const atOnce = 1000;
const trainer = new Trainer();
let handedOver = 0;
let size = 0;
const cpu = await cpuSeconds(async () => {
	for (let person = 0; person < people; person++) {
		trainer.nextPerson();
		const rows = junk(atOnce, person);
		for (let given = 0; given < perPerson; given += atOnce) {
			// What is not wanted any more is handed over nevertheless: it must not do harm either.
			await trainer.add(
				rows.map((row) => ({
					...row,
					merchantKey: `${given} ${row.merchantKey}`,
					description: `${given}${row.description}`
				}))
			);
			handedOver += atOnce;
		}
	}
	size = (await trainer.train(null)).model.length;
	await trainer.end();
});
const name = `train-junk-${handedOver}-rows`;
report({ name, value: cpu, unit: 's CPU' });
report({ name: `${name}-peak`, value: process.resourceUsage().maxRSS / 1024, unit: 'MB' });
report({ name: `${name}-model`, value: size / 1e6, unit: 'MB' });
