import { expect, it } from 'vitest';
import { regularKind } from '#lib/recurring/kind.ts';

it.each([
	['streaming', 'entertainment', 'subscription'],
	['gym', 'personal_care', 'subscription'],
	['public_transport', 'transportation', 'subscription'],
	['donations', 'government_non_profit', 'subscription'],
	['tv', 'rent_utilities', 'subscription'],
	['rent', 'rent_utilities', 'bill'],
	['mortgage', 'loan_payments', 'bill'],
	['insurance', 'general_services', 'bill'],
	['broadcasting_fee', 'government_non_profit', 'bill'],
	[null, null, 'subscription']
])('%s of %s is a %s', (categoryId, group, kind) => {
	expect(regularKind({ categoryId, group })).toBe(kind);
});

it('takes an own category for what its group is', () => {
	expect(regularKind({ categoryId: 'a-garage', group: 'rent_utilities' })).toBe('bill');
	expect(regularKind({ categoryId: 'a-club', group: 'entertainment' })).toBe('subscription');
});
