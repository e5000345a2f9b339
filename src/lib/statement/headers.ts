import { plainWords } from './words.ts';

/**
 * What a header can say about its column, finer than a role. A header often fits several ("Transaction Date", "Amount
 * Currency"); the content of the column decides among them. Earlier classes win among those that fit the content.
 */
const vocabulary = {
	rate: 'rate|exchange rate|fx rate|kurs|wechselkurs|umrechnungskurs|devisenkurs|koers|wisselkoers|taux|taux de change|tasa|tipo de cambio|cambio|câmbio|cotação|tasso|kurs wymiany|kurz|árfolyam|valutakurs|växelkurs|курс|汇率',
	foreign:
		'foreign|original|originally|fremdwährung|fremdbetrag|ursprungsbetrag|originalbetrag|originalwährung|local|merchant amount|devise d origine|montant d origine|moneda original|importe original|divisa origen|valuta originale|importo originale|vreemde valuta|oorspronkelijk|waluta oryginalna|kwota oryginalna|původní|eredeti|opprinnelig|originalbelopp|ursprungligt|сумма операции|валюта операции|сумма в валюте операции|交易货币|交易币种|原币|transaction currency|transaction amount foreign|local currency|exchange from|exchange to|order amount|订单金额|instructed|refunded|conversion|tax|vat|mwst|iva|tip|trinkgeld|discount|rabatt|shipping|insurance|cashback|кэшбэк|бонусы|points|miles|quantity|qty|price|menge|stück|anzahl|units|shares|limit',
	booked:
		'booked|posted amount|billing|billed|billing amount|account currency|in account currency|settlement|settled|gebucht|verbucht|abrechnungsbetrag|kontowährung|in kontowährung|валюта счета|валюте счета|валюту счета|сумма платежа|валюта платежа|入账金额|入账货币|实付金额|实付|net|netto|net amount|total|totaal|gesamt|gesamtbetrag|payment currency|belastung in|betrag in eur|bedrag in eur|amount in|amount eur|in eur|in chf|in czk|in pln|in gbp|in usd|kwota w walucie rachunku|waluta rachunku|částka v měně účtu',
	fee: 'fee|fees|charges|gebühr|gebühren|entgelt|spesen|frais|commission|kosten|comisión|comision|comissão|tarifa|commissione|commissioni|provize|poplatek|prowizja|opłata|díj|jutalék|avgift|gebyr|kulut|комиссия|手续费|服务费|手数料|masraf|komisyon',
	balance:
		'balance|saldo|kontostand|guthaben|solde|zůstatek|zostatok|egyenleg|saldo po|stanje|atlikums|likutis|jääk|bakiye|остаток|баланс|余额|本次余额|残高|差引残高|running balance|available|balans|verfügbar|ending balance',
	debit:
		'debit|debits|debit amount|debet|debe|débit|débito|debito|soll|lastschrift|belastung|belastungen|ausgang|ausgaben|ausgabe|withdrawal|withdrawals|withdrawal amt|withdraw|paid out|money out|spent|spend|outflow|out|dr|af|uit|sortie|dépenses|cargo|cargos|adeudo|salida|salidas|gasto|saída|saídas|dare|addebito|addebiti|uscite|uscita|obciążenia|obciążenie|wydatki|výdaje|výdej|odchozí|terhelés|kiadás|ut|ut av konto|ut fra konto|ud|hævet|uttag|utgift|otto|panot ulos|расход|списание|списания|дебет|borç|gider|支出|借方|出金|お引出し|お支払金額|支払い金額|支払金額|支払い|お支払い金額|引出|引き出し|debits amount|isplate|isplata|duguje|debiteringer|izdevumi|išmokėta|deebet|withdrawals dr|debit dr|saque|retiro|retiros|ausgehend',
	credit:
		'credit|credits|credit amount|haber|crédit|crédito|credito|haben|gutschrift|gutschriften|eingang|einnahmen|einnahme|deposit|deposits|deposit amt|paid in|money in|received|inflow|in|cr|bij|entrée|recettes|abono|abonos|entrada|entradas|ingreso|ingresos|avere|accredito|accrediti|entrate|uznania|uznanie|wpływy|příjmy|příjem|příchozí|jóváírás|bevétel|inn|inn på konto|ind|indsat|insättning|inkomst|pano|приход|зачисление|зачисления|поступления|поступление|кредит|alacak|gelir|收入|存入|贷方|入金|お預入れ|お預り金額|預り金額|預かり金額|お預かり金額|預入|uplate|uplata|potražuje|krediteringer|ienākumi|įplaukos|kreedit|deposit cr|credit cr|depósito|depósitos|eingehend',
	direction:
		'debit credit|credit debit|dr cr|cr dr|debet credit|credit debet|af bij|bij af|soll haben|soll haben kennzeichen|s h|credit or debit|direction|in out|transaction type|type|typ|tipo|sens|signe|sign|sinal|+ -|d c|c d|cdi|d k|k d|k p|umsatztyp|art|kennzeichen|收 支|收支|借贷|借贷标志|收付标志|приход расход|тип операции|kirjaus|indicator|cr dr indicator|credit debit indicator|transaction flow|details|deebet kreedit|debets kredīts|borç alacak|b a',
	amount:
		'amount|amounts|cost|costs|netto|nettobetrag|bruttobetrag|betrag|umsatz|summe|value|sum|montant|montants|somme|importe|cantidad|monto|valor|valore|importo|import|bedrag|transactiebedrag|kwota|kwota operacji|kwota transakcji|částka|castka|objem|suma|sumă|összeg|beløp|beløb|belopp|määrä|summa|iznos|znesek|сумма|сума|tutar|işlem tutarı|ποσό|金额|交易金额|金額|ご利用金額|利用金額|お取引金額|gross|brutto|net|mutatie|mutação|movimento|billed amount|price|total|amt|debit credit amount|zahlung|quantia|valor r|lançamento valor',
	date_transaction:
		'transaction date|date of transaction|trans date|purchase date|date of purchase|operation date|date operation|date de l operation|date d opération|date opération|fecha operación|fecha de operación|fecha operacion|f operación|data operazione|data operacji|data transakcji|datum transaktion|transaktionsdatum|transaktionsdag|köpdag|transaktionsdato|kaufdatum|belegdatum|belegtag|umsatztag|umsatzdatum|transactiedatum|datum verrichting|datum transactie|uitvoeringsdatum|datum provedení|datum transakce|tranzakció dátuma|tranzakció időpontja|köpdatum|transaktionstidpunkt|дата операции|дата транзакции|дата и время операции|işlem tarihi|交易日期|交易日|交易时间|ご利用日|利用日|お取引日|取引日|date transaction|datum operace|completed date|交易创建时间|data transação|data movimento|data mov',
	date_booking:
		'booking date|posting date|posted date|date posted|post date|posted|buchungstag|buchungsdatum|buchung|buchungszeit|date comptable|date de comptabilisation|date comptabilisation|fecha contable|fecha|data contabile|data księgowania|boekingsdatum|boekdatum|datum zaúčtování|datum zauctovani|datum účtování|könyvelés dátuma|könyvelési dátum|bogføringsdato|bokföringsdag|bokføringsdato|bokført dato|bokföringsdatum|kirjauspäivä|datum knjiženja|дата обработки|дата проводки|дата списания|kayıt tarihi|记账日期|入账日期|银行记账日|date de traitement|data lançamento|processing date|process date|processed date|data registrazione',
	date: 'date|datum|tag|dato|data|fecha|dag|dátum|datetime|date time|tarih|päivä|päivämäärä|kuupäev|datums|дата|日期|日付|年月日|ημερομηνία|date heure|zeitpunkt|created|created at|timestamp|time|datum i vrijeme|data ora|started date|交易成功时间|when|day|dia|giorno',
	date_value:
		'value date|valuta|valuta datum|valutadatum|valutadato|value|wert|wertstellung|wertstellungsdatum|wertstellungstag|date de valeur|date valeur|valeur|fecha valor|f valor|data valor|data valuta|data waluty|rentedatum|datum valuty|értéknap|räntedatum|valuteringsdag|rentedato|arvopäivä|väärtuspäev|datum valute|valör|дата валютирования|settlement date|effective date|起息日|due date|maturity date',
	account:
		'iban|account|account number|account no|kontonummer|konto|kontonr|konto nr|auftragskonto|blz|bic|swift|sort code|routing number|bank code|bankleitzahl|kontoinhaber|compte|numéro de compte|n compte|cuenta|número de cuenta|conta|agência|conto|numero conto|rekening|rekeningnummer|tegenrekening|rachunek|nr rachunku|numer rachunku|účet|číslo účtu|kód banky|számlaszám|számla|kontonavn|tilinumero|счет|номер счета|карта|номер карты|hesap|hesap no|card|card no|card number|card member|cardmember|kartennummer|karte|kartnummer|carte|tarjeta|cartão|carta|kaart|kredietkaart|kaarthouder|karta|账号|卡号|卡号后四位|口座|口座番号|from account|account name|bank name|bank account|bank|kaartnummer|kartu|account type|tipo conta|saldo konto|own account|first bank card',
	currency:
		'currency|ccy|curr|währung|waehrung|valuta|devise|monnaie|moneda|divisa|moeda|munt|muntsoort|waluta|měna|mena|deviza|devizanem|pénznem|valūta|valiuta|valuuta|валюта|döviz|para birimi|币种|币别|货币|通貨|νόμισμα|currency code|wrg|whg',
	reference:
		'id|transaction id|reference number|reference no|ref no|ref|referenz|referenznummer|reference|référence|referencia|riferimento|kenmerk|transactiereferentie|numer referencyjny|reference id|order id|order no|invoice|cheque|check|check number|check #|cheque number|check or slip #|chq|chq ref no|serial|serial number|n de doc|documento|numero documento|kundenreferenz|mandatsreferenz|gläubiger|gläubiger id|creditor id|end to end|endtoend|mandate|mandatsref|auszugsnummer|auszug|journalnummer|belegnummer|belegnr|volgnr|volgnummer|afschriftnummer|isin|variable symbol|constant symbol|specific symbol|variabilní symbol|konstantní symbol|specifický symbol|vs|ks|ss|arkivreferens|arkistointitunnus|viite|viitenumero|documento nr|nr|no|number|num|#|item #|номер|номер документа|референс|код|交易单号|商户单号|日志号|日 志 号|流水号|订单号|transaction hash|hash|receipt id|mcc|bsb|transaction code|code|buchungsschlüssel|posting key|purpose code|primanota|primanoten|identification',
	category:
		'category|categories|kategorie|kategória|categoría|categoria|catégorie|categorie|kategori|kategoria|kategória|категория|分类|类别|subcategory|sous catégorie|subcategoría|hauptkategorie|unterkategorie|tag|tags|label category|rubrik|rubriek|budget|mcc description',
	status:
		'status|state|state type|état|estado|stato|stan|stav|állapot|tila|durum|статус|状态|当前状态|交易状态|cleared|transaction status',
	type: 'type|transaction type|typ|tipo|tipo movimento|tipo de movimiento|art|umsatzart|transaktionstyp|transaktionsart|buchungstext|vorgang|geschäftsvorgang|umsatztyp|type opération|type d opération|type de l opération|nature|nature de l opération|catégorie opération|mutatiesoort|code|soort|rodzaj|rodzaj transakcji|typ transakcji|typ operacji|rodzaj operacji|typ transakce|typ pohybu|typ obratu|tranzakció típusa|típus|tapahtumalaji|laji|transaktionstype|typ av transaktion|tip|vrsta|тип|тип операции|вид операции|işlem türü|işlem tipi|交易类型|区分|transaction kind|product|operation type|posting text|class|concepto común|movement type|item|causale abi|servizio',
	payee:
		'payee|name|merchant|merchant name|vendor|counterparty|counter party|counterparty name|partner|partner name|partnername|beneficiary|beneficiary name|recipient|sender|payer|payer name|payee name|third party|to account|company|empfänger|empfaenger|empfängername|auftraggeber|auftraggebername|begünstigter|beguenstigter|zahlungsempfänger|zahlungspflichtige|zahlungspflichtiger|zahlungsbeteiligter|name zahlungsbeteiligter|gegenpartei|gegenkonto inhaber|händler|absender|bénéficiaire|beneficiaire|tiers|commerçant|émetteur|donneur d ordre|nom|beneficiario|ordenante|comercio|establecimiento|beneficiário|destinatário|favorecido|estabelecimento|ordinante|esercente|controparte|naam|naam tegenpartij|tegenpartij|begunstigde|handelaar|ontvanger|odbiorca|nadawca|kontrahent|nazwa kontrahenta|nadawca odbiorca|dane kontrahenta|protistrana|název protiúčtu|název protistrany|protiúčet název|counteraccount name|obchodník|příjemce|plátce|název obchodníka|partner neve|ellenoldali név|kedvezményezett|mottagare|avsändare|mottaker|avsender|modtager|afsender|butik|saaja|maksaja|saaja maksaja|saajan nimi|gavėjas|mokėtojas|saņēmējs|maksātājs|saaja nimi|получатель|отправитель|плательщик|контрагент|торговая точка|alıcı|gönderen|işyeri|交易对方|对方|对方账户名|对方户名|对方信息|对手信息|商户名称|利用店名|ご利用店名|ご利用先|利用先|店名|振込先|nome|razão social',
	text: 'description|descriptions|desc|transaction description|details|transaction details|narrative|narration|particulars|transaction|transactions|text|beschreibung|bezeichnung|buchungsdetails|verwendungszweck|vwz|zweck|zahlungsgrund|buchungsinformationen|avisierungstext|libellé|libelle|libellé de l opération|libelle operation|intitulé|désignation|label|détail|détails|objet|motif|concepto|descripción|descripcion|detalle|observaciones|movimiento|descrição|descricao|histórico|historico|lançamento|título|title|order title|descrizione|descrizione operazione|causale|dettagli|operazione|omschrijving|naam omschrijving|mededeling|mededelingen|vrije mededeling|opis|opis operacji|opis transakcji|tytuł|tytułem|szczegóły|popis|popis transakce|detail|účel platby|poznámka|zpráva|közlemény|megnevezés|leírás|megjegyzés|tranzakció|tekst|tekst på kontoutskrift|beskrivelse|beskrivning|specifikation|rubrik|selite|kuvaus|viesti|paskirtis|paaiškinimai|paaiškinimas|mokėjimo paskirtis|aprašymas|selgitus|maksājuma mērķis|apraksts|opis plaćanja|назначение платежа|назначение|описание|описание операции|основание|содержание|детали|açıklama|işlem açıklaması|περιγραφή|摘要|交易摘要|交易描述|交易名称|交易说明|商品|商品说明|订单标题|商品名称|取引内容|お取引内容|取扱内容|お取り扱い内容|内容|reason|purpose|payment purpose|payment details|payment reference|remittance information|remittance|information|info|summary|merchant description|original description|statement descriptor|libellé simplifie|libelle simplifie|informations complémentaires|communication|communications|toelichting|statement text',
	memo: 'memo|notes|note|notiz|notizen|comment|comments|remarks|remark|bemerkung|kommentar|nachricht|message|message for payee|message for me|client note|reference text|payment message|own note|meddelande|meddelelse|melding|besked|notatka|opmerking|commentaire|nota|notas|note cliente|zpráva pro příjemce|zpráva pro mě|poznámka|备注|附言|メモ|備考|примечание|комментарий|not|ghi chú|additional information|zusatzinfo',
	place:
		'place|city|town|country|country region|region|area district|address|ort|land|plz|straße|adresse|ville|pays|code postal|ciudad|país|dirección|cidade|città|località|paese|plaats|locatie|miasto|kraj|město|země|merchant city|merchant country|merchant place|merchant state|state province|postcode|zip|zip code|channel|kanál|渠道|交易渠道|支付方式|网点名称|branch|filiale|email|emoji|url|phone',
	time: 'time|uhrzeit|heure|hora|ora|tijd|godzina|čas|idő|tid|время|saat|交易时间|记账时间|时间|時刻|time zone|timezone'
} as const;

export type HeaderClass = keyof typeof vocabulary;

const ideographs = /[\u3040-\u30ff\u4e00-\u9fff]/u;
/** Short words that tell even inside a longer header; others ("in", "af") only count as a header of their own. */
const shortInside = new Set([
	'fee',
	'dij',
	'bic',
	'blz',
	'ccy',
	'vwz',
	'tax',
	'vat',
	'net',
	'amt',
	'fx',
	'id'
]);
/** Longer words that say nothing inside a longer header: "Transaction ID", "Item Title", "Text Code". */
const wholeOnly = new Set(
	'transaction|transactions|title|text|label|item|product|class|code|total|value|price|information|info|movimento|operazione|operacion|lancamento|tranzakcio|mutatie|umsatz|buchung|posted|created|limit|units|shares|points|name|card|bank|branch|channel|when|number|serial|settled|cleared|spent|received|cargo|budget|rubrik|naam|nome'.split(
		'|'
	)
);
const exact = new Map<string, HeaderClass[]>();
const phrases: [phrase: string, cls: HeaderClass, stem: boolean][] = [];
for (const [cls, list] of Object.entries(vocabulary) as [HeaderClass, string][]) {
	for (const word of new Set(list.split('|').map(plainWords))) {
		exact.set(word, [...(exact.get(word) ?? []), cls]);
		if ((word.length > 3 && !wholeOnly.has(word)) || ideographs.test(word) || shortInside.has(word)) {
			phrases.push([word, cls, word.length >= 6 || ideographs.test(word)]);
		}
	}
}
const order = Object.keys(vocabulary) as HeaderClass[];

export type HeaderReading = { classes: Set<HeaderClass>; exact: Set<HeaderClass> };
const readings = new Map<string, HeaderReading>();

/** The classes a header fits, and those of which it is a term as a whole (not only contains one). */
export function readHeader(header: string): HeaderReading {
	const words = plainWords(header.replace(/[([（［].*?[)\]）］]/gu, ' '));
	let reading = readings.get(words);
	if (!reading) {
		reading = classify(words);
		if (readings.size < 5_000) readings.set(words, reading);
	}
	return reading;
}

function classify(words: string): HeaderReading {
	if (words === '' || words.length > 60) return { classes: new Set(), exact: new Set() };
	const whole =
		exact.get(words) ?? exact.get(words.replace(/ (?:\d+|eur|usd|gbp|chf|czk|pln|sek|nok|dkk|huf|r)$/u, ''));
	const padded = ` ${words} `;
	const found = new Set<HeaderClass>();
	for (const [phrase, cls, stem] of phrases) {
		if (padded.includes(` ${phrase} `) || (stem && containsStem(words, phrase))) found.add(cls);
	}
	if (whole) for (const cls of whole) found.add(cls);
	return { classes: new Set(order.filter((c) => found.has(c))), exact: new Set(whole) };
}

/** Compounds: "Transaktionsbetrag" ends with "betrag", "Buchungstage" begins with "buchungstag". */
function containsStem(words: string, phrase: string): boolean {
	if (ideographs.test(phrase)) return words.includes(phrase);
	return words
		.split(' ')
		.some(
			(w) =>
				w.endsWith(phrase) || (w.startsWith(phrase) && (phrase.length >= 7 || w.length <= phrase.length + 3))
		);
}

/** How many cells of a record are titles of columns: the measure for being the header. */
export function headerScore(cells: string[]): number {
	let score = 0;
	const seen = new Set<string>();
	for (const cell of cells) {
		const name = cell.trim();
		if (name === '' || name.length > 60 || seen.has(name)) continue;
		seen.add(name);
		const reading = readHeader(name);
		if (reading.classes.size > 0) score += reading.exact.size > 0 ? 1 : 0.5;
	}
	return score;
}
