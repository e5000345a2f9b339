/** Bank statements of our own making. */

/** One booking; `amount` in minor units, outflow negative. */
export type Booking = { date: string; text: string; amount: number };

export type File = { name: string; bytes: Uint8Array<ArrayBuffer> };

const DAY = 86_400_000;

/** The civil date some days after another. */
export const dayAfter = (date: string, days: number): string =>
	new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);

const inUnits = (amount: number): string => (amount / 100).toFixed(2);

/** The line a plain statement has for a booking. */
export const line = ({ date, text, amount }: Booking): string => `${date},${text},${inUnits(amount)}`;

/** Any text as a file. */
export const file = (text: string, name = 'giro.csv'): File => ({
	name,
	bytes: new TextEncoder().encode(text)
});

/** A plain statement: one header line, ISO dates, negative amounts for money out. Line 2 of the file is the first booking. */
export const statement = (bookings: readonly (Booking | string)[], name?: string): File =>
	file(
		`${['Date,Description,Amount', ...bookings.map((b) => (typeof b === 'string' ? b : line(b)))].join('\n')}\n`,
		name
	);

// Nine in turn: nothing of it comes back every week or month.
const shops = [
	'Corner Bakery',
	'Green Grocer',
	'City Tram',
	'Old Cinema',
	'Harbour Books',
	'Night Pharmacy',
	'Bike Repair',
	'Flower Stall',
	'Noodle Bar'
];

/** Different everyday bookings, one a day by default, in the order of their dates; the same ones on every call. */
export function bookings(count: number, { from = '2020-01-01', perDay = 1 } = {}): Booking[] {
	return Array.from({ length: count }, (_, n) => ({
		date: dayAfter(from, Math.floor(n / perDay)),
		text: `${shops[n % shops.length]} receipt ${1000 + n}`,
		amount: n % 40 === 39 ? 210_000 + n : -(250 + ((n * 37) % 9000))
	}));
}

/** The same payment on the same day of each month. */
export function monthly(
	text: string,
	amount: number,
	{ from, months }: { from: string; months: number }
): Booking[] {
	const [year = 0, month = 0, day = 0] = from.split('-').map(Number);
	return Array.from({ length: months }, (_, n) => ({
		date: new Date(Date.UTC(year, month - 1 + n, day)).toISOString().slice(0, 10),
		text,
		amount
	}));
}

/** A statement whose amounts are all positive: nobody can tell from its content which way the money went. */
export const withoutSigns = (bookings: readonly Booking[], name?: string): File =>
	statement(
		bookings.map((booking) => ({ ...booking, amount: Math.abs(booking.amount) })),
		name
	);
