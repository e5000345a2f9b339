import ipaddr from 'ipaddr.js';

/** Where a call comes from, as far as the server can tell. */
export type Caller = {
	/** Of the network: the peer's, or with TRUST_PROXY what the nearest proxy says. */
	address: string;
	userAgent: string;
	/** True when it came through a proxy that is not trusted, so that the address is the proxy's. */
	passedOn?: boolean;
	/** What the browser's device cookie says; undefined for a program. */
	device?: string | undefined;
};

/** The address in the form that ranges are told by: IPv4 written as IPv6 becomes IPv4 again. Null when it is none. */
function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
	return ipaddr.isValid(address) ? ipaddr.process(address) : null;
}

/** Whom limits count by: an IPv4 address, or the /64 that one household or one attacker has of IPv6. */
export function networkOf(address: string): string {
	const parsed = parse(address);
	if (parsed === null) return 'unknown';
	if (parsed.kind() === 'ipv4') return parsed.toString();
	return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

/** What can be said of an address without asking anybody: this machine, a network at home or at work, or the internet. */
export function placeOf(address: string): 'here' | 'local' | 'internet' | 'unknown' {
	const parsed = parse(address);
	if (parsed === null) return 'unknown';
	const range = parsed.range();
	if (range === 'loopback') return 'here';
	if (range === 'private' || range === 'linkLocal' || range === 'uniqueLocal') return 'local';
	return 'internet';
}

export const isLoopback = (address: string): boolean => placeOf(address) === 'here';
