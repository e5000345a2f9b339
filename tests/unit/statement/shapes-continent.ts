import type { Shape } from './shapes.ts';

/** Exports in other languages, in the layouts that banks use, with invented data. */
export const continentShapes: Shape[] = [
	{
		name: 'German savings bank, 17 columns, two-digit years',
		encoding: 'windows-1252',
		text: `"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
"DE12500105170648489890";"31.01.24";"31.01.24";"KARTENZAHLUNG";"Einkauf Grüner Markt";"";"";"";"";"";"";"Bäckerei Müller";"DE02120300000000202051";"BYLADEM1001";"-45,20";"EUR";"Umsatz gebucht"
"DE12500105170648489890";"15.01.24";"15.01.24";"LOHN GEHALT";"Gehalt Januar";"";"";"";"";"";"";"Acme GmbH";"DE02500105170137075030";"INGDDEFF";"1.000,00";"EUR";"Umsatz gebucht"`,
		rows: ['2024-01-31 -45.20 EUR Bäckerei Müller', '2024-01-15 1000.00 EUR Acme GmbH']
	},
	{
		name: 'German direct bank, booking text with everything in it, pending row and totals',
		encoding: 'windows-1252',
		text: `;
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"954,80 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"31.01.2024";"Lastschrift / Belastung";"Auftraggeber: Verein Buchungstext: Beitrag";"-5,00";
"31.01.2024";"31.01.2024";"Kartenverfügung";"Buchungstext: Grüner Markt Ref. 1";"-45,20";
"15.01.2024";"15.01.2024";"Übertrag / Überweisung";"Auftraggeber: Acme Buchungstext: Gehalt";"1.000,00";

"Alter Kontostand";"0,00 EUR";`,
		rows: [
			'2024-01-31 -5.00 EUR Auftraggeber: Verein',
			'2024-01-31 -45.20 EUR Buchungstext: Grüner',
			'2024-01-15 1000.00 EUR Auftraggeber'
		]
	},
	{
		name: 'German bank with a long preamble and totals row below',
		text: `Umsätze
Konto;Filial-/Kontonummer;IBAN;Währung
Girokonto;123 1234567 00;DE12500105170648489890;EUR

1.1.2024 - 31.1.2024
Letzter Kontostand;;;;954,80;EUR
Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.
Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung
31.1.2024;31.1.2024;Kartenzahlung;Grüner Markt;Einkauf;;;;;;;-45,2;;1;;-45,2;;EUR
15.1.2024;15.1.2024;SEPA-Gutschrift;Acme GmbH;Gehalt;DE02500105170137075030;INGDDEFF;;;;;1.000;;1;;;1.000;EUR
Kontostand;31.1.2024;;;954,8;EUR`,
		rows: ['2024-01-31 -45.20 EUR Grüner Markt Einkauf', '2024-01-15 1000.00 EUR Acme GmbH Gehalt']
	},
	{
		name: 'German cooperative bank, S and H instead of signs',
		encoding: 'windows-1252',
		text: `"Buchungstag";"Valuta";"Auftraggeber/Zahlungsempfänger";"Empfänger/Zahlungspflichtiger";"Konto-Nr.";"IBAN";"BLZ";"BIC";"Vorgang/Verwendungszweck";"Kundenreferenz";"Währung";"Umsatz";" "
"31.01.2024";"31.01.2024";"Ada Lovelace";"Grüner Markt";"";"DE02120300000000202051";"";"";"Einkauf";"";"EUR";"45,20";"S"
"15.01.2024";"15.01.2024";"Ada Lovelace";"Acme GmbH";"";"DE02500105170137075030";"";"";"Gehalt";"";"EUR";"1.000,00";"H"`,
		rows: ['2024-01-31 -45.20 EUR', '2024-01-15 1000.00 EUR']
	},
	{
		name: 'German wallet layout',
		text: `"Datum";"Uhrzeit";"Zeitzone";"Name";"Typ";"Status";"Währung";"Brutto";"Gebühr";"Netto";"Absender E-Mail-Adresse";"Transaktionscode";"Guthaben"
"13.04.2024";"09:01:10";"CEST";"Teehaus";"Zahlung im Einzugsverfahren";"Abgeschlossen";"EUR";"-12,50";"0,00";"-12,50";"a@example.com";"1AB";"87,50"
"14.04.2024";"10:01:10";"CEST";"Grace Hopper";"Handyzahlung";"Abgeschlossen";"EUR";"1.020,00";"-0,88";"1.019,12";"g@example.com";"2AB";"1.106,62"`,
		rows: ['2024-04-13 -12.50 EUR Teehaus', '2024-04-14 1019.12 EUR Grace']
	},
	{
		name: 'Austrian bank, many columns, booking date first',
		text: `Buchungsdatum;Partnername;Partner IBAN;BIC/SWIFT;Partner Kontonummer;Bankleitzahl;Betrag;Währung;Buchungs-Details;Buchungsreferenz;Notiz;Valutadatum
31.01.2024;Grüner Markt;;;;;-45,20;EUR;Kartenzahlung Wien;2011;;31.01.2024
15.01.2024;Acme;AT022050302101023600;;;;1.000,00;EUR;Gehalt;2012;;15.01.2024`,
		rows: ['2024-01-31 -45.20 EUR Grüner Markt', '2024-01-15 1000.00 EUR Acme']
	},
	{
		name: 'Swiss bank, apostrophes, debit negative, trailing summary',
		text: `Kontonummer:;0123 00456789.01;
IBAN:;CH93 0076 2011 6238 5295 7;
Von:;2024-01-01;
Bis:;2024-01-31;
Anfangssaldo:;0.00;
Schlusssaldo:;10954.80;
Bewertet in:;CHF;
Anzahl Transaktionen in diesem Zeitraum:;2;

Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten;
2024-01-31;10:00:00;2024-01-31;2024-01-31;CHF;-45.20;;;10954.80;1234;"Grüner Markt";"Kartenzahlung";;;
2024-01-15;10:00:00;2024-01-15;2024-01-15;CHF;;11000.00;;11000.00;1235;"Acme AG";"Gutschrift";;;`,
		rows: ['2024-01-31 -45.20 CHF Grüner Markt', '2024-01-15 11000.00 CHF Acme']
	},
	{
		name: 'Swiss post bank, credit and debit in CHF',
		text: `Datum von:;="2024-01-01"
Datum bis:;="2024-01-31"
Buchungsart:;="Alle Buchungen"
Konto:;="CH9300762011623852957"
Währung:;="CHF"

Datum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Label;Kategorie
31.01.2024;"Kauf Grüner Markt";;-45.20;;
15.01.2024;"Gutschrift Acme AG";1000;;;

Disclaimer:
Der Dokumentinhalt wurde durch Filtereinstellungen generiert.`,
		rows: ['2024-01-31 -45.20 CHF Kauf', '2024-01-15 1000.00 CHF Gutschrift']
	},
	{
		name: 'Dutch bank with tabs and no header',
		text: `123456789\tEUR\t20240131\t1000,00\t954,80\t20240131\t-45,20\tBEA, Betaalpas Groene Markt,PAS123 NR:1, 31.01.24/10:00 AMSTERDAM
123456789\tEUR\t20240215\t954,80\t1954,80\t20240215\t1000,00\tSEPA Overboeking IBAN: NL91ABNA0417164300 Naam: Acme BV
123456789\tEUR\t20240216\t1954,80\t1944,80\t20240216\t-10,00\tBEA, Koffie`,
		rows: ['2024-01-31 -45.20 EUR BEA, Betaalpas', '2024-02-15 1000.00 EUR SEPA', '2024-02-16 -10.00 EUR BEA']
	},
	{
		name: 'Dutch bank with signed amounts and three descriptions',
		text: `"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij","Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie","Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2","Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"
"NL44RABO0123456789","EUR","RABONL2U","000000000000000001","2024-01-31","2024-01-31","-45,20","+954,80","","Groene Markt","","","","bc","","","","","","Betaalautomaat 10:00"," ","","","","",""
"NL44RABO0123456789","EUR","RABONL2U","000000000000000002","2024-02-01","2024-02-01","+1000,00","+1954,80","NL91ABNA0417164300","Acme BV","","","ABNANL2A","cb","","","","","","Salaris"," ","","","","",""`,
		rows: ['2024-01-31 -45.20 EUR Groene Markt', '2024-02-01 1000.00 EUR Acme BV']
	},
	{
		name: 'Belgian bank with status and details',
		text: `Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;Rekeningnummer;Type verrichting;Tegenpartij;Naam van de tegenpartij;Mededeling;Details;Status;Reden van weigering
2024-00002;31/01/2024;31/01/2024;-45,20;EUR;BE68539007547034;Kaartbetaling;;Groene Markt;;BETALING MET DEBETKAART;Geaccepteerd;
2024-00001;15/01/2024;15/01/2024;1000,00;EUR;BE68539007547034;Overschrijving in euro;BE43068999999501;Acme NV;Salaris;OVERSCHRIJVING;Geaccepteerd;`,
		rows: ['2024-01-31 -45.20 EUR Groene Markt', '2024-01-15 1000.00 EUR Acme NV']
	},
	{
		name: 'French post bank, amounts in francs beside euros',
		encoding: 'windows-1252',
		text: `Numéro Compte   ;1234567A012
Type         ;CCP
Compte tenu en  ;euros
Date            ;31/01/2024
Solde (EUROS)   ;954,80
Solde (FRANCS)  ;6263,08

Date;Libellé;Montant(EUROS);Montant(FRANCS)
31/01/2024;"ACHAT CB MARCHE VERT";-45,20;-296,49
15/01/2024;"VIREMENT DE ACME";1000,00;6559,57`,
		asks: true
	},
	{
		name: 'French online bank with categories',
		text: `dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2024-01-31;2024-01-31;"CARTE 30/01/24 MARCHE VERT CB*1234";"Alimentation";"Vie quotidienne";"marche vert";-45,20;;00012345678;BoursoBank;954.80
2024-01-15;2024-01-15;"VIR SEPA ACME";"Virements reçus";"Revenus";"acme";"1 000,00";;00012345678;BoursoBank;1000.00`,
		rows: ['2024-01-31 -45.20 USD CARTE 30/01/24', '2024-01-15 1000.00 USD VIR SEPA']
	},
	{
		name: 'French mutual bank with preamble, quoted line breaks, debit and credit',
		encoding: 'windows-1252',
		text: `Téléchargement du 31/01/2024;

Mme ADA LOVELACE
Compte de Dépôt carte n° 12345678901;
Solde au 31/01/2024 954,80 €
Liste des opérations du compte entre le 01/01/2024 et le 31/01/2024;

Date;Libellé;Débit euros;Crédit euros;
31/01/2024;"PAIEMENT PAR CARTE
 X1234 MARCHE VERT 30/01
";45,20;;
15/01/2024;"VIREMENT EN VOTRE FAVEUR
 ACME
";;1 000,00;`,
		rows: ['2024-01-31 -45.20 EUR PAIEMENT PAR CARTE X1234', '2024-01-15 1000.00 EUR VIREMENT']
	},
	{
		name: 'Spanish bank with two dates, concept and movement',
		text: `F.Valor;Fecha;Concepto;Movimiento;Importe;Divisa;Disponible;Divisa;Observaciones
31/01/2024;31/01/2024;Mercado verde;Pago con tarjeta;-45,20;EUR;954,80;EUR;4123456789
15/01/2024;15/01/2024;Acme;Transferencia recibida;1.000,00;EUR;1.000,00;EUR;`,
		rows: ['2024-01-31 -45.20 EUR Mercado verde', '2024-01-15 1000.00 EUR Acme']
	},
	{
		name: 'Spanish bank with preamble and currency in cells',
		text: `Cuenta corriente;ES91 2100 0418 4502 0005 1332
Saldo;954,80 EUR

Fecha operación;Fecha valor;Concepto;Importe;Saldo
31/01/2024;31/01/2024;Compra Mercado Verde;-45,20 EUR;954,80 EUR
15/01/2024;15/01/2024;Nomina Acme;1.000,00 EUR;1.000,00 EUR`,
		rows: ['2024-01-31 -45.20 EUR Compra', '2024-01-15 1000.00 EUR Nomina']
	},
	{
		name: 'Italian bank with separate columns and details',
		text: `Data contabile;Data valuta;Descrizione;Accrediti;Addebiti;Descrizione estesa;Mezzo
31/01/2024;31/01/2024;Pagamento POS;;-45,20;Mercato Verde Milano;Carta
15/01/2024;15/01/2024;Bonifico a vostro favore;1.000,00;;Acme SPA stipendio;Conto`,
		rows: ['2024-01-31 -45.20 USD Pagamento POS Mercato Verde', '2024-01-15 1000.00 USD Bonifico']
	},
	{
		name: 'Italian bank with category and currency columns',
		text: `Data;Operazione;Dettagli;Conto o carta;Contabilizzazione;Categoria ;Valuta;Importo
31/01/2024;Mercato Verde;Mercato Verde Milano;Conto 1000/1234;CONTABILIZZATO;Generi alimentari;EUR;-45,20
15/01/2024;Bonifico disposto da Acme;Stipendio;Conto 1000/1234;CONTABILIZZATO;Stipendi;EUR;1.000,00`,
		rows: ['2024-01-31 -45.20 EUR Mercato Verde', '2024-01-15 1000.00 EUR Bonifico']
	},
	{
		name: 'Brazilian app bank',
		text: `Data,Valor,Identificador,Descrição
31/01/2024,-45.20,65b9-1,Compra no débito - Mercado Verde
15/01/2024,1000.00,65b9-2,Transferência recebida pelo Pix - ACME`,
		rows: ['2024-01-31 -45.20 USD Compra', '2024-01-15 1000.00 USD Transferência']
	},
	{
		name: 'Brazilian bank with opening balance and daily balances',
		encoding: 'windows-1252',
		text: `Data;Histórico;Docto.;Crédito (R$);Débito (R$);Saldo (R$)
01/01/2024;SALDO ANTERIOR;;;;0,00
15/01/2024;PIX RECEBIDO ACME;1234;1.000,00;;1.000,00
31/01/2024;COMPRA CARTÃO MERCADO VERDE;1235;;45,20;954,80
Total;;;1.000,00;45,20;954,80`,
		rows: ['2024-01-15 1000.00 BRL PIX', '2024-01-31 -45.20 BRL COMPRA']
	},
	{
		name: 'Portuguese bank with preamble',
		encoding: 'windows-1252',
		text: `Consultar saldos e movimentos à ordem - 31-01-2024

Conta ;0123456789012 - EUR - Conta Extracto
Data de início ;01-01-2024

Data mov. ;Data valor ;Descrição ;Débito ;Crédito ;Saldo contabilístico ;Saldo disponível ;Categoria ;
31-01-2024;31-01-2024;COMPRA MERCADO VERDE ;45,20;;954,80;954,80;COMPRAS ;
15-01-2024;15-01-2024;TRF ACME ;;1.000,00;1.000,00;1.000,00;Diversos ;`,
		rows: ['2024-01-31 -45.20 EUR COMPRA', '2024-01-15 1000.00 EUR TRF']
	},
	{
		name: 'Swedish bank with preamble and row numbers',
		encoding: 'windows-1252',
		text: `* Transaktionsrapport Period 2024-01-01 - 2024-01-31 Skapad 2024-02-01 10:00 CET
Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo
1,12345,1234567890,"Privatkonto",SEK,2024-01-31,2024-01-30,2024-01-31,"Gröna Torget","Kortköp",-45.20,954.80
2,12345,1234567890,"Privatkonto",SEK,2024-01-15,2024-01-15,2024-01-15,"Lön Acme","Insättning",1000.00,1000.00`,
		rows: ['2024-01-30 -45.20 SEK', '2024-01-15 1000.00 SEK']
	},
	{
		name: 'Nordic bank with decimal comma and balance',
		text: `Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta
2024/01/31;-45,20;1234567890;;;Kortköp 240130 Gröna Torget;954,80;SEK
2024/01/15;1000,00;;1234567890;Acme AB;Lön;1000,00;SEK`,
		rows: ['2024-01-31 -45.20 SEK', '2024-01-15 1000.00 SEK']
	},
	{
		name: 'Danish bank with status and reconciled columns',
		encoding: 'windows-1252',
		text: `"Dato";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"
"31.01.2024";"Grønt Torv";"-45,20";"954,80";"Udført";"Nej"
"15.01.2024";"Løn Acme";"1.000,00";"1.000,00";"Udført";"Nej"`,
		rows: ['2024-01-31 -45.20 USD Grønt Torv', '2024-01-15 1000.00 USD Løn']
	},
	{
		name: 'Norwegian bank with out and in columns',
		text: `"Dato";"Forklaring";"Rentedato";"Ut fra konto";"Inn på konto"
"31.01.2024";"Varekjøp Grønt Torg";"31.01.2024";"45,20";""
"15.01.2024";"Lønn Acme";"15.01.2024";"";"1.000,00"`,
		rows: ['2024-01-31 -45.20 USD Varekjøp', '2024-01-15 1000.00 USD Lønn']
	},
	{
		name: 'Finnish bank with message and archive reference',
		text: `Kirjauspäivä;Arvopäivä;Määrä EUROA;Laji;Selitys;Saaja/Maksaja;Saajan tilinumero;Saajan BIC-tunnus;Viite;Viesti;Arkistointitunnus
31.01.2024;31.01.2024;-45,20;162;PKORTTIMAKSU;Vihreä Tori;;;ref=;OSTOPVM 240130;20240131/1
15.01.2024;15.01.2024;1000,00;506;TILISIIRTO;Acme Oy;;;ref=;Palkka;20240115/1`,
		rows: ['2024-01-31 -45.20 EUR', '2024-01-15 1000.00 EUR']
	},
	{
		name: 'Baltic bank with D and K, opening balance and turnover rows',
		text: `"Sąskaitos Nr.";"";"Data";"Gavėjas";"Paaiškinimai";"Suma";"Valiuta";"D/K";"Įrašo Nr.";"Kodas";"Įmokos kodas";"Dok. Nr.";
"LT121000011101001000";"10";"2024-01-01";"";"Likutis pradžiai";"0.00";"EUR";"K";"";"LS";"";"";
"LT121000011101001000";"20";"2024-01-15";"Acme UAB";"Atlyginimas";"1000.00";"EUR";"K";"2024011500001";"MK";"";"";
"LT121000011101001000";"20";"2024-01-31";"Žalias Turgus";"PIRKINYS 516793";"45.20";"EUR";"D";"2024013100001";"K";"";"";
"LT121000011101001000";"82";"2024-01-31";"";"Apyvarta";"45.20";"EUR";"D";"";"K2";"";"";
"LT121000011101001000";"86";"2024-01-31";"";"Likutis pabaigai";"954.80";"EUR";"K";"";"LS";"";"";`,
		rows: ['2024-01-15 1000.00 EUR Acme', '2024-01-31 -45.20 EUR Žalias Turgus']
	},
	{
		name: 'Polish bank with a long preamble and currency in cells',
		encoding: 'windows-1250',
		text: `Lista operacji;
Klient;
ADA LOVELACE;

Okres
01.01.2024;31.01.2024;

#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;
2024-01-31;"ZIELONY TARG    ZAKUP PRZY UŻYCIU KARTY - INTERNET  transakcja nierozliczona";"eKonto 1234 ... 5678";"Żywność";-45,20 PLN;
2024-01-15;"ACME SP. Z O.O.  PRZELEW PRZYCHODZĄCY";"eKonto 1234 ... 5678";"Wpływy";1 000,00 PLN;`,
		rows: ['2024-01-31 -45.20 PLN ZIELONY TARG', '2024-01-15 1000.00 PLN ACME']
	},
	{
		name: 'Polish bank with unnamed trailing description columns',
		encoding: 'windows-1250',
		text: `"Data operacji","Data waluty","Typ transakcji","Kwota","Waluta","Saldo po transakcji","Opis transakcji","","","",""
"2024-01-31","2024-01-30","Płatność kartą","-45.20","PLN","+954.80","Tytuł: 0000 1234","Lokalizacja: Adres: ZIELONY TARG Miasto: ŁÓDŹ","Data i czas operacji: 2024-01-30","",""
"2024-01-15","2024-01-15","Przelew na konto","+1000.00","PLN","+1000.00","Nazwa nadawcy: ACME","Tytuł: PENSJA","","",""`,
		rows: ['2024-01-31 -45.20 PLN', '2024-01-15 1000.00 PLN']
	},
	{
		name: 'Czech bank with Czech headers',
		encoding: 'windows-1250',
		text: `"Datum zaúčtování";"Název protiúčtu";"Číslo protiúčtu";"Částka";"Měna";"Typ transakce";"Variabilní symbol";"Zpráva pro příjemce"
"31.01.2024";"Zelený trh Plzeň";"";"-45,20";"CZK";"Platba kartou";"";"Nákup"
"15.01.2024";"Acme s.r.o.";"123456789/0100";"1 000,00";"CZK";"Příchozí úhrada";"2024";"Mzda leden"`,
		rows: ['2024-01-31 -45.20 CZK Zelený trh', '2024-01-15 1000.00 CZK Acme']
	},
	{
		name: 'Hungarian bank without header',
		encoding: 'windows-1250',
		text: `"117730161111101800000000";"T";-4520;"HUF";20240131;20240131;95480;"";"";"ZÖLD PIAC BUDAPEST őszi vásár";"";"";"VÁSÁRLÁS KÁRTYÁVAL";""
"117730161111101800000000";"J";100000;"HUF";20240215;20240215;195480;"117730160000000000000000";"ACME KFT";"Fizetés";"";"";"JÓVÁÍRÁS";""
"117730161111101800000000";"T";-1000;"HUF";20240216;20240216;194480;"";"";"KÁVÉ BUDAPEST";"";"";"VÁSÁRLÁS KÁRTYÁVAL";""`,
		rows: ['2024-01-31 -4520.00 HUF', '2024-02-15 100000.00 HUF', '2024-02-16 -1000.00 HUF']
	},
	{
		name: 'Russian bank with operation and payment sums',
		encoding: 'windows-1251',
		text: `"Дата операции";"Дата платежа";"Номер карты";"Статус";"Сумма операции";"Валюта операции";"Сумма платежа";"Валюта платежа";"Кэшбэк";"Категория";"MCC";"Описание";"Бонусы (включая кэшбэк)"
"31.01.2024 10:00:00";"31.01.2024";"*1234";"OK";"-45,20";"RUB";"-45,20";"RUB";"";"Супермаркеты";"5411";"Зелёный рынок";"0,00"
"20.01.2024 10:00:00";"";"*1234";"FAILED";"-99,00";"RUB";"-99,00";"RUB";"";"Кафе";"5812";"Кофейня";"0,00"
"15.01.2024 10:00:00";"15.01.2024";"";"OK";"1000,00";"RUB";"1000,00";"RUB";"";"Пополнения";"";"Зарплата";"0,00"`,
		rows: ['2024-01-31 -45.20 RUB Зелёный рынок', '2024-01-15 1000.00 RUB Зарплата']
	},
	{
		name: 'Turkish bank with lira and Turkish letters',
		encoding: 'windows-1254',
		text: `Tarih;Açıklama;İşlem Tutarı;Bakiye;Fiş No
31.01.2024;Yeşil Çarşı alışveriş;-45,20;954,80;1234
15.01.2024;Maaş ödemesi Acme A.Ş.;1.000,00;1.000,00;1235`,
		rows: ['2024-01-31 -45.20 USD Yeşil Çarşı', '2024-01-15 1000.00 USD Maaş']
	},
	{
		name: 'Japanese bank with split columns',
		text: `日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ
2024/1/31,カード,ミドリイチバ,"4,520",,"95,480",
2024/1/15,給与,アクメ,,"100,000","100,000",`,
		defaultCurrency: 'JPY',
		rows: ['2024-01-31 -4520 JPY', '2024-01-15 100000 JPY']
	},
	{
		name: 'Chinese wallet with status words and tabs',
		text: `支付宝交易记录明细查询
账号:[ada@example.com]
起始日期:[2024-01-01 00:00:00]    终止日期:[2024-01-31 23:59:59]
---------------------------------交易记录明细列表------------------------------------
交易号                  ,商家订单号               ,交易创建时间              ,付款时间                ,最近修改时间              ,交易来源地     ,类型              ,交易对方            ,商品名称                ,金额（元）   ,收/支     ,交易状态    ,服务费（元）   ,成功退款（元）  ,备注                  ,资金状态     ,
2024013122001\t,T200P1\t,2024-01-31 10:00:00 ,2024-01-31 10:00:03 ,2024-01-31 10:00:04 ,其他,即时到账交易,绿色市场,蔬菜,45.20   ,支出      ,交易成功    ,0.00     ,0.00     ,                    ,已支出      ,
2024011522001\t,T200P2\t,2024-01-15 10:00:00 ,2024-01-15 10:00:03 ,2024-01-15 10:00:04 ,其他,即时到账交易,公司,工资,1000.00 ,收入      ,交易成功    ,0.00     ,0.00     ,                    ,已收入      ,
------------------------------------------------------------------------------------
共2笔记录`,
		rows: ['2024-01-31 -45.20 CNY 绿色市场 蔬菜', '2024-01-15 1000.00 CNY 公司 工资']
	}
];
