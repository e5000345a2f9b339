/**
 * One way to compare words of statements: lower case, no accents, anything but letters and digits a single space,
 * "BookingDate" and "booking_date" two words.
 */
export function plainWords(text: string): string {
	return text
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.normalize('NFKD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.replace(/ß/gu, 'ss')
		.replace(/[^\p{L}\p{N}#]+/gu, ' ')
		.trim();
}

function wordSet(list: string): Set<string> {
	return new Set(list.split('|').map(plainWords));
}

const out = wordSet(
	'debit|debits|transfer out|sent|db|dr|d|debet|debetas|debito|débito|débit|adeudo|cargo|dare|soll|s|lastschrift|belastung|ausgang|ausgabe|ausgaben|out|outgoing|outflow|money out|paid out|withdrawal|expense|spend|charge|af|uit|uitgaven|sortie|dépense|salida|gasto|saida|despesa|uscita|addebito|wydatek|obciążenie|výdaj|odchozí|kiadás|terhelés|ud|ut|utgift|udgift|otto|расход|списание|дебет|gider|borç|b|支出|借|出账|转出|付款|出金|支払|debit card|sale|purchase|dbit|дт|-'
);
const into = wordSet(
	'credit|credits|transfer in|received|cr|c|credito|crédito|crédit|abono|avere|haben|h|gutschrift|eingang|einnahme|einnahmen|in|incoming|inflow|money in|paid in|deposit|income|bij|inkomsten|recette|entrée|entrada|ingreso|receita|entrata|accredito|uznanie|wpływ|příjem|příchozí|bevétel|jóváírás|ind|inn|indtægt|inkomst|pano|приход|зачисление|поступление|пополнение|кредит|gelir|alacak|a|收入|贷|入账|转入|收款|入金|預入|refund|reversal|crdt|кт|kreditas|k|+'
);
const neutral = wordSet('/|-|neutral|不计收支|其他|中性交易|none');

/** What a cell of a direction column says: -1 money out, 1 money in, 0 neither, null no such word. */
export function directionOf(cell: string): -1 | 0 | 1 | null {
	const text = cell.trim();
	if (text === '-' || text === '–') return -1;
	if (text === '+') return 1;
	if (text === '/') return 0;
	const word = plainWords(text);
	if (word === '' || word.length > 24) return null;
	if (out.has(word)) return -1;
	if (into.has(word)) return 1;
	return neutral.has(word) ? 0 : null;
}

const failed = wordSet(
	'failed|declined|cancelled|canceled|rejected|reverted|expired|denied|voided|void|blocked|abgelehnt|storniert|fehlgeschlagen|abgebrochen|refusé|annulé|rechazado|rechazada|anulado|cancelado|cancelada|recusado|rifiutato|annullato|geweigerd|geannuleerd|odrzucona|anulowana|отклонено|отменено|отказ|ошибка|failed payment|交易关闭|已关闭|支付失败|失败|已取消'
);
const pending = wordSet(
	'pending|offen|authorised|authorized|authorization|processing|in progress|hold|held|on hold|uncleared pending|vorgemerkt|ausstehend|en attente|en cours|pendiente|pendente|in sospeso|in behandeling|gereserveerd|oczekująca|w trakcie|čekající|függőben|odottaa|reserveret|reservert|reserverad|в обработке|обрабатывается|ожидание|заблокировано|beklemede|处理中|待支付|未入账'
);
const booked = wordSet(
	'completed|complete|booked|posted|cleared|settled|gebucht|erledigt|abgeschlossen|done|executed|paid|succeeded|success|successful|effectué|comptabilisé|completado|liquidado|efetivado|contabilizzato|eseguito|uitgevoerd|rozliczona|zrealizowana|zaúčtováno|teljesített|исполнено|выполнено|ok|支付成功|交易成功|uncleared|reconciled|unclaimed'
);

/** What a cell of a status column says. */
export function statusOf(cell: string): 'booked' | 'pending' | 'failed' | null {
	if (cell === '' || isDigit(cell.charCodeAt(0))) return null;
	const word = plainWords(cell);
	if (failed.has(word)) return 'failed';
	if (pending.has(word)) return 'pending';
	return booked.has(word) ? 'booked' : null;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

/** Titles of balances: no payee is called that. */
const balanceTerms =
	'saldo|balance|opening balance|closing balance|ending balance|beginning balance|starting balance|current balance|available balance|balance brought forward|balance carried forward|brought forward|carried forward|balance forward|previous balance|statement balance|balance at end of period|balance at start of period|anfangssaldo|endsaldo|kontostand|alter kontostand|neuer kontostand|saldovortrag|anfangsstand|endstand|startsaldo|saldo anterior|saldo inicial|saldo final|saldo do dia|saldo actual|saldo atual|saldo disponível|s a l d o|saldo em conta|solde|solde précédent|ancien solde|nouveau solde|solde initial|solde final|solde au|saldo iniziale|saldo finale|saldo contabile|saldo disponibile|beginsaldo|eindsaldo|vorig saldo|nieuw saldo|saldo początkowe|saldo końcowe|počáteční zůstatek|konečný zůstatek|zůstatek|nyitó egyenleg|záró egyenleg|egyenleg|ingående saldo|utgående saldo|inngående saldo|utgående balanse|alkusaldo|loppusaldo|pradinis likutis|galutinis likutis|likutis pradžioje|likutis pabaigoje|likutis pradžiai|likutis pabaigai|apyvarta|algsaldo|lõppsaldo|sākuma atlikums|beigu atlikums|apgrozījums|входящий остаток|исходящий остаток|devreden bakiye|bakiye|期初余额|期末余额|前月繰越';
/** Also the names of payees and transfers, so these only tell where no booking could be read anyway. */
const totalTerms =
	'total|totals|subtotal|sub total|grand total|sum|summe|gesamt|gesamtsumme|übertrag|ubertrag|total des opérations|totale|totaal|razem|suma|összesen|turnover|käive|opening|closing|итого|всего|toplam|合计|总计|合計|devir|承前|繰越|остаток|残高';
const balances = wordSet(balanceTerms);
const totals = wordSet(totalTerms);
/** The first letters of those terms: nearly every row of data can be told from them by these. */
const summaryStarts = new Set(
	[...`${balanceTerms}|${totalTerms}`.split('|'), ...balances, ...totals].map((t) =>
		t.slice(0, 3).toLowerCase()
	)
);

const day = 'as of|as at|on|at|per|vom|am|zum|au|al|del|em|op|na|k|dne|pr|den';
const endingInDay = new RegExp(` (?:${day})$`, 'u');
const sayingMore = new RegExp(` (?:${day}|of|in|the|date|period|debit|credit)(?: .*)?$`, 'u');

function summaryWords(text: string): string {
	if (text.length > 80 || !summaryStarts.has(text.trimStart().slice(0, 3).toLowerCase())) return '';
	return plainWords(text)
		.replace(/\b(?:\d+|eur|usd|gbp|chf|czk|pln)\b/gu, ' ')
		.replace(/\s+/gu, ' ')
		.trim();
}

/** True for the title of a balance ("Saldo Anterior", "Balance as of 12/31/2023") where a payee would stand. */
export function isBalanceLine(text: string): boolean {
	const words = summaryWords(text);
	return words !== '' && (balances.has(words) || balances.has(words.replace(endingInDay, '')));
}

/** True for the title of a balance or a total ("Total:", "Summe der Lastschriften") in a line that is no booking. */
export function isSummary(text: string): boolean {
	const words = summaryWords(text);
	if (words === '') return false;
	const short = words.replace(sayingMore, '');
	return [words, short].some((w) => balances.has(w) || totals.has(w));
}
