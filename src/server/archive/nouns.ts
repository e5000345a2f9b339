/**
 * What a person's archive holds: a file of lines for each kind of thing (docs/your-data.md). Columns are called what they are
 * called in the database; where one is renamed there, `called` keeps its name here. A test goes through the schema: every table
 * and column is in here, or among what is left out with its reason.
 */
import { builtIn } from '#lib/category-book.ts';
import type { Kind } from '../backup/format.ts';
import type { Prisma } from '../db/client.ts';
import { receiptName } from './receipt-name.ts';

type Table = Prisma.ModelName;
/** A line of a file. */
export type Line = Record<string, unknown>;

export type Noun = {
	/** The name of the file, without its ending. */
	file: string;
	/** What a line of it is. */
	what: string;
	table: Table;
	/** Which rows, in SQL: `t` is the table, `$1` the person. */
	where: string;
	/** Columns that a line has as they are. */
	columns: readonly string[];
	/** What those are called that are not called as their columns. */
	called?: Readonly<Record<string, string>>;
	/** What else a line has, in SQL. Of a name that is a column's, it stands in for that. */
	reckoned?: Readonly<Record<string, { sql: string; kind: Kind }>>;
	/** Columns that no line has, and why. */
	without?: Readonly<Record<string, string>>;
	/** Columns by which the lines are in order; `id` (that is, by age) unless others are named. */
	order?: readonly string[];
	/** The last touch to a line. */
	finish?: (line: Line) => Line;
};

const whose = { userId: 'all of the archive is of one person' };
const mine = `t."userId" = $1`;
const myGroups = `(SELECT "groupId" FROM "Member" WHERE "userId" = $1 AND "removedAt" IS NULL)`;
const ofMyGroups = `t."groupId" IN ${myGroups}`;
const ofMyBudgets = (t: string): string =>
	`((${t}."userId" = $1 AND ${t}."groupId" IS NULL) OR ${t}."groupId" IN ${myGroups})`;
const isMyTransaction = (column: string): string =>
	`EXISTS (SELECT 1 FROM "Transaction" o WHERE o."id" = t."${column}" AND o."userId" = $1)`;
/** A transaction that others must not know of, if it is not theirs. */
const onlyMyTransaction = (column: string) => ({
	sql: `CASE WHEN ${isMyTransaction(column)} THEN t."${column}" END`,
	kind: 'text' as const
});

const account: Noun[] = [
	{
		file: 'profile',
		what: 'you, and the settings of your account',
		table: 'User',
		where: 't."id" = $1',
		columns: [
			...['id', 'email', 'emailVerifiedAt', 'name', 'role', 'locale', 'timeZone', 'currency', 'theme'],
			...['createdAt', 'sharesCorrectionsSince']
		],
		reckoned: {
			secondFactorSince: {
				sql: `(SELECT a."enabledAt" FROM "Authenticator" a WHERE a."userId" = t."id")`,
				kind: 'time'
			}
		},
		without: { passwordHash: 'secret', disabledAt: 'whoever has it set cannot ask' }
	},
	{
		file: 'sessions',
		what: 'a browser or program that is signed in',
		table: 'Session',
		where: mine,
		columns: ['id', 'createdAt', 'lastSeenAt', 'expiresAt', 'provedAt', 'userAgent', 'address'],
		without: { ...whose, tokenHash: 'secret' }
	},
	{
		file: 'devices',
		what: 'a browser or program that you have signed in from before',
		table: 'Device',
		where: mine,
		columns: ['lastSeenAt'],
		order: ['lastSeenAt'],
		without: { ...whose, keyHash: 'secret' }
	},
	{
		file: 'passkeys',
		what: 'a passkey',
		table: 'Passkey',
		where: mine,
		columns: ['name', 'createdAt', 'lastUsedAt'],
		order: ['createdAt'],
		without: {
			...whose,
			id: 'names the key to whoever wants to be shown it',
			publicKey: 'for checking the key alone',
			counter: 'for checking the key alone',
			transports: 'for asking for the key alone',
			alone: 'for asking for the key alone'
		}
	},
	{
		file: 'api-tokens',
		what: 'a program that may act for you',
		table: 'ApiToken',
		where: mine,
		columns: ['id', 'name', 'scopes', 'createdAt', 'expiresAt', 'lastUsedAt'],
		without: { ...whose, tokenHash: 'secret', hint: 'part of a secret' },
		finish: (line) => ({ ...line, scopes: String(line['scopes']).split(' ') })
	},
	{
		file: 'invitations',
		what: 'an invitation to this Quits that you have made',
		table: 'Invite',
		where: 't."createdById" = $1',
		columns: ['id', 'note', 'createdAt', 'expiresAt'],
		reckoned: { used: { sql: 't."usedById" IS NOT NULL', kind: 'boolean' } },
		without: { createdById: whose.userId, codeHash: 'secret', usedById: 'the account of somebody else' }
	}
];

const money: Noun[] = [
	{
		file: 'accounts',
		what: 'a bank account',
		table: 'Account',
		where: mine,
		columns: ['id', 'name', 'currency', 'identifier', 'archivedAt', 'createdAt'],
		without: { ...whose, revision: 'a counter of ours' }
	},
	{
		file: 'transactions',
		what: 'a booking on one of your accounts',
		table: 'Transaction',
		where: mine,
		columns: [
			...['id', 'accountId', 'date', 'amount', 'currency', 'description', 'merchant', 'categoryId', 'note'],
			...['source', 'confidence', 'review', 'recurringId', 'uploadId', 'line', 'raw']
		],
		order: ['date', 'id'],
		without: {
			...whose,
			merchantKey: 'made of the merchant, for finding',
			search: 'made of description and merchant, for finding',
			fingerprint: 'made of the other columns, for telling duplicates',
			occurrence: 'made of the other rows, for telling duplicates'
		}
	},
	{
		file: 'transfers',
		what: 'two transactions that are one transfer between your accounts',
		table: 'Transfer',
		where: isMyTransaction('outId'),
		columns: ['outId', 'inId', 'categoryId', 'byHand'],
		order: ['outId']
	},
	{
		file: 'not-transfers',
		what: 'two transactions that you have said are no transfer',
		table: 'NoTransfer',
		where: isMyTransaction('outId'),
		columns: ['outId', 'inId'],
		order: ['outId', 'inId']
	},
	{
		file: 'categories',
		what: 'a category that you can use: a built-in one, or your own',
		table: 'Category',
		where: `(${mine} OR t."userId" IS NULL)`,
		columns: ['id', 'name', 'group'],
		reckoned: {
			own: { sql: 't."userId" IS NOT NULL', kind: 'boolean' },
			hidden: {
				sql: `EXISTS (SELECT 1 FROM "HiddenCategory" h WHERE h."categoryId" = t."id" AND h."userId" = $1)`,
				kind: 'boolean'
			}
		},
		without: { ...whose, sort: 'the order of a list', nameKey: 'made of the name, for finding' },
		finish: (line) => ({
			...line,
			name: line['name'] ?? builtIn.nameOf(String(line['id']), { locale: 'en' })
		})
	},
	{
		file: 'learned-categories',
		what: 'how often you have put payments of a kind into a category, which is what guesses for you are made from',
		table: 'LearnedCount',
		where: mine,
		columns: ['name', 'incoming', 'size', 'categoryId', 'count', 'saidAt'],
		order: ['name', 'incoming', 'size', 'categoryId'],
		without: whose
	},
	{
		file: 'rules',
		what: 'a rule for transactions',
		table: 'Rule',
		where: mine,
		columns: ['id', 'position', 'name', 'enabled', 'conditions', 'actions', 'createdAt'],
		order: ['position', 'id'],
		without: whose
	},
	{
		file: 'recurring',
		what: 'a payment that comes again',
		table: 'Recurring',
		where: mine,
		columns: [
			...['id', 'accountId', 'merchant', 'cadence', 'amount', 'amountMin', 'amountMax', 'previousAmount'],
			...['priceChangedOn', 'currency', 'firstDate', 'lastDate', 'nextDate', 'missed', 'count', 'confidence'],
			...['ended', 'status', 'createdAt']
		],
		without: {
			...whose,
			merchantKey: 'made of the merchant, for finding',
			anchor: 'what the next date is reckoned from'
		}
	},
	{
		file: 'uploads',
		what: 'a statement that you have handed in',
		table: 'Upload',
		where: mine,
		columns: [
			...['id', 'accountId', 'filename', 'size', 'sha256', 'status', 'mapping', 'rowsTotal', 'imported'],
			...['duplicates', 'rejected', 'recurring', 'errorCode', 'errorParams', 'createdAt', 'startedAt'],
			'finishedAt'
		],
		without: {
			...whose,
			wantPreview: 'of no use once it has been read',
			detection: 'of no use once it has been read',
			rowsDone: 'of no use once it has been read',
			lastLine: 'of no use once it has been read',
			runId: 'a counter of ours'
		}
	},
	{
		file: 'upload-rows',
		what: 'a row of a statement that became no transaction, and why',
		table: 'UploadRow',
		where: `t."uploadId" IN (SELECT u."id" FROM "Upload" u WHERE u."userId" = $1)`,
		columns: ['uploadId', 'line', 'outcome', 'reason', 'reasonParams', 'duplicateOfId', 'raw', 'parsed'],
		order: ['uploadId', 'line']
	},
	{
		file: 'statement-formats',
		what: 'how statements with the same header are to be read, as you have said it',
		table: 'StatementFormat',
		where: mine,
		columns: ['headerKey', 'mapping', 'accountId', 'updatedAt'],
		order: ['headerKey'],
		without: whose
	}
];

const told: Noun[] = [
	{
		file: 'budgets',
		what: 'a budget of yours, or of a group that you are in',
		table: 'Budget',
		where: ofMyBudgets('t'),
		columns: [
			...['id', 'groupId', 'name', 'categoryIds', 'currency', 'amounts', 'period', 'startDate', 'timeZone'],
			...['rollOver', 'ownShare', 'thresholds', 'version', 'createdAt', 'removedAt']
		],
		without: {
			userId: "yourself; of a group's budget, the account of whoever made it",
			checkedFor: 'of use to alerts alone'
		}
	},
	{
		file: 'alerts',
		what: 'a threshold of a budget that was crossed',
		table: 'Alert',
		where: `t."budgetId" IN (SELECT b."id" FROM "Budget" b WHERE ${ofMyBudgets('b')})`,
		columns: [
			...[
				'id',
				'budgetId',
				'threshold',
				'periodStart',
				'periodEnd',
				'percent',
				'spent',
				'amount',
				'currency'
			],
			...['createdAt', 'passedAt']
		],
		without: { rearmedBy: 'a counter of ours' }
	},
	{
		file: 'alert-settings',
		what: 'how you want to be told of alerts; no line where you have never said',
		table: 'AlertChannels',
		where: mine,
		columns: ['email', 'quietFrom', 'quietUntil', 'digestAt', 'updatedAt'],
		order: ['updatedAt'],
		without: whose
	},
	{
		file: 'monthly-report',
		what: 'whether you want a report of each month by mail; no line where you have never asked',
		table: 'MonthlyReport',
		where: mine,
		columns: ['since', 'lastMonth'],
		order: ['lastMonth'],
		without: whose
	},
	{
		file: 'notifications',
		what: 'something that Quits has told you',
		table: 'Notification',
		where: mine,
		columns: ['id', 'kind', 'params', 'createdAt', 'readAt'],
		without: whose
	},
	{
		file: 'mails',
		what: 'a mail to you, without its text',
		table: 'Mail',
		where: mine,
		columns: ['id', 'to', 'kind', 'subject', 'status', 'attempts', 'createdAt', 'sentAt'],
		without: {
			...whose,
			body: 'secret: it may hold a link that opens something',
			html: 'secret: it may hold a link that opens something',
			unsubscribe: 'how it is sent',
			error: 'what a mail server said, to whoever runs Quits'
		}
	},
	{
		file: 'webhooks',
		what: 'an address of yours that is told of events',
		table: 'WebhookEndpoint',
		where: mine,
		columns: ['id', 'url', 'note', 'events', 'failingSince', 'disabledAt', 'disabledReason', 'createdAt'],
		without: {
			...whose,
			secret: 'secret',
			previousSecret: 'secret',
			previousUntil: 'of use to the secret alone'
		}
	},
	{
		file: 'deliveries',
		what: 'an event that you were told of, on the screen, by mail or by webhook',
		table: 'Delivery',
		where: mine,
		columns: [
			...['id', 'channel', 'event', 'alertId', 'endpointId', 'mailId', 'payload', 'status', 'reason'],
			...['attempts', 'nextAttemptAt', 'readAt', 'createdAt', 'deliveredAt']
		],
		called: { endpointId: 'webhookId' },
		without: { ...whose, dedupeKey: 'made of the other columns' }
	},
	{
		file: 'delivery-attempts',
		what: 'one attempt to reach a webhook',
		table: 'DeliveryAttempt',
		where: `t."deliveryId" IN (SELECT d."id" FROM "Delivery" d WHERE d."userId" = $1)`,
		columns: ['id', 'deliveryId', 'at', 'durationMs', 'status', 'error']
	}
];

const groups: Noun[] = [
	{
		file: 'groups',
		what: 'a group that you are in',
		table: 'Group',
		where: `t."id" IN ${myGroups}`,
		columns: ['id', 'name', 'currency', 'simplify', 'revision', 'nextTurn', 'archivedAt', 'createdAt']
	},
	{
		file: 'members',
		what: 'somebody in one of these groups, or who was',
		table: 'Member',
		where: ofMyGroups,
		columns: ['id', 'groupId', 'name', 'role', 'createdAt', 'removedAt'],
		reckoned: {
			you: { sql: `COALESCE(t."userId" = $1, FALSE)`, kind: 'boolean' },
			hasAccount: { sql: 't."userId" IS NOT NULL', kind: 'boolean' }
		},
		without: { userId: 'the account of somebody else; `you` says which member you are' }
	},
	{
		file: 'expenses',
		what: 'an expense of one of these groups; one that was removed has a deletedAt',
		table: 'Expense',
		where: ofMyGroups,
		columns: [
			...['id', 'groupId', 'version', 'turn', 'description', 'date', 'currency', 'amount', 'rate'],
			...['settleCurrency', 'settleAmount', 'split', 'payers', 'categoryId', 'notes', 'receiptType'],
			...['scheduleId', 'createdById', 'createdAt', 'updatedAt', 'deletedAt']
		],
		called: { createdById: 'createdBy' },
		reckoned: { transactionId: onlyMyTransaction('transactionId') },
		finish: ({ receiptType, ...line }) => ({
			...line,
			receipt: receiptType === null ? null : receiptName(String(line['id']), String(receiptType))
		})
	},
	{
		file: 'shares',
		what: 'what an expense means to one member',
		table: 'ExpensePart',
		where: ofMyGroups,
		columns: ['expenseId', 'memberId', 'groupId', 'currency', 'paid', 'share', 'net', 'odd'],
		order: ['expenseId', 'memberId']
	},
	{
		file: 'settlements',
		what: 'a payment from one member to another',
		table: 'Settlement',
		where: ofMyGroups,
		columns: [
			...['id', 'groupId', 'fromId', 'toId', 'currency', 'amount', 'date', 'status', 'note', 'expenseId'],
			...['createdById', 'createdAt', 'deletedAt']
		],
		called: { fromId: 'from', toId: 'to', createdById: 'createdBy' },
		reckoned: {
			fromTransactionId: onlyMyTransaction('fromTransactionId'),
			toTransactionId: onlyMyTransaction('toTransactionId')
		}
	},
	{
		file: 'comments',
		what: 'a comment on an expense',
		table: 'Comment',
		where: `t."expenseId" IN (SELECT e."id" FROM "Expense" e WHERE e."groupId" IN ${myGroups})`,
		columns: ['id', 'expenseId', 'memberId', 'text', 'createdAt']
	},
	{
		file: 'schedules',
		what: 'an expense that comes again',
		table: 'ExpenseSchedule',
		where: ofMyGroups,
		columns: [
			...['id', 'groupId', 'cadence', 'firstDate', 'nextDate', 'lastDate', 'template', 'createdById'],
			...['createdAt', 'endedAt']
		],
		called: { createdById: 'createdBy' }
	},
	{
		file: 'activity',
		what: 'something that somebody did in a group',
		table: 'Activity',
		where: ofMyGroups,
		columns: ['id', 'groupId', 'revision', 'actorId', 'kind', 'subjectId', 'summary', 'changes', 'createdAt'],
		called: { actorId: 'memberId' },
		order: ['groupId', 'revision']
	}
];

/** In the order of the files. */
export const nouns: readonly Noun[] = [...account, ...money, ...told, ...groups];

/** Tables that no file has lines of, and why. */
export const withoutTables: Readonly<Partial<Record<Table, string>>> = {
	Setup: 'that somebody has set this Quits up',
	Authenticator: 'secret; since when it is on stands in the profile',
	RecoveryCode: 'secret',
	Challenge: 'secret, and gone within minutes',
	EmailToken: 'secret, and gone within a day',
	Registration: 'of somebody who has no account yet',
	RateLimit: 'counts of tries, gone within the hour',
	Setting: 'of this Quits, not of a person',
	Export: 'of one session, and gone within a day',
	UploadChunk: 'the bytes of a statement, gone once it has been read',
	HiddenCategory: 'stands with the categories',
	ModelVersion: 'of this Quits, not of a person',
	ModelFile: 'of this Quits, not of a person',
	MonthTotal: 'sums of the transactions',
	StaleMonth: 'which sums are to be made anew',
	RuleRun: 'what takes a run of rules back, for some days; what it did stands in the transactions',
	Outbox: 'work that is still to be done',
	MailAttachment: 'a file on its way to you, gone once its mail has been sent',
	GroupInvite: 'secret: the links let somebody in'
};
