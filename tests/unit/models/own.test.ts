import { describe, expect, it } from 'vitest';
import { Categoriser } from '#models/categorise.ts';
import { loadBase } from '#models/load.ts';
import { kindOf, OwnCounts, ownName, sizeOf, type OwnCount } from '#models/own.ts';
import { manglings, merchants } from './merchants.ts';

const base = loadBase();
const amount = -2500;

let now = 0;
/** What a person has said, once or more often, each later than the one before. */
const said = (description: string, category: string, { of = amount, count = 1 } = {}): OwnCount => ({
	...kindOf(description, of),
	...{ category, count, saidAt: ++now }
});

const ask = (counts: OwnCount[], description: string, of = amount) =>
	new OwnCounts(counts).predict(base, description, of, 'EUR');

// The models know what most of these are, and none of them is a vet.
const taught = 'pets';

describe(`after one correction of each of ${merchants.length} merchants`, () => {
	it('there are enough of them, and the model alone would be wrong', () => {
		expect(merchants.length).toBeGreaterThanOrEqual(200);
		expect(Object.keys(manglings).length).toBeGreaterThanOrEqual(10);
		const already = merchants.filter((name) => base.predict(name, amount, 'EUR').category === taught);
		expect(already.length).toBeLessThan(10);
	});

	it.each(Object.entries(manglings))('its next forms are right: %s', (_, mangle) => {
		const wrong = merchants.flatMap((name, n) => {
			const own = new OwnCounts([said(name, taught)]);
			return [0, 1, 2, 3, 4, 5, 6]
				.map((k) => mangle(name, n + k))
				.filter((text, k) => own.predict(base, text, amount - 800 * k, 'EUR').category !== taught);
		});
		expect(wrong).toEqual([]);
	});

	it.each(Object.entries(manglings))('it may have been corrected in that form: %s', (form, mangle) => {
		const whole = form === 'cut off' ? [] : merchants;
		const wrong = whole.filter((name, n) => {
			const own = new OwnCounts([said(mangle(name, n), taught)]);
			const forms = Object.values(manglings).map((other) => other(name, n + 1));
			return forms.some((text) => own.predict(base, text, amount, 'EUR').category !== taught);
		});
		expect(wrong).toEqual([]);
	});

	it('nothing changes for any other merchant', () => {
		const forms = ['upper case', 'city', 'star prefix', 'everything at once'].map((key) => manglings[key]!);
		const alone = merchants.map((other, n) => {
			const texts = [other, ...forms.map((mangle) => mangle(other, n))];
			return texts.map((text) => ({ text, guess: base.predict(text, amount, 'EUR') }));
		});
		for (const [i, name] of merchants.entries()) {
			const own = new OwnCounts([said(name, taught)]);
			const changed = alone
				.filter((_, other) => other !== i)
				.flat()
				.filter(({ text, guess }) => {
					const mixed = own.predict(base, text, amount, 'EUR');
					return mixed.category !== guess.category || mixed.confidence !== guess.confidence;
				});
			expect(changed.map(({ text }) => `${name} → ${text}`)).toEqual([]);
		}
	}, 60_000);

	it('all of them learned together stay apart', () => {
		const labels = ['pets', 'books', 'gifts', 'childcare', 'parking'];
		const own = new OwnCounts(merchants.map((name, n) => said(name, labels[n % labels.length]!)));
		const wrong = merchants.flatMap((name, n) =>
			Object.entries(manglings)
				.filter(([form]) => form !== 'cut off') // "Tesco Ba" may be either
				.map(([, mangle]) => mangle(name, n))
				.filter((text) => own.predict(base, text, amount, 'EUR').category !== labels[n % labels.length])
		);
		expect(wrong).toEqual([]);
	});
});

describe('words of many names', () => {
	it.each([
		['RESTAURANT 0293 BERLIN', 'RESTAURANT ADLER BERLIN'],
		['Restaurant', 'Restaurant Krone'],
		['Restaurant Adler', 'Restaurant'],
		['Hotel Hamburg', 'HOTEL LONDON GB'],
		['Coffee Shop', 'COFFEE SHOP LUIGI'],
		['Noodle Bar', 'NOODLE HOUSE'],
		['Amazon', 'AMAZON PRIME'],
		['Stadtwerke Bonn', 'STADTWERKE KOELN'],
		['Überweisung Miete', 'Überweisung Anna']
	])('what is said of %s is not said of %s', (one, other) => {
		const alone = base.predict(other, amount, 'EUR');
		expect(ask([said(one, taught, { count: 20 })], other)).toEqual({ ...alone, said: null });
	});

	it('a name that resembles another less surely than it is itself', () => {
		const counts = [said('Zebra Lounge', taught)];
		expect(ask(counts, 'ZEBRA LOUNGE 0293').confidence).toBeGreaterThan(0.9);
		const longer = ask(counts, 'ZEBRA LOUNGE OBERURSEL');
		expect(longer.category).toBe(taught);
		expect(longer.confidence).toBeLessThan(0.8);
	});
});

describe('other wordings, and strangers that look alike', () => {
	it.each([
		['QUORVEX LANE', 'APPLE PAY QUORVEX LANE'],
		['QUORVEX LANE', 'PAIEMENT PAR CARTE X5432 QUORVEX LANE PARIS'],
		['SQ *THE RUSTY SPOON', 'PAYPAL *THERUSTYSPOON'],
		['GREENTECH', 'PAYPAL *GREENTECHGMBH'],
		['Pizzeria Bella Napoli', 'PAYPAL *PIZZERIABELLANAPOLI'],
		['FEED2GO 00231 LONDON GB', 'PAYPAL *FEED2GO'],
		['REWE', 'REWE12']
	])('what is said of %s is said of %s', (one, other) => {
		for (const of of [amount, -90_000]) expect(ask([said(one, taught)], other, of).category).toBe(taught);
	});

	it.each([
		['PAIEMENT PAR CARTE X5432 CARREFOUR CITY PARIS', 'PAIEMENT PAR CARTE X5432 PHARMACIE DU LAC PARIS'],
		['BILL PAYMENT VIA FASTER PAYMENT TO OXFAM', 'BILL PAYMENT VIA FASTER PAYMENT TO JOE BLOGGS'],
		['PAYPAL *FIT4LESS', 'PAYPAL *PETS4HOMES'],
		['FEED2GO 00231 LONDON GB', 'VET4PETS 00232 LONDON GB'],
		['SQ *AB12CD34', 'SQ *XY34ZZ11'],
		['CHECK 1042', 'CHECK24.DE'],
		['Pret', 'ECHEANCE PRET IMMOBILIER'],
		['Amazon', 'AMAZON WEB SERVICES'],
		['Rusty Spoon', 'PAYPAL *THERUSTYSPOONBILL']
	])('what is said of %s is not said of %s', (one, other) => {
		for (const of of [amount, -90_000]) {
			expect(ask([said(one, taught)], other, of)).toEqual({
				...base.predict(other, of, 'EUR'),
				said: null
			});
		}
	});
});

describe('money in both directions', () => {
	it('what is said of payments says nothing of what comes back', () => {
		const counts = [said('Zebra Lounge', taught, { count: 9 })];
		expect(ask(counts, 'Zebra Lounge', 900)).toEqual({
			...base.predict('Zebra Lounge', 900, 'EUR'),
			said: null
		});
		counts.push(said('Zebra Lounge', 'refund', { of: 900 }));
		expect(ask(counts, 'ZEBRA LOUNGE', 1200).category).toBe('refund');
		expect(ask(counts, 'ZEBRA LOUNGE').category).toBe(taught);
	});
});

describe('a merchant that is two things', () => {
	const counts = [
		said('Zebra Media', 'streaming', { of: -899, count: 4 }),
		said('Zebra Media', 'electronics', { of: -45_000 })
	];
	it.each([
		[-999, 'streaming'],
		[-799, 'streaming'],
		[-52_000, 'electronics']
	])('is told by how much was paid: %i', (of, category) => {
		expect(ask(counts, 'ZEBRA MEDIA 44', of).category).toBe(category);
	});

	it('sizes do not depend on the currency, and nothing is a size too', () => {
		expect([0, -99, 100, -315, 317, -1_000_000].map(sizeOf)).toEqual([0, 3, 4, 4, 5, 12]);
	});
});

describe('a change of mind', () => {
	const habit = said('Zebra Lounge', 'restaurants', { count: 400 });
	it.each([
		[1, 'restaurants'],
		[3, 'alcohol_bars'],
		[10, 'alcohol_bars']
	])('after %i times the other way it is %s', (count, category) => {
		expect(ask([habit, said('Zebra Lounge', 'alcohol_bars', { count })], 'Zebra Lounge').category).toBe(
			category
		);
	});

	it('while it is undecided, the answer is not sure', () => {
		const counts = [habit, said('Zebra Lounge', 'alcohol_bars', { count: 3 })];
		expect(ask(counts, 'Zebra Lounge').confidence).toBeLessThan(0.6);
	});

	it('one that agrees with the model makes it surer', () => {
		const guess = base.predict('REWE', amount, 'EUR');
		const { category, confidence } = ask([said('REWE', guess.category)], 'REWE');
		expect(category).toBe(guess.category);
		expect(confidence).toBeGreaterThan(0.9);
		expect(confidence).toBeLessThanOrEqual(1);
	});
});

describe('names', () => {
	it.each([
		['SQ *ZEBRA LOUNGE OAKLAND CA', 'zebra lounge'],
		['KARTENZAHLUNG Löwen-Apotheke GmbH 0293', 'lowen apotheke'],
		['Apotheke am Markt', 'apotheke am markt'],
		['ESSO STORE 6021', 'esso'],
		['8841 2291 0071', '884122910071'],
		['', '']
	])('%s is remembered as %s', (text, name) => {
		expect(ownName(text)).toBe(name);
	});

	it('any text can be learned and asked for', () => {
		for (const text of ['', '   ', '8841', 'Ϟϟϡ', '*', 'x'.repeat(2000), '\ud800', 'a b c d e f g h i j k']) {
			expect(ask([said(text, taught)], text).category).toBe(taught);
			expect(ownName(text).length).toBeLessThanOrEqual(120);
		}
	});
});

describe('the categoriser', () => {
	const payment = { description: 'xqzzy blorp 33', amount, currency: 'EUR' };
	it('puts what it is not sure of up for review, until the person has spoken', () => {
		expect(new Categoriser(base, [], 0.5).decide(payment)).toMatchObject({ review: true, said: null });
		expect(new Categoriser(base, [said('XQZZY BLORP', taught)], 0.5).decide(payment)).toMatchObject({
			category: taught,
			review: false,
			said: { name: 'xqzzy blorp', exact: true, categories: [{ category: taught, times: 1 }] }
		});
	});
});
