import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merchantKey, merchantOf } from '#lib/merchant.ts';

describe('the payee people read', () => {
	it.each([
		['REWE SAGT DANKE. 41400673//Hamburg/DE', 'REWE'],
		['SQ *BLUE BOTTLE COFFEE OAKLAND CA', 'Blue Bottle Coffee'],
		['TRADER JOES NEW YORK NY', 'Trader Joes'],
		['NEW YORK TIMES', 'New York Times'],
		['NEW YORK', 'New York'],
		['PAYPAL *SPOTIFY 35314369001', 'Spotify'],
		['Lastschrift Stadtwerke München Abschlag 11/2026', 'Stadtwerke München'],
		['NETFLIX.COM 8882 AMSTERDAM NLD', 'Netflix'],
		['TESCO STORES 6021 LONDON GB', 'Tesco Stores'],
		['Kartenzahlung DM DROGERIE MARKT//Koeln/DE', 'DM Drogerie Markt'],
		['SumUp *Cafe Einstein Berlin', 'Cafe Einstein'],
		['H&M 0442 BERLIN', 'H&M'],
		['7-ELEVEN 32211', '7-Eleven'],
		['ALDI SUED SAGT DANKE', 'Aldi Sued'],
		['KAUFLAND VIELEN DANK', 'Kaufland'],
		['VIELEN DANK BAUHAUS', 'Bauhaus'],
		['Spotify AB Stockholm', 'Spotify'],
		['SEPA-Lastschrift ALLIANZ VERSICHERUNGS-AG Beitrag 2211/33', 'Allianz Versicherungs'],
		['Card payment to Pret A Manger on 12 Mar', 'Pret a Manger'],
		['', '']
	])('of %s is %s', (description, merchant) => {
		expect(merchantOf(description)).toBe(merchant);
	});

	it('is something whatever is printed, and never longer than it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (description) => {
				const merchant = merchantOf(description);
				expect(merchant.length).toBeLessThanOrEqual(description.normalize('NFKC').length);
			})
		);
	});
});

describe('the key of a merchant', () => {
	const keyOf = (description: string) => merchantKey(merchantOf(description));

	it.each([
		[['NETFLIX.COM 8882 AMSTERDAM NLD', 'NETFLIX.COM 1203 AMSTERDAM NLD', 'Netflix.com']],
		[['MIETE NOVEMBER 2026', 'Miete Dezember 2026', 'MIETE 01/2027']],
		[['DD BRITISH GAS 850012', 'DD BRITISH GAS 850013', 'BRITISH GAS']],
		[['Stadtwerke München Abschlag 11/2026', 'STADTWERKE MÜNCHEN ABSCHLAG 12/2026']],
		[['PAYPAL *SPOTIFY 35314369001', 'Spotify AB Stockholm', 'SPOTIFY P1A2B3C4D5']]
	])('is one for %j', (descriptions) => {
		expect(new Set(descriptions.map(keyOf)).size).toBe(1);
	});

	it('is another for another merchant', () => {
		const others = ['REWE', 'Lidl', 'Netflix', 'Spotify', 'British Gas', 'British Airways', 'Shell', 'H&M'];
		expect(new Set(others.map(keyOf)).size).toBe(others.length);
	});
});
