/**
 * What words mean in a bank descriptor, by role. Readable lists; several languages share each. A word may have several
 * roles. Nothing here names a merchant: that is the model's knowledge.
 */

import { foldText } from './fold.ts';
import { HashTable, hashText } from './hash.ts';
import { cities, citiesOfTwo, countries, regions } from './places.ts';

/** Roles are bits, so that one look-up answers all questions about a word. */
export const role = {
	/** How the money moved: says nothing about the payee or the purpose. */
	method: 1,
	/** Never part of a name: month names, currencies, reference labels. */
	noise: 2,
	/** What a payment is for: ends the payee's name when it follows one. */
	purpose: 4,
	/** Legal form at the end of a company's name. */
	legal: 8,
	city: 16,
	/** A country, state or their code. */
	region: 32,
	/** Articles and prepositions. */
	small: 64,
	/** A payment processor that stands before a star: the payee comes after. */
	processor: 128,
	/** A name that is nothing without its place: "Stadtwerke München". */
	local: 256,
	/** A domain ending: "netflix.com". */
	domain: 512,
	/** Introduces the payee: "Auftraggeber: …", "/NAME/…", "payment to …". */
	label: 1024,
	/** A firm of many services: the word after its star says which ("UBER *EATS"). */
	umbrella: 2048,
	/** May begin a place of two words: "New", "San". */
	placeStart: 4096,
	/** The second word of a place of two; both are cities then. */
	placeEnd: 8192,
	/** Thanks that a till prints around a name: "REWE SAGT DANKE". Those of banks for a card's payment are not meant. */
	courtesy: 16384,
	/** May begin two words that mean something together: see {@link pairOf}. */
	pairStart: 32768,
	/** The noun of a wording for paying, before which banks put a word more: "SIGNATURE PURCHASE …", "OSKO PAYMENT TO …". */
	act: 65536,
	/** Of these the ones that shops do not print behind their names. */
	purchase: 131072,
	/** The payee itself, although it prints what was bought behind a star: "LYFT *RIDE". */
	seller: 262144
} as const;

const lists: Record<
	Exclude<keyof typeof role, 'city' | 'region' | 'placeStart' | 'placeEnd' | 'pairStart'>,
	string
> = {
	method: `
		visa mastercard maestro vpay amex cb card cards debit pos eftpos contactless chip pin nfc apple-pay applepay
		googlepay gpay point sale purchase purchases checkcard chkcard recurring preauthorized authorized auth
		payment payments pmt pymt pymnt bill billpay bpay ach ppd web tel ccd dbt dda wdl wd crd dr cr eft ddr dd so fpo
		fpi bgc deb tfr online banking external electronic wire sepa instant standing order direct
		transaction trans txn tran type
		kartenzahlung karte karten kartenumsatz girocard kontaktlos lastschrift lastschriften folgelastschrift erstlastschrift
		basislastschrift einzug einzugsermachtigung uberweisung ueberweisung umsatz dauerauftrag onlin ec zahlung
		bezahlung euroueberweisung sepa-lastschrift einkauf einkaufskarte debitkarte kreditkarte elv ueberw dauerauftr sb
		auftrag basislast folgelast einzelueberweisung echtzeitueberweisung echtzeit abbuchung debitkartenzahlung
		debitkartenumsatz kreditkartenumsatz kartenlastschrift lastschrifteinzug uberweisungsgutschrift uberweisungsauftrag
		onlineuberweisung dauerauftragsgutschrift
		paiement carte achat achats prlv prelevement prelvt prelev vir virement vrt cheque chq europeen recu emis facture
		factures mandat tip sct inst domiciliation domiciliering bancontact
		betaling betaalautomaat pinbetaling incasso ideal overschrijving overboeking automatische bea gea pasvolgnr
		europese kaartbetaling bankkaart aankoop betaalpas contactloos
		pago pagos compra compras tarjeta tarj recibo recibos adeudo adeudos cargo domiciliado domiciliacion
		transferencia transf transferencias tpv
		pagamento pagamenti carta addebito addebiti sdd bonifico disposizione operazione acquisto sportello presso
		circuito diretto
		pagamentos cartao debito compra multibanco trf
		kortkop kob kortkjop kortbetaling korttiosto korttimaksu kop kopa varekjop varekob dankort dankortkob bankaxept
		autogiro avtalegiro nettgiro betalning overforing betalingsservice pbs giro bg pg
		platba platnosc karta kartou kartowa zakup przy uzyciu przelew przelewy polecenie zaplaty inkaso
		obciazenie nakup transakcja bezgotowkowa prikaz prevod trvaly
		interac idp retail value upi neft imps rtgs nach ecs p2m p2a mmt inb netbanking`,
	noise: `
		jan january januar janvier enero gennaio januari januar stycznia feb febr february februar fevrier febrero
		febbraio februari mar march marz maerz mars marzo maart apr april avril abril aprile may mai mayo maggio mei maj
		jun june juni juin junio giugno jul july juli juillet julio luglio aug august aout agosto augustus sep sept
		september septembre septiembre settembre oct okt october oktober octobre octubre ottobre nov november novembre
		noviembre dec dez december dezember decembre diciembre dicembre listopad prosinec grudzien
		mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
		eur euro euros usd gbp chf sek nok dkk pln czk huf jpy inr cad aud nzd brl
		ref reference refnr referenz referentie referenza referencia id no nr num number nummer numero nbr acct account
		konto kontonummer rekening cpte iban bic swift eref mref kref cred svwz abwa abwe purp debt end-to-end endtoend
		notprovided glaeubiger glaubiger mandatsref mandatsreferenz kundenreferenz verwendungszweck valuta valutadatum
		datum date value dated effective trn trnsfr trace term terminal tid mid conf confirmation seq folgenr kartennr
		kartennummer uhr uhrzeit time vom am um ore kl exchange rate wechselkurs kurs visaxr xr cd www http https co
		transactienr kenmerk omschrijving emetteur ics rum motif originator originatore ordinante beneficiario csid utc pst pdt
		est edt cst gmt day-of eod pending posted k1 k2 k3`,
	purpose: `
		invoice inv rechnung rechnungsnr rg rgnr re rechn abschlag beitrag monatsbeitrag kundennummer kundennr kd kdnr
		kunde vertrag vertragsnr vertragsnummer police policennummer versicherungsnummer versnr bestellung bestellnr
		order ordernr orderid aboid mitgliedsnr mitgliedsnummer membership customer client policy contract subscription
		abonnement abo quittung beleg zzgl statt thank thanks merci tak factuur factuurnr klantnr klantnummer termijn periode polis polisnummer lidmaatschap
		echeance contrat contrato poliza cuota periodo fattura bolletta faktura fakturanr kundenr payable ihr ihre your
		bei from via kaufumsatz zeitraum monat month gutschrift autopay`,
	courtesy: `
		sagt dankt danke dank vielen herzlichen ihren ihrem gracias grazie obrigado obrigada bedankt tack takk kiitos dekuje
		dziekuje`,
	legal: `
		gmbh mbh ag kg kgaa ohg ug se gbr ev eg co ltd limited plc llp llc lp inc incorporated corp corporation company
		sa sas sarl sarlu sasu eurl bv nv vof cv sprl bvba srl spa sl slu sau lda ltda ab as asa aps oy oyj sp oo sro
		pty pvt pte kk cie et sca sarl-s rl eood kft zrt doo`,
	small: `
		the of and for to at in on by a an und der die das den dem des fur fuer von vom zu zur zum mit im bei an auf
		de du la le les des un une et au aux pour chez sur en el los las y del al con por para di da do dos e il lo gli
		della delle dei het een met van voor och i pa till til par tramite med av og fra na w z do od u ve pro`,
	processor: `
		sq gosq tst paypal pp pypl sumup smp zettle izettle iz ztl zlt sp shopify wpy ic eb in bt py ppl ckocom cko
		adyen stripe str klarna mollie worldline viva vivawallet nayax ptx clover square toast nya crv dri fs fsp
		ddo lsp fsprg mpos swish vipps mobilepay bizum twint mbway blik payu paytm razorpay phonepe mercpago mercadopago sezzle affirm afterpay ls tps sqc`,
	local: `
		stadtwerke stadt gemeinde landkreis stadtkasse university universitat universitaet universite universidad college
		city town county council borough municipality commune mairie ville hospital klinikum krankenhaus school zoo
		museum airport flughafen aeroport volksbank sparkasse raiffeisenbank bibliothek library wasserwerke kreis
		finanzamt ayuntamiento comune kommune kommun gemeente studentenwerk volkshochschule metro`,
	domain: `com net org io de fr nl be es it pt at ch uk ie dk se no fi pl cz eu ca au nz jp tv app shop store`,
	label: `auftraggeber name naam empfanger zahlungsempfanger nom begunstigter payee beneficiary`,
	umbrella: `google uber microsoft apple amazon`,
	seller: `amzn msft lyft bolt hulu wix hbo ebay nike ikea asos zara`,
	act: `
		payment pmt purchase card crd debit pos paiement achat carte prelevement pago compra tarjeta pagamento carta acquisto
		betaling aankoop karte zahlung`,
	purchase: `purchase achat compra acquisto aankoop`
};

/** Two words that say together how the money moved, each of which may be part of a name by itself. Separated by commas. */
const methodPairs = `
	shop pay, mobile pay, mobile banking, internet banking, mobile zahlung, paiement mobile, paiement internet, a distance,
	compra internet, en comercio, virement permanent, transferencia inmediata, a favore, inst vers, inst xfer, o seas,
	sale withdrawal, payments receipt, na telefon, apple pay, google pay, g pay, samsung pay, garmin pay, fitbit pay, tap to, click to, to pay, v pay, bill pay, check card, check crd,
	signature purchase, internet purchase, mobile purchase, sterling purchase, e commerce, osko payment,
	faster payment, faster payments, regular transfer, withdrawal debit, ach withdrawal, pos withdrawal,
	external withdrawal, electronic withdrawal, paypal europe, carte bancaire, carte bleue, sans contact, en ligne,
	votre faveur, virement vers, emis vers, uzyciu karty, nettbank til, pago movil, a favor, bonifico istantaneo, kauf dienstleistung, bezahlt mit, mit karte, karte mc`;

/** Two words of a name, although the first is one for paying elsewhere. */
const namePairs = `web services, web hosting, web design`;

const table = new HashTable(6000);

function add(list: string, bit: number): void {
	for (const entry of list.split(/\s+/)) {
		const folded = foldText(entry);
		if (!folded) continue;
		const [a, b] = hashText(folded);
		table.set(a, b, Math.max(table.get(a, b), 0) | bit);
	}
}

for (const name of Object.keys(lists) as (keyof typeof lists)[]) add(lists[name], role[name]);
add(cities, role.city);
add(`${countries} ${regions}`, role.region);

const pairs = new HashTable(600);

/** What two neighbouring words are together. */
export const pair = { none: -1, place: 1, method: 2, name: 3 } as const;

function addPairs(list: string, meaning: number, start: number): void {
	for (const both of list.split(',')) {
		const [first, second] = both.trim().split(/\s+/).map(foldText);
		add(first!, start);
		pairs.set(...hashText(`${first} ${second}`), meaning);
	}
}

addPairs(citiesOfTwo, pair.place, role.placeStart | role.pairStart);
addPairs(methodPairs, pair.method, role.pairStart);
addPairs(namePairs, pair.name, role.pairStart);

/** What two neighbouring words, hashed with the space between them, are together: one of {@link pair}. */
export const pairOf = (a: number, b: number): number => pairs.get(a, b);

/** The roles of a word, as bits of {@link role}, from its two hashes; 0 for a word with none. */
export function rolesOf(a: number, b: number): number {
	const bits = table.get(a, b);
	return bits === -1 ? 0 : bits;
}
