/** Fills an empty Quits with the demo's people and their year, all of it through the same doors that everyone uses. */
import { addDays, addMonths } from '#lib/dates.ts';
import { register, type Remote, type Statement } from '../support/remote.ts';
import { within, type Booking, type Span } from './bookings.ts';
import { setBudgets } from './budgets.ts';
import { shareFlat } from './flat.ts';
import { ana, anasDollarCard, anasGiro, ben, bensCurrent, yearUntil, type Cast } from './people.ts';
import { dollarStatement, germanStatement, irishStatement } from './statements.ts';

export type World = {
	people: readonly Cast[];
	/** Signs anyone of them in to the API. */
	ana: Remote;
	ben: Remote;
	/** A statement of Ana's that nobody has handed in yet. */
	ready: Statement;
	/** The upload of hers that waits for her to look it over. */
	waitingId: string;
	/** The group that the two share. */
	flatId: string;
	/** The form with the expense in it that bursts the group's budget. */
	burstPath: string;
};

/** Builds the world. `today` decides which days the year covers. */
export async function buildWorld(url: string, today: string): Promise<World> {
	const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const join = (cast: Cast) => register(url, { ...cast, timeZone });
	const people = { ana: await join(ana), ben: await join(ben) };
	const year = yearUntil(today);
	const anas = await anasMoney(people.ana, year);
	await bensMoney(people.ben, year);
	const flatId = await shareFlat(people.ana, people.ben, today);
	const burstPath = await setBudgets(people.ana, flatId);
	return { people: [ana, ben], ...people, ...anas, flatId, burstPath };
}

const iban = 'DE02120300000000202051';

/** Ana hands in her account season by season, each file a few days into the one before. */
async function anasMoney(person: Remote, year: Span): Promise<Pick<World, 'ready' | 'waitingId'>> {
	const { api, importStatement, send } = person;
	const giro = await api.accounts.create.mutate({ name: 'Everyday', currency: 'EUR', identifier: iban });
	const card = await api.accounts.create.mutate({ name: 'Dollar card', currency: 'USD' });
	const bookings = anasGiro(year);
	const seasons: [Span, string][] = [
		[{ from: year.from, to: addDays(addMonths(year.from, 4), 5) }, 'giro-winter.csv'],
		[{ from: addMonths(year.from, 4), to: addDays(addMonths(year.from, 8), 5) }, 'giro-summer.csv'],
		[{ from: addMonths(year.from, 8), to: year.to }, 'giro-autumn.csv']
	];
	for (const [span, name] of seasons) {
		const file = germanStatement(name, iban, within(bookings, span));
		await imported(importStatement(file, { accountId: giro.id }));
		// What is confirmed early has something to tell later: a new price, a payment that did not come.
		await confirmKnown(person);
	}
	const dollars = anasDollarCard(year);
	const lastMonth: Span = { from: addMonths(year.to, -1), to: year.to };
	const before: Span = { from: year.from, to: addDays(lastMonth.from, -1) };
	await imported(
		importStatement(dollarStatement('card-usd.csv', within(dollars, before)), { accountId: card.id })
	);

	const latest = dollarStatement('card-usd-latest.csv', within(dollars, lastMonth));
	const waitingId = await send(latest, { accountId: card.id, preview: true });
	const lately: Span = { from: addMonths(year.to, -2), to: year.to };
	return { ready: holidayCard(lately), waitingId };
}

async function bensMoney({ api, importStatement }: Remote, year: Span): Promise<void> {
	const current = await api.accounts.create.mutate({ name: 'Current account', currency: 'EUR' });
	const bookings: Booking[] = bensCurrent(year);
	await imported(
		importStatement(irishStatement('current-account.csv', 214_030, bookings), { accountId: current.id })
	);
}

/** A card of Ana's that Quits has not seen yet. */
function holidayCard(span: Span): Statement {
	const spent: [number, string, number][] = [
		[1, 'Eurowings', -18_940],
		[3, 'Hotel Miramar Lisboa', -32_400],
		[3, 'Pingo Doce Lisboa', -2_315],
		[4, 'Museu Nacional do Azulejo', -1_200],
		[4, 'Restaurante O Pescador', -5_460],
		[5, 'Pastelaria Belem', -890],
		[6, 'Uber Portugal', -1_345],
		[19, 'Decathlon Berlin', -6_498],
		[33, 'Steam Games', -2_999],
		[40, 'Dussmann das KulturKaufhaus', -4_150]
	];
	const bookings = spent.map(([days, text, amount]) => ({ date: addDays(span.from, days), text, amount }));
	return germanStatement('holiday-card.csv', 'DE75512108001245126199', bookings);
}

/** Ana has looked at part of what was found. */
async function confirmKnown({ api }: Remote): Promise<void> {
	const found = await api.recurring.list.query();
	const known = /netflix|linden|nordlicht|mcfit|telekom/i;
	for (const { id } of found.filter(
		({ merchant, status }) => status === 'suggested' && known.test(merchant)
	)) {
		await api.recurring.confirm.mutate({ id });
	}
}

/** A demo that is not whole is worth nothing: anything but a finished import stops it. */
async function imported(
	upload: Promise<{ filename: string; status: string; error: string | null }>
): Promise<void> {
	const { filename, status, error } = await upload;
	if (status !== 'done') throw new Error(`${filename} ended as ${status}: ${error ?? 'it has a question'}`);
}
