import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import Banknote from '@lucide/svelte/icons/banknote';
import Briefcase from '@lucide/svelte/icons/briefcase';
import Car from '@lucide/svelte/icons/car';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Clapperboard from '@lucide/svelte/icons/clapperboard';
import Hammer from '@lucide/svelte/icons/hammer';
import HeartPulse from '@lucide/svelte/icons/heart-pulse';
import House from '@lucide/svelte/icons/house';
import Landmark from '@lucide/svelte/icons/landmark';
import Plane from '@lucide/svelte/icons/plane';
import Receipt from '@lucide/svelte/icons/receipt';
import Scale from '@lucide/svelte/icons/scale';
import ShoppingBag from '@lucide/svelte/icons/shopping-bag';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Utensils from '@lucide/svelte/icons/utensils';
import type { CategoryGroup } from '#lib/categories.ts';
import type { IconComponent } from './types.ts';

/** One icon per upper-level category, so that a hue never stands alone. */
const icons: Record<CategoryGroup, IconComponent> = {
	income: Banknote,
	transfers: ArrowLeftRight,
	loan_payments: Landmark,
	bank_fees: Receipt,
	entertainment: Clapperboard,
	food_drink: Utensils,
	general_merchandise: ShoppingBag,
	home_improvement: Hammer,
	medical: HeartPulse,
	personal_care: Sparkles,
	general_services: Briefcase,
	government_non_profit: Scale,
	transportation: Car,
	travel: Plane,
	rent_utilities: House
};

/** The icon of a group; a dashed circle for none. */
export const groupIcon = (group: string | null | undefined): IconComponent =>
	icons[group as CategoryGroup] ?? CircleDashed;
