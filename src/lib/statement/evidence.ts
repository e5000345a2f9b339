import { decimalHint, printedAmount } from './amounts.ts';
import { dateParts, readDate, resolve } from './dates.ts';
import type { DateParts } from './dates.ts';
import { plainWords } from './words.ts';
import type { DateOrder, DecimalMark } from './types.ts';

/** An answer taken from the content, and whether the content leaves no other. */
export type Found<T> = { value: T; sure: boolean };

/** The decimal mark that the printed numbers of these cells show, by all but a stray few; null when none shows one. */
export function decimalOf(cells: Iterable<string>): { value: DecimalMark | null; open: boolean } {
	const votes = { '.': 0, ',': 0 };
	let open = false;
	for (const cell of cells) {
		const amount = printedAmount(cell);
		if (!amount || dateParts(cell) !== null) continue;
		const hint = decimalHint(amount.number);
		if (hint === 'open') open = true;
		else if (hint !== 'none') votes[hint]++;
	}
	const all = votes['.'] + votes[','];
	if (all === 0) return { value: null, open };
	const value = votes['.'] >= votes[','] ? '.' : ',';
	return votes[value] >= all * 0.9 ? { value, open } : { value: null, open: true };
}

/** What else may tell how dates are ordered. */
export type DateContext = {
	decimal: DecimalMark | null;
	/** The title of the date column, and all titles. */
	header: string;
	titles: string[];
	/** True when the titles are in a language other than English: all of those put the day before the month. */
	foreignWords: boolean;
	/** Every cell of the first rows: time zones. */
	cells: string[];
	currency: string | null;
	/** Dates found elsewhere in the file, in the lines above the table. */
	otherDates: string[];
	/** YYYY-MM-DD; no booking is later. */
	today: string | null;
};

/** How the dates of a column are ordered. Sure when only one order gives real days, or when other evidence decides. */
export function dateOrderOf(cells: string[], context: DateContext): Found<DateOrder> {
	const parts = cells.map((c) => dateParts(c)).filter((p) => p !== null);
	const open = parts.filter((p) => p.fixed === null);
	if (open.length === 0) return { value: parts[0]?.fixed === 'ymd' ? 'ymd' : 'dmy', sure: true };
	const fails = (order: DateOrder) => open.filter((p) => resolve(p, order) === null).length;
	const tolerated = open.length * 0.02;
	const failures = { dmy: fails('dmy'), mdy: fails('mdy'), ymd: fails('ymd') };
	const hinted = headerOrder(context.header);
	if (hinted && failures[hinted] <= tolerated) return { value: hinted, sure: true };
	const possible = (['dmy', 'mdy'] as const).filter((o) => failures[o] <= tolerated);
	if (possible.length === 1)
		return { value: possible[0]!, sure: failures[possible[0]!] === 0 || open.length >= 50 };
	if (possible.length === 0) {
		if (failures.ymd <= tolerated) return { value: 'ymd', sure: true };
		return { value: failures.dmy <= failures.mdy ? 'dmy' : 'mdy', sure: false };
	}
	return openOrder(open, context);
}

/** Both orders give real days: what else is printed decides, else nobody can know. */
function openOrder(open: DateParts[], context: DateContext): Found<DateOrder> {
	const sure = (value: DateOrder): Found<DateOrder> => ({ value, sure: true });
	if (open.every((p) => p.a === p.b)) return { value: context.decimal === ',' ? 'dmy' : 'mdy', sure: true };
	if (open.every((p) => p.mark === '.')) return sure('dmy');
	const late = (order: DateOrder) =>
		context.today !== null && open.some((p) => (resolve(p, order) ?? '') > context.today!);
	if (late('dmy') !== late('mdy')) return sure(late('dmy') ? 'mdy' : 'dmy');
	const others = context.otherDates.map((d) => dateParts(d)).filter((p) => p !== null && p.fixed === null);
	const [asDmy, asMdy] = (['dmy', 'mdy'] as const).map((o) => others.every((p) => resolve(p!, o) !== null));
	if (others.length > 0 && asDmy !== asMdy) return sure(asDmy ? 'dmy' : 'mdy');
	const bySequence = sequenceOrder(open);
	if (bySequence) return sure(bySequence);
	if (context.decimal === ',' || context.foreignWords) return sure('dmy');
	if (context.cells.some((c) => /^(?:[PECM][SD]T|US\/\w+|America\/\w+)$/u.test(c.trim()))) return sure('mdy');
	if (americanPlaces(context.cells) || context.titles.some((t) => /\bcheck\b|\bABA\b|\bzip\b/iu.test(t)))
		return sure('mdy');
	if (context.titles.some((t) => /\bsort code\b|\bBSB\b|\bIFSC\b|\bGST\b|\bVAT\b/iu.test(t)))
		return sure('dmy');
	if (context.currency && dayFirst.has(context.currency)) return sure('dmy');
	return { value: context.currency === 'USD' ? 'mdy' : 'dmy', sure: false };
}

const states = new Set(
	'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC'.split(
		' '
	)
);

/** Dollar amounts, and merchants whose line ends in the short name of a state, as American card networks print it. */
function americanPlaces(cells: string[]): boolean {
	const texts = cells.filter((c) => /\p{L}{3}/u.test(c) && /\s/u.test(c));
	const ending = texts.filter((c) => states.has(/\s([A-Z]{2})\s*$/u.exec(c)?.[1] ?? '')).length;
	return ending > 0 && ending >= texts.length * 0.5 && cells.some((c) => /^[-+(]?\$\s?\d/u.test(c.trim()));
}

/** Currencies of places that never write the month first. */
const dayFirst = new Set(
	'EUR GBP AUD NZD CHF INR BRL ZAR SGD DKK NOK SEK PLN CZK RUB TRY MXN CLP COP ARS ILS'.split(' ')
);

/** Statements run one way in time, and days change faster than months. */
function sequenceOrder(open: DateParts[]): DateOrder | null {
	const runs = (order: DateOrder) => {
		const days = open.map((p) => resolve(p, order)!);
		const up = days.every((d, i) => i === 0 || d >= days[i - 1]!);
		return (up || days.every((d, i) => i === 0 || d <= days[i - 1]!)) && new Set(days).size >= 4;
	};
	const [dmy, mdy] = [runs('dmy'), runs('mdy')];
	if (dmy !== mdy) return dmy ? 'dmy' : 'mdy';
	const [first, second] = [new Set(open.map((p) => p.a)).size, new Set(open.map((p) => p.b)).size];
	if (first === 1 && second >= 4) return 'mdy';
	return second === 1 && first >= 4 ? 'dmy' : null;
}

/** "TT.MM.JJJJ", "DD/MM/YYYY", "mm/dd/yy" in a header. */
function headerOrder(header: string): DateOrder | null {
	const m =
		/\b(d{1,2}|m{1,2}|y{2,4}|t{1,2}|j{1,2}|g{1,2}|r{4}|a{4})[./-](d{1,2}|m{1,2}|t{1,2}|j{1,2}|g{1,2})[./-]/iu.exec(
			header
		);
	if (!m) return null;
	if (/^(?:y|j{4}|r|a)/iu.test(m[1]!)) return 'ymd';
	return /^m/iu.test(m[1]!) ? 'mdy' : 'dmy';
}

const inWords =
	/\b(?:salary|payroll|wages|deposit|interest (?:paid|credit|payment|earned)|dividend|refund(?:ed)?|cash ?back|reimburse(?:ment|d)?|received|direct dep|gehalt|lohn|gutschrift|rente|zinsen|erstattung|eingang|salaire|virement recu|remboursement|nomina|abono|devolucion|ingreso|stipendio|rimborso|accredito|salario|estorno|proventos|recebid[ao]|salaris|storting|wynagrodzenie|wplyw|zwrot|mzda|vyplata|prijem|fizetes|jovairas|lon|loen|palkka|зарплата|зачисление|возврат|пополнение|maas|proceeds|pension|stipend|top up|topped up)\b|工资|退款|结息|入息|給与|振込入金|利息/u;
const outWords =
	/\b(?:withdrawal|purchase|sale|pos|card payment|debit card|direct debit|atm|bill pay(?:ment)?|fee|rent|groceries|lastschrift|kartenzahlung|abbuchung|uberweisung an|miete|auszahlung|prelevement|prlv|achat|paiement|retrait|cb|compra|pago|recibo|adeudo|retirada|addebito|pagamento|prelievo|betaalautomaat|incasso|geldopname|zakup|platnosc|wyplata|platba|vyber|vasarlas|terheles|kortkop|varekjop|dankort|korttiosto|оплата|покупка|списание|снятие|harcama|alisveris|sent|charge|supermarket|restaurant)\b|消费|取款|支付|購入/u;
/** What only the holder of a card account sees as money in: paying the bill. */
const cardPayment =
	/\b(?:payment (?:thank you|received|recd)|thank you|autopay|auto pmt|automatic payment|online payment|mobile payment|electronic payment|payment to (?:your )?(?:card|visa|mastercard)|internet payment|directpay|zahlungseingang|paiement recu|pago recibido|pagamento recebido|betaling ontvangen|lsv|bpay payment)\b|还款/u;

export type SignEvidence = {
	asIs: number;
	inverted: number;
	positive: number;
	negative: number;
	cardPayments: number;
};

/**
 * Weighs what positive amounts mean: rows whose words say where the money went, against the sign printed with them.
 * `rows` are amounts with everything else that is printed in the row.
 */
export function signEvidence(rows: { amount: number; text: string }[]): SignEvidence {
	const e: SignEvidence = { asIs: 0, inverted: 0, positive: 0, negative: 0, cardPayments: 0 };
	for (const { amount, text } of rows) {
		if (amount === 0) continue;
		if (amount > 0) e.positive++;
		else e.negative++;
		const words = plainWords(text);
		const into = inWords.test(words) || cardPayment.test(words);
		const out = outWords.test(words);
		if (into && cardPayment.test(words)) e.cardPayments++;
		if (into === out) continue;
		if (into === amount > 0) e.asIs++;
		else e.inverted++;
	}
	return e;
}

/** First and last day among cells, for telling people what the file covers. */
export function dateRange(cells: string[], order: DateOrder): { first: string | null; last: string | null } {
	let first: string | null = null;
	let last: string | null = null;
	for (const cell of cells) {
		const date = readDate(cell, order);
		if (date === null) continue;
		if (first === null || date < first) first = date;
		if (last === null || date > last) last = date;
	}
	return { first, last };
}
