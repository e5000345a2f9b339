/** The words of the report of a month. */
import { formatAmount, formatDate, formatMonth } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { choiceQuery, usualChoice } from '#lib/reports/choice.ts';
import { comparedWith, firstOf, lastOf } from '#lib/reports/period.ts';
import type { MonthlyFigures, NamedAmount } from '../monthly/figures.ts';
import type { FiguresPart, MailContent, TablePart } from './content.ts';
import type { MailParams } from './kinds.ts';
import { oneLine, type Words } from './words.ts';

const dueShown = 8;

export function monthlyContent(
	{ report, statement, stop }: MailParams['monthly_report'],
	w: Words
): MailContent {
	const month = monthName(firstOf(report.month), w);
	const range = { from: firstOf(report.month), to: lastOf(report.month) };
	const link = `${w.url}/reports${choiceQuery({ ...usualChoice, period: 'custom', ...range })}`;
	const file = {
		attached: m.mail_monthly_attached({ month }, w.in),
		too_large: m.mail_monthly_too_large({ month }, w.in),
		none: m.mail_monthly_no_own({ month }, w.in)
	}[statement.is];
	return {
		subject: m.mail_monthly_subject({ month }, w.in),
		figures: report.currencies.map((one) => figures(one, report, w)),
		tables: [
			...report.currencies.flatMap((one) => spending(one, report, w)),
			...budgets(report, w),
			...due(report, w),
			...groups(report, w)
		],
		text: [file, m.mail_monthly_made({ at: w.at }, w.in), link].join('\n\n'),
		action: m.mail_monthly_open({}, w.in),
		why: m.mail_monthly_why({}, w.in),
		links: [
			{ label: m.mail_monthly_settings({}, w.in), url: `${w.url}/settings/alerts` },
			{ label: m.mail_alert_stop({}, w.in), url: stop }
		]
	};
}

type InCurrency = MonthlyFigures['currencies'][number];

const monthName = (date: string, w: Words): string => formatDate(date, { ...w.in, style: 'month' });
const before = (month: string): string =>
	comparedWith({ start: firstOf(month), end: lastOf(month) }, 'previous').start;

function figures(
	{ currency, spent, spentBefore, earned }: InCurrency,
	{ month }: MonthlyFigures,
	w: Words
): FiguresPart {
	const amount = (minor: number): string => formatAmount(minor, currency, w.in);
	const earlier = { month: monthName(before(month), w), amount: amount(spentBefore ?? 0) };
	return {
		figures: [
			{ label: m.home_spent({}, w.in), value: amount(spent) },
			{ label: m.home_earned({}, w.in), value: amount(earned) },
			{ label: m.home_net({}, w.in), value: amount(earned - spent) }
		],
		...(spentBefore !== undefined && { line: m.mail_monthly_before(earlier, w.in) })
	};
}

/** Where the money went and to whom, each with the month before beside it. */
function spending(one: InCurrency, { month, currencies }: MonthlyFigures, w: Words): TablePart[] {
	const { currency, categories, merchants } = one;
	const of = (title: string): string =>
		currencies.length > 1 ? m.mail_monthly_in({ title, currency }, w.in) : title;
	const table = (title: string, first: string, list: readonly NamedAmount[]): TablePart[] => {
		if (list.length === 0) return [];
		const compared = list.some((row) => row.before !== undefined);
		const months = [firstOf(month), ...(compared ? [before(month)] : [])];
		return [
			{
				title: of(title),
				head: [first, ...months.map((date) => formatMonth(date, w.in))],
				compared,
				rows: list.map(({ name, ...amounts }) => ({
					cells: [
						name === null ? m.mail_monthly_others({}, w.in) : oneLine(name),
						formatAmount(amounts.amount, currency, w.in),
						...(compared ? [formatAmount(amounts.before ?? 0, currency, w.in)] : [])
					]
				}))
			}
		];
	};
	return [
		...table(m.home_categories({}, w.in), m.mail_monthly_category({}, w.in), categories),
		...table(m.mail_monthly_merchants({}, w.in), m.mail_monthly_merchant({}, w.in), merchants)
	];
}

function budgets({ budgets, month }: MonthlyFigures, w: Words): TablePart[] {
	if (budgets.length === 0) return [];
	return [
		{
			title: m.app_nav_budgets({}, w.in),
			head: [m.mail_monthly_budget({}, w.in), m.home_spent({}, w.in), m.mail_monthly_limit({}, w.in)],
			rows: budgets.map((one) => {
				const { group, currency, spent, limit } = one;
				const budget = oneLine(one.name);
				const [start, end] = [one.periodStart, one.periodEnd];
				const isOfMonth = start === firstOf(month) && end === lastOf(month);
				const dates = { start: formatDate(start, w.in), end: formatDate(end, w.in) };
				return {
					cells: [
						group === null ? budget : m.mail_alert_name({ budget, group: oneLine(group) }, w.in),
						formatAmount(spent, currency, w.in),
						formatAmount(limit, currency, w.in)
					],
					under: [...(isOfMonth ? [] : [m.mail_alert_period(dates, w.in)]), keptText(one, w)].join(' · '),
					bad: one.remaining < 0
				};
			})
		}
	];
}

function keptText({ remaining, currency, over }: MonthlyFigures['budgets'][number], w: Words): string {
	const amount = formatAmount(Math.abs(remaining), currency, w.in);
	if (remaining < 0) return m.mail_monthly_burst({ amount }, w.in);
	if (over) return m.mail_monthly_kept({ amount }, w.in);
	return m.mail_monthly_goes_on({ amount }, w.in);
}

function due({ due, madeOn }: MonthlyFigures, w: Words): TablePart[] {
	if (due.length === 0) return [];
	const more = due.length - dueShown;
	return [
		{
			title: m.mail_monthly_due({ month: monthName(madeOn, w) }, w.in),
			head: [m.mail_monthly_payment({}, w.in), m.mail_monthly_on({}, w.in), m.mail_monthly_amount({}, w.in)],
			rows: due.slice(0, dueShown).map(({ merchant, date, amount, currency }) => ({
				cells: [
					oneLine(merchant),
					formatDate(date, { ...w.in, style: 'day' }),
					formatAmount(amount, currency, w.in)
				]
			})),
			...(more > 0 && { rest: m.mail_monthly_more({ count: more }, w.in) })
		}
	];
}

function groups({ groups }: MonthlyFigures, w: Words): TablePart[] {
	if (groups.length === 0) return [];
	const balance = (one: { amount: number; currency: string }): string => {
		const amount = formatAmount(Math.abs(one.amount), one.currency, w.in);
		return one.amount > 0 ? m.app_balance_owed({ amount }, w.in) : m.app_balance_owe({ amount }, w.in);
	};
	return [
		{
			title: m.app_nav_groups({}, w.in),
			head: [m.mail_monthly_group({}, w.in), m.mail_monthly_balance({}, w.in)],
			rows: groups.map(({ name, balances }) => ({
				cells: [
					oneLine(name),
					balances.length > 0 ? balances.map(balance).join('\n') : m.app_balance_even({}, w.in)
				]
			}))
		}
	];
}
