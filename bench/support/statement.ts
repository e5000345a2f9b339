/** Made-up bank statements of any length, the same for the same seed. */

const merchants = [
	'REWE SAGT DANKE 4140',
	'EDEKA CENTER',
	'LIDL DIENSTLEISTUNG',
	'ALDI SUED',
	'DM DROGERIE MARKT',
	'ROSSMANN 1187',
	'SHELL STATION 0223',
	'ARAL AG',
	'DB VERTRIEB GMBH',
	'BVG APP',
	'SPOTIFY AB',
	'NETFLIX INTERNATIONAL B.V.',
	'AMAZON EU SARL',
	'PAYPAL *EBAY',
	'IKEA DEUTSCHLAND',
	'TELEKOM DEUTSCHLAND',
	'VODAFONE GMBH',
	'STADTWERKE MUENCHEN',
	'MIETE WOHNUNG 12',
	'ALLIANZ VERSICHERUNG',
	'MCDONALDS 0441',
	'STARBUCKS COFFEE',
	'CAFE EINSTEIN',
	'PIZZERIA ROMA',
	'H&M HENNES MAURITZ',
	'ZALANDO SE',
	'MEDIA MARKT',
	'APOTHEKE AM MARKT',
	'DR MED SCHMIDT',
	'FITX FITNESS'
];

/** A small random generator (mulberry32), so that every run sees the same rows. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/** `rows` bookings over some years: semicolons, decimal commas, day.month.year, a balance that proves the sign. */
export function statementCsv(rows: number, seed = 1): string {
	const next = random(seed);
	const lines = ['Buchungstag;Valuta;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung;Saldo'];
	let balance = 500_000;
	const first = Date.UTC(2016, 0, 1);
	for (let i = 0; i < rows; i++) {
		const day = new Date(first + Math.floor((i / rows) * 3900) * 86_400_000).toISOString().slice(0, 10);
		const date = `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;
		const salary = i % 400 === 0;
		const amount = salary ? 280_000 : -Math.ceil(next() * 9000);
		balance += amount;
		const name = salary ? 'ACME GMBH' : merchants[Math.floor(next() * merchants.length)];
		const branch = Math.floor(next() * 10);
		const purpose = salary ? 'GEHALT' : `KARTENZAHLUNG ${Math.floor(next() * 1e9)} FILIALE`;
		lines.push(`${date};${date};${name} ${branch};${purpose};${euros(amount)};EUR;${euros(balance)}`);
	}
	return `${lines.join('\r\n')}\r\n`;
}

const euros = (amount: number): string => {
	const text = String(Math.abs(amount)).padStart(3, '0');
	return `${amount < 0 ? '-' : ''}${text.slice(0, -2)},${text.slice(-2)}`;
};
