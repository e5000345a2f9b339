/**
 * The built-in categories: 15 upper-level groups that follow the names finance data providers use, and the concrete
 * categories below them. Keys are stored in the database and in trained models, so a key is never renamed or reused.
 * Names people read are messages: `category_<key>` and `group_<key>`.
 */

export const categoryGroups = [
	'income',
	'transfers',
	'loan_payments',
	'bank_fees',
	'entertainment',
	'food_drink',
	'general_merchandise',
	'home_improvement',
	'medical',
	'personal_care',
	'general_services',
	'government_non_profit',
	'transportation',
	'travel',
	'rent_utilities'
] as const;

export type CategoryGroup = (typeof categoryGroups)[number];

const tree = {
	income: [
		'salary',
		'interest_dividends',
		'pension',
		'benefits',
		'tax_refund',
		'refund',
		'rental_income',
		'other_income'
	],
	transfers: [
		'savings_transfer',
		'investment',
		'peer_transfer',
		'account_transfer',
		'atm_withdrawal',
		'cash_deposit',
		'other_transfer'
	],
	loan_payments: ['credit_card_payment', 'mortgage', 'student_loan', 'car_loan', 'personal_loan'],
	bank_fees: ['account_fee', 'overdraft_fee', 'foreign_fee', 'interest_charge'],
	entertainment: [
		'streaming',
		'music',
		'games',
		'cinema_events',
		'books',
		'news_magazines',
		'hobbies',
		'gambling'
	],
	food_drink: ['groceries', 'restaurants', 'coffee', 'fast_food', 'delivery', 'alcohol_bars', 'bakery'],
	general_merchandise: [
		'online_marketplace',
		'clothing',
		'electronics',
		'department_store',
		'gifts',
		'office_supplies',
		'pets',
		'children',
		'sporting_goods',
		'other_shopping'
	],
	home_improvement: ['furniture', 'hardware', 'garden', 'repairs'],
	medical: ['doctor', 'dentist', 'pharmacy', 'optician', 'hospital', 'veterinary'],
	personal_care: ['hair_beauty', 'gym', 'laundry'],
	general_services: [
		'insurance',
		'education',
		'childcare',
		'legal_financial',
		'postage',
		'software',
		'storage_moving',
		'other_services'
	],
	government_non_profit: ['taxes', 'government_fees', 'donations', 'broadcasting_fee'],
	transportation: [
		'fuel',
		'public_transport',
		'taxi',
		'parking',
		'tolls',
		'car_service',
		'bike_scooter',
		'car_share'
	],
	travel: ['flights', 'hotels', 'car_rental', 'trains', 'holiday'],
	rent_utilities: ['rent', 'electricity_gas', 'water', 'internet', 'mobile_phone', 'waste', 'tv']
} as const satisfies Record<CategoryGroup, readonly string[]>;

export type CategoryKey = (typeof tree)[CategoryGroup][number];

export type Category = { key: CategoryKey; group: CategoryGroup };

/** Every concrete category in display order. */
export const categories: readonly Category[] = categoryGroups.flatMap((group) =>
	tree[group].map((key) => ({ key, group }))
);

/** How many of their own a person can have. */
export const mostOwnCategories = 200;

/** Whether a key is an upper-level one. */
export const isCategoryGroup = (key: string): key is CategoryGroup =>
	(categoryGroups as readonly string[]).includes(key);

const groupByKey = new Map<string, CategoryGroup>(categories.map((c) => [c.key, c.group]));

/** The upper level of a built-in category; undefined for any other: category-book.ts knows people's own. */
export const groupOf = (key: string): CategoryGroup | undefined => groupByKey.get(key);
