/** Money in another currency, at a rate that somebody stated. */
import { maxMinor, minorDigits } from '#lib/money.ts';

/** A rate is a decimal text: how many units of the other currency one unit is worth. Kept as it was stated. */
export const ratePattern = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,10})?$/;

/**
 * An amount (minor units) in another currency, exactly rounded half to even. Null when the rate is none, is zero, or the
 * result is more than money can be.
 */
export function convert(amount: number, from: string, to: string, rate: string): number | null {
	if (!ratePattern.test(rate)) return null;
	const [whole = '0', fraction = ''] = rate.split('.');
	const scaled = BigInt(whole + fraction);
	if (scaled === 0n) return null;
	// amount / 10^from * rate * 10^to, over one denominator
	const shift = minorDigits(to) - minorDigits(from) - fraction.length;
	const numerator = BigInt(amount) * scaled * (shift > 0 ? 10n ** BigInt(shift) : 1n);
	const denominator = shift < 0 ? 10n ** BigInt(-shift) : 1n;
	const result = roundHalfEven(numerator, denominator);
	return result > BigInt(maxMinor) || result < -BigInt(maxMinor) ? null : Number(result);
}

function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
	const sign = numerator < 0n ? -1n : 1n;
	const size = numerator * sign;
	const quotient = size / denominator;
	const twice = (size % denominator) * 2n;
	const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
	return sign * (up ? quotient + 1n : quotient);
}
