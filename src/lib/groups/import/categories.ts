import type { CategoryKey } from '#lib/categories.ts';

/** What Splitwise and Spliit call their categories, and which of ours that is. */
const known: Readonly<Record<string, CategoryKey>> = {
	'bus/train': 'public_transport',
	bicycle: 'bike_scooter',
	books: 'books',
	car: 'car_service',
	childcare: 'childcare',
	cleaning: 'other_services',
	clothing: 'clothing',
	dental: 'dentist',
	'dining out': 'restaurants',
	donation: 'donations',
	education: 'education',
	electricity: 'electricity_gas',
	electronics: 'electronics',
	'food and drink': 'restaurants',
	furniture: 'furniture',
	games: 'games',
	'gas/fuel': 'fuel',
	gifts: 'gifts',
	groceries: 'groceries',
	'heat/gas': 'electricity_gas',
	hotel: 'hotels',
	'household supplies': 'other_shopping',
	insurance: 'insurance',
	liquor: 'alcohol_bars',
	maintenance: 'repairs',
	'medical expenses': 'doctor',
	mortgage: 'mortgage',
	movies: 'cinema_events',
	music: 'music',
	parking: 'parking',
	pets: 'pets',
	plane: 'flights',
	rent: 'rent',
	services: 'other_services',
	sports: 'sporting_goods',
	taxes: 'taxes',
	taxi: 'taxi',
	trash: 'waste',
	transportation: 'public_transport',
	'tv/phone/internet': 'internet',
	water: 'water'
};

/** Null for one that says nothing, or nothing of ours. */
export const importedCategory = (name: string): CategoryKey | null => known[name.toLowerCase()] ?? null;
