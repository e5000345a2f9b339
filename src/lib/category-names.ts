/** What built-in categories and their groups are called. Written out so that only the messages in use are bundled. */
import type { CategoryGroup, CategoryKey } from '#lib/categories.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';

type Message = (inputs?: Record<string, never>, options?: Options) => string;

const categoryMessages: Record<CategoryKey, Message> = {
	salary: m.category_salary,
	interest_dividends: m.category_interest_dividends,
	pension: m.category_pension,
	benefits: m.category_benefits,
	tax_refund: m.category_tax_refund,
	refund: m.category_refund,
	rental_income: m.category_rental_income,
	other_income: m.category_other_income,
	savings_transfer: m.category_savings_transfer,
	investment: m.category_investment,
	peer_transfer: m.category_peer_transfer,
	account_transfer: m.category_account_transfer,
	atm_withdrawal: m.category_atm_withdrawal,
	cash_deposit: m.category_cash_deposit,
	other_transfer: m.category_other_transfer,
	credit_card_payment: m.category_credit_card_payment,
	mortgage: m.category_mortgage,
	student_loan: m.category_student_loan,
	car_loan: m.category_car_loan,
	personal_loan: m.category_personal_loan,
	account_fee: m.category_account_fee,
	overdraft_fee: m.category_overdraft_fee,
	foreign_fee: m.category_foreign_fee,
	interest_charge: m.category_interest_charge,
	streaming: m.category_streaming,
	music: m.category_music,
	games: m.category_games,
	cinema_events: m.category_cinema_events,
	books: m.category_books,
	news_magazines: m.category_news_magazines,
	hobbies: m.category_hobbies,
	gambling: m.category_gambling,
	groceries: m.category_groceries,
	restaurants: m.category_restaurants,
	coffee: m.category_coffee,
	fast_food: m.category_fast_food,
	delivery: m.category_delivery,
	alcohol_bars: m.category_alcohol_bars,
	bakery: m.category_bakery,
	online_marketplace: m.category_online_marketplace,
	clothing: m.category_clothing,
	electronics: m.category_electronics,
	department_store: m.category_department_store,
	gifts: m.category_gifts,
	office_supplies: m.category_office_supplies,
	pets: m.category_pets,
	children: m.category_children,
	sporting_goods: m.category_sporting_goods,
	other_shopping: m.category_other_shopping,
	furniture: m.category_furniture,
	hardware: m.category_hardware,
	garden: m.category_garden,
	repairs: m.category_repairs,
	doctor: m.category_doctor,
	dentist: m.category_dentist,
	pharmacy: m.category_pharmacy,
	optician: m.category_optician,
	hospital: m.category_hospital,
	veterinary: m.category_veterinary,
	hair_beauty: m.category_hair_beauty,
	gym: m.category_gym,
	laundry: m.category_laundry,
	insurance: m.category_insurance,
	education: m.category_education,
	childcare: m.category_childcare,
	legal_financial: m.category_legal_financial,
	postage: m.category_postage,
	software: m.category_software,
	storage_moving: m.category_storage_moving,
	other_services: m.category_other_services,
	taxes: m.category_taxes,
	government_fees: m.category_government_fees,
	donations: m.category_donations,
	broadcasting_fee: m.category_broadcasting_fee,
	fuel: m.category_fuel,
	public_transport: m.category_public_transport,
	taxi: m.category_taxi,
	parking: m.category_parking,
	tolls: m.category_tolls,
	car_service: m.category_car_service,
	bike_scooter: m.category_bike_scooter,
	car_share: m.category_car_share,
	flights: m.category_flights,
	hotels: m.category_hotels,
	car_rental: m.category_car_rental,
	trains: m.category_trains,
	holiday: m.category_holiday,
	rent: m.category_rent,
	electricity_gas: m.category_electricity_gas,
	water: m.category_water,
	internet: m.category_internet,
	mobile_phone: m.category_mobile_phone,
	waste: m.category_waste,
	tv: m.category_tv
};

const groupMessages: Record<CategoryGroup, Message> = {
	income: m.group_income,
	transfers: m.group_transfers,
	loan_payments: m.group_loan_payments,
	bank_fees: m.group_bank_fees,
	entertainment: m.group_entertainment,
	food_drink: m.group_food_drink,
	general_merchandise: m.group_general_merchandise,
	home_improvement: m.group_home_improvement,
	medical: m.group_medical,
	personal_care: m.group_personal_care,
	general_services: m.group_general_services,
	government_non_profit: m.group_government_non_profit,
	transportation: m.group_transportation,
	travel: m.group_travel,
	rent_utilities: m.group_rent_utilities
};

const isBuiltIn = (key: string): key is CategoryKey => Object.hasOwn(categoryMessages, key);
const isGroup = (key: string): key is CategoryGroup => Object.hasOwn(groupMessages, key);

type Options = { locale?: Locale };

/** The name of a built-in category; null says "No category yet"; a key that is not built in is answered as it is. */
export function categoryName(key: string | null | undefined, options: Options = {}): string {
	if (!key) return m.category_none({}, options);
	return isBuiltIn(key) ? categoryMessages[key]({}, options) : key;
}

/** The name of an upper-level category; a key that is not one is answered as it is. */
export function groupName(key: string, options: Options = {}): string {
	return isGroup(key) ? groupMessages[key]({}, options) : key;
}
