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

	const lane = 'QUORVEX LANE';
	it.each(
		`CARD PAYMENT TO|PAIEMENT PAR CARTE X5432|ACHAT PAR CARTE|PAIEMENT PAR CARTE BANCAIRE|PAIEMENT PAR PRELEVEMENT
		PAIEMENT SANS CONTACT|PAIEMENT EN LIGNE|VIREMENT EN VOTRE FAVEUR DE|VIREMENT EMIS VERS|PAGAMENTO TRAMITE POS
		BILL PAYMENT VIA FASTER PAYMENT TO|STANDING ORDER VIA FASTER PAYMENT TO|Gutschrift Überweisung|Kauf/Dienstleistung
		Withdrawal Debit Card|SIGNATURE PURCHASE|CHECK CARD PURCHASE|VISA CHECK CARD|CHECK CARD 0312|CHECK CRD PURCHASE 03/12
		POS DEBIT VISA CHECK CARD 1234|OSKO PAYMENT|REGULAR TRANSFER FROM|BEZAHLT MIT KARTE|INTERNET PURCHASE|AUTOPAY
		NON-STERLING PURCHASE|MOBILE PURCHASE|APPLE PAY|BEA, Apple Pay|GOOGLE PAY|SAMSUNG PAY|GARMIN PAY|FITBIT PAY|BILL PAY
		TAP TO PAY|CLICK TO PAY|V PAY|VISA Debitkartenumsatz|Lastschrifteinzug|Überweisungsgutschrift|PAGO MOVIL EN|Nettbank til
		TRANSFERENCIA A FAVOR DE|BONIFICO ISTANTANEO A|ACH WITHDRAWAL|POS WITHDRAWAL|EXTERNAL WITHDRAWAL|E-COMMERCE
		ELECTRONIC WITHDRAWAL|POS 12,30 AT K1 12.03.|Bezahlung Karte MC|ZAKUP PRZY UŻYCIU KARTY|SENSATION PURCHASE
		VISA SENSATION CARD|PAIEMENT MOBILE|COMPRA INTERNET EN|TRANSFERENCIA INMEDIATA A FAVOR DE|MOBILE BANKING PAYMENT TO
		PAYPAL INST XFER|PAYPAL (EUROPE) S.A R.L.|FASTER PAYMENTS RECEIPT FROM|VISA PURCHASE (O/SEAS)|Visa køb DKK|SENSATION PAYMENT TO`.split(
			/\s*[|\n]\s*/
		)
	)('stands behind %s', (wording) => {
		expect(merchantOf(`${wording} ${lane}`)).toBe('Quorvex Lane');
		expect(merchantOf(`${wording} ${lane} PARIS 12/03`)).toBe('Quorvex Lane');
	});

	it.each(['NYX*', '2CO*', 'CCV*', 'WLP*', 'CKE*', 'XY9*', 'SQ *', 'PAYPAL *'])(
		'stands behind %s',
		(prefix) => {
			expect(merchantOf(`${prefix}${lane}`)).toBe('Quorvex Lane');
		}
	);

	it.each([
		['PAYPAL *FIT4LESS', 'Fit4less'],
		['PAYPAL *PHONE4U', 'Phone4u'],
		['FEED2GO 00231 LONDON GB', 'Feed2go'],
		['CHECK24.DE', 'Check24'],
		['BAR52', 'Bar52'],
		['ROSSMANN3456', 'Rossmann'],
		['SQ *AB12CD34', 'AB12CD34'],
		['REWE AB12CD34EF', 'REWE'],
		['ON 12MAR LIDL', 'LIDL'],
		['H-E-B #221', 'H-E-B'],
		['T-MOBILE', 'T-Mobile']
	])('has digits and single letters where its name has: %s is %s', (description, merchant) => {
		expect(merchantOf(description)).toBe(merchant);
	});

	it.each([
		['PAYPAL EUROPE S.A.R.L. ET CIE S.C.A 1029 SPOTIFY', 'Spotify'],
		['BILL PAYMENT VIA FASTER PAYMENT TO HARROW LETTINGS REFERENCE RENT', 'Harrow Lettings'],
		['AMAZON WEB SERVICES', 'Amazon WEB Services'],
		['Transfer to Rainy Day', 'Transfer to Rainy Day'],
		['CARREFOUR PAIEMENT CB PARIS', 'Carrefour'],
		['TESCO DIRECT LONDON', 'Tesco'],
		['SPOTIFY PURCHASE', 'Spotify'],
		['VODAFONE PAYMENT RECEIVED', 'Vodafone'],
		['TESCO PAYMENT REFERENCE JOHN', 'Tesco'],
		['SQ *NV ENERGY', 'NV Energy'],
		['UBER *EATS', 'Uber Eats'],
		['LYFT *RIDE', 'LYFT'],
		['BÄR*', 'BÄR']
	])('of %s is %s all the same', (description, merchant) => {
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
