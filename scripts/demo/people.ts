/** The cast of the demo and the year they have had. Ana lives in Berlin and has a card in dollars, Ben lives in Dublin. */
import { addDays, addMonths } from '#lib/dates.ts';
import { again, drifting, everyday, raised, type Booking, type Habit, type Span } from './bookings.ts';

export type Cast = { name: string; email: string; password: string; currency: string; locale: 'en' | 'de' };

export const ana: Cast = {
	name: 'Ana',
	email: 'ana@example.org',
	password: 'ana counts the cherries',
	currency: 'EUR',
	locale: 'en'
};
export const ben: Cast = {
	name: 'Ben',
	email: 'ben@example.org',
	password: 'ben rows across the bay',
	currency: 'EUR',
	locale: 'en'
};

/** A year and a month up to yesterday, so that what comes once a year has come twice. */
export function yearUntil(today: string): Span {
	return { from: `${addMonths(today, -12).slice(0, 7)}-01`, to: addDays(today, -1) };
}

const berlin: Habit[] = [
	{
		texts: ['REWE Markt Berlin', 'EDEKA Center Berlin', 'Lidl sagt Danke', 'ALDI Nord'],
		from: 900,
		to: 7_400,
		perWeek: 2.4
	},
	{ texts: ['Backhaus Sommer', 'Bäckerei Steinecke'], from: 280, to: 920, perWeek: 1.4 },
	{ texts: ['dm-drogerie markt', 'Rossmann'], from: 450, to: 3_200, perWeek: 0.5 },
	{ texts: ['Café Morgenrot', 'Starbucks Berlin'], from: 380, to: 1_150, perWeek: 0.9, weekends: true },
	{
		texts: ['Restaurant Trattoria Toscana', 'Sushi Bar Kyoto', 'Gasthaus Zur Linde'],
		from: 1_900,
		to: 6_800,
		perWeek: 0.6,
		weekends: true
	},
	{ texts: ['Deutsche Bahn Fernverkehr', 'DB Vertrieb GmbH'], from: 1_990, to: 8_900, perWeek: 0.25 },
	{ texts: ['Lieferando.de', 'Wolt Berlin'], from: 1_700, to: 3_900, perWeek: 0.35 },
	{
		texts: ['Amazon EU / Marketplace', 'Zalando SE', 'IKEA Berlin Tempelhof', 'MediaMarkt'],
		from: 1_200,
		to: 14_900,
		perWeek: 0.4
	},
	{ texts: ['Apotheke am Markt'], from: 500, to: 2_900, perWeek: 0.2 },
	{
		texts: ['Kino Babylon', 'Thalia Buchhandlung', 'Eventim Ticket'],
		from: 900,
		to: 5_800,
		perWeek: 0.25,
		weekends: true
	},
	{ texts: ['Geldautomat Sparkasse / Auszahlung'], from: 5_000, to: 5_000, perWeek: 0.2 },
	{
		texts: ['PayPal / Kleinanzeigen', 'Zeit fuer Brot', 'Spaeti 44 Weser', 'SumUp *Blumen Elif'],
		from: 600,
		to: 3_400,
		perWeek: 0.5
	}
];

/** Ana's everyday account: a raised price, a gym that was missed once, electricity that drifts. */
export function anasGiro(span: Span): Booking[] {
	const day = (n: number) => addDays(span.from, n - 1);
	const raise = addMonths(span.from, 8);
	const missed = addMonths(day(15), 10).slice(0, 7);
	return [
		...again(span, 'Nordlicht Studio GmbH / Gehalt', 324_000, { months: 1, on: day(2) }),
		...again(span, 'Hausverwaltung Linden / Miete', -98_000, { months: 1, on: day(1) }),
		...again(span, 'Stadtwerke Berlin / Abschlag Strom', drifting(-9_800, -6_100, 3), {
			months: 1,
			on: day(3)
		}),
		...again(span, 'Netflix International', raised(-1_399, raise, -1_599), { months: 1, on: day(5) }),
		...again(span, 'Telekom Deutschland / Mobilfunk', -2_995, { months: 1, on: day(8) }),
		...again(span, 'Spotify AB', -1_099, { months: 1, on: day(12) }),
		...again(span, 'McFit Fitnessstudio', -2_490, {
			months: 1,
			on: day(15),
			except: (date) => date.startsWith(missed)
		}),
		...again(span, 'BVG Abo / Deutschlandticket', -5_800, { months: 1, on: day(2) }),
		...again(span, 'Dauerauftrag Tagesgeld / Sparen', -25_000, { months: 1, on: day(28) }),
		...again(span, 'HUK-Coburg / Hausrat und Haftpflicht', -8_640, { months: 3, on: day(6) }),
		...again(span, 'Rundfunk ARD ZDF DRadio', -5_508, { months: 3, on: day(15) }),
		...again(span, 'ADAC / Jahresbeitrag', -5_400, { months: 12, on: day(10) }),
		...everyday(span, berlin, 11)
	];
}

const newYork: Habit[] = [
	{ texts: ['UBER TRIP SAN FRANCISCO CA', 'LYFT RIDE'], from: 900, to: 3_800, perWeek: 0.2 },
	{
		texts: ['AMAZON.COM SEATTLE WA', 'ETSY.COM BROOKLYN NY', 'BEST BUY'],
		from: 1_400,
		to: 9_900,
		perWeek: 0.25
	},
	{ texts: ['STARBUCKS STORE 0112', 'BLUE BOTTLE COFFEE'], from: 450, to: 1_100, perWeek: 0.9 }
];

/** Her card in dollars: subscriptions from overseas, a week in New York, and being paid off. */
export function anasDollarCard(span: Span): Booking[] {
	const trip = addMonths(span.from, 6);
	const inNewYork: [number, string, number][] = [
		[0, 'JETBLUE AIRWAYS', -41_280],
		[1, 'MTA NYC TRANSIT', -3_400],
		[1, 'HOTEL INDIGO NEW YORK', -89_640],
		[2, 'TRADER JOES NEW YORK NY', -2_361],
		[3, 'KATZ DELICATESSEN', -4_420],
		[4, 'MOMA NY TICKETS', -3_000],
		[5, 'SHAKE SHACK 1137', -1_865]
	];
	return [
		...again(span, 'APPLE.COM/BILL ICLOUD', -299, { months: 1, on: addDays(span.from, 8) }),
		...again(span, 'GITHUB INC', -400, { months: 1, on: addDays(span.from, 16) }),
		...again(span, 'THE NEW YORK TIMES', -425, { days: 28, on: addDays(span.from, 11) }),
		...again(span, 'PAYMENT THANK YOU', 25_000, { months: 2, on: addDays(span.from, 24) }),
		...inNewYork.map(([days, text, amount]) => ({ date: addDays(trip, days), text, amount })),
		...everyday(span, newYork, 23)
	];
}

const dublin: Habit[] = [
	{
		texts: ['TESCO STORES 3321 DUBLIN', 'DUNNES STORES', 'LIDL IRELAND', 'SUPERVALU RANELAGH'],
		from: 1_100,
		to: 8_900,
		perWeek: 2.2
	},
	{ texts: ['INSOMNIA COFFEE', 'BUTLERS CHOCOLATE CAFE', '3FE COFFEE'], from: 360, to: 980, perWeek: 2 },
	{ texts: ['THE LONG HALL PUB', 'J W KAVANAGH PUB'], from: 650, to: 3_400, perWeek: 0.6, weekends: true },
	{ texts: ['CIRCLE K RATHMINES', 'APPLEGREEN'], from: 3_500, to: 7_200, perWeek: 0.5 },
	{ texts: ['DELIVEROO.IE', 'JUST EAT IRELAND'], from: 1_600, to: 4_100, perWeek: 0.6 },
	{ texts: ['BOOTS RETAIL DUBLIN', 'LLOYDS PHARMACY'], from: 500, to: 3_100, perWeek: 0.3 },
	{
		texts: ['PENNEYS DUBLIN', 'WOODIES DIY', 'EASON BOOKS', 'SMYTHS TOYS'],
		from: 900,
		to: 9_400,
		perWeek: 0.4
	},
	{ texts: ['LEAP CARD TOP UP'], from: 2_000, to: 2_000, perWeek: 0.5 },
	{ texts: ['AER LINGUS', 'RYANAIR'], from: 4_900, to: 21_000, perWeek: 0.06 }
];

/** Ben's account: paid every two weeks, childcare every week. */
export function bensCurrent(span: Span): Booking[] {
	const day = (n: number) => addDays(span.from, n - 1);
	return [
		...again(span, 'LIFFEY SHIPPING SALARY', 168_500, { days: 14, on: day(5) }),
		...again(span, 'RENT J MURPHY', -142_000, { months: 1, on: day(1) }),
		...again(span, 'LITTLE ACORNS CRECHE', -11_500, { days: 7, on: day(4) }),
		...again(span, 'ELECTRIC IRELAND', drifting(-17_900, -9_400, 7), { months: 2, on: day(18) }),
		...again(span, 'VIRGIN MEDIA IRELAND', raised(-5_500, addMonths(span.from, 7), -6_200), {
			months: 1,
			on: day(9)
		}),
		...again(span, 'VODAFONE IRELAND', -2_500, { months: 1, on: day(21) }),
		...again(span, 'DISNEY PLUS', -1_099, { months: 1, on: day(13) }),
		...again(span, 'VHI HEALTHCARE', -13_240, { months: 1, on: day(25) }),
		...everyday(span, dublin, 31)
	];
}
