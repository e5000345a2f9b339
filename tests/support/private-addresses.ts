/** Ways to write an address that nobody outside may be led to, as somebody who tries to would. */
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';

const ranges4 = [
	...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.254', '127.0.0.1'],
	...['127.0.0.2', '127.255.255.254', '169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
	...['192.0.0.1', '192.0.0.170', '192.0.2.1', '192.88.99.1', '192.168.0.1', '192.168.255.255'],
	...['198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255'],
	...['240.0.0.1', '255.255.255.255']
];

const ranges6 = [
	...['::', '::1', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001', '::0001'],
	...['fe80::1', 'FE80::1', 'febf:ffff::1', 'fec0::1', 'feff::1', 'fc00::1', 'fd00:ec2::254', 'fdff::1'],
	...['ff02::1', 'ff0e::1', '100::1', '100:0:0:1::1', '2001::1', '2001:2::1', '2001:3::1', '2001:4:112::1'],
	...['2001:10::1', '2001:20::1', '2001:30::1', '2001:db8::1', '2002::1', '2620:4f:8000::1', '3fff::1'],
	...['5f00::1', '64:ff9b::1', '64:ff9b:1::1', '64:ff9b:1:ffff::1', '4000::1', '8000::1', '::5efe:7f00:1'],
	...['fe80::5efe:7f00:1', '::ffff:0:7f00:1']
];

/** How one IPv4 address can be written as the host of a URL. */
const writings: Record<string, (octets: number[]) => string> = {
	dotted: (octets) => octets.join('.'),
	decimal: (octets) => String(whole(octets)),
	octal: (octets) => `0${whole(octets).toString(8)}`,
	hex: (octets) => `0x${whole(octets).toString(16)}`,
	'hex in capitals': (octets) => `0X${whole(octets).toString(16).toUpperCase()}`,
	'dotted octal': (octets) => octets.map((n) => `0${n.toString(8)}`).join('.'),
	'dotted octal, padded': (octets) => octets.map((n) => `0000${n.toString(8)}`).join('.'),
	'dotted hex': (octets) => octets.map((n) => `0x${n.toString(16)}`).join('.'),
	'mixed bases': ([a = 0, b = 0, c = 0, d = 0]) => `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
	'two parts': ([a, ...rest]) => `${a}.${whole([0, ...rest])}`,
	'three parts': ([a, b, ...rest]) => `${a}.${b}.${whole([0, 0, ...rest])}`,
	'dot at the end': (octets) => `${octets.join('.')}.`,
	'full-width digits': (octets) =>
		octets.join('.').replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
	'ideographic stops': (octets) => octets.join('。'),
	'digits in circles': (octets) =>
		octets.join('.').replace(/[1-9]/g, (digit) => String.fromCodePoint(0x2460 + Number(digit) - 1)),
	'percent-encoded': (octets) =>
		[...octets.join('.')].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
	'soft hyphens': (octets) => octets.join('\u00ad.\u00ad'),
	mapped: (octets) => `[::ffff:${octets.join('.')}]`,
	'mapped in hex': (octets) => `[0:0:0:0:0:ffff:${groups(octets)}]`,
	compatible: (octets) => `[::${octets.join('.')}]`,
	translated: (octets) => `[::ffff:0:${octets.join('.')}]`,
	nat64: (octets) => `[64:ff9b::${octets.join('.')}]`,
	'local nat64': (octets) => `[64:ff9b:1::${groups(octets)}]`,
	'6to4': (octets) => `[2002:${groups(octets)}::1]`,
	teredo: (octets) => `[2001:0:4136:e378:8000:63bf:${groups(octets.map((n) => n ^ 255))}]`,
	isatap: (octets) => `[fe80::5efe:${octets.join('.')}]`
};

const whole = (octets: number[]): number => octets.reduce((sum, octet) => sum * 256 + octet, 0);
const groups = ([a = 0, b = 0, c = 0, d = 0]: number[]): string =>
	`${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;

/** URLs of which none may lead anywhere; `port` is where something listens that would like to hear of them. */
export function privateUrls(scheme: 'http' | 'https', port: number): string[] {
	const hosts4 = ranges4.flatMap((address) => {
		const octets = address.split('.').map(Number);
		return Object.values(writings).map((write) => write(octets));
	});
	const hosts6 = ranges6.map((address) => `[${address}]`);
	const hosts = [...new Set([...hosts4, ...hosts6])];
	const here = `127.0.0.1:${port}`;
	const around = [
		...['public@', 'a:b@', 'public.example@', '%70ublic:@', ':@'].map(
			(user) => `${scheme}://${user}${here}/`
		),
		...[`${scheme}:${here}`, `${scheme}:/${here}`, `${scheme}:////${here}`, `${scheme}:\\\\${here}\\`],
		...[`${scheme}://${here}#@public.example/`, `${scheme}://${here}\\@public.example/`],
		...[`${scheme}://${here}/?@public.example`, ` ${scheme}://${here}`, `${scheme}://12\t7.0.0.1:${port}/`],
		...[`${scheme}://127.0.0.1:0${port}/`, `${scheme}://127.0.0.1:${port}0000/`, `${scheme}://127.0.0.1:-1/`],
		...[`${scheme}://[fe80::1%25lo]:${port}/`, `${scheme}://[::1%25lo]:${port}/`, `${scheme}://[::1%lo]/`],
		...[`${scheme}://[::1]]:${port}/`, `${scheme}://::1:${port}/`, `${scheme}://127.0.0.1..:${port}/`],
		...[`${scheme}://`, `${scheme}://:${port}/`, `//${here}/`, here, '/hook', '', '\u0000'],
		...[`ftp://${here}/`, `ws://${here}/`, `file:///etc/passwd`, 'data:,hello', 'javascript:0', 'blob:x']
	];
	return [...hosts.map((host) => `${scheme}://${host}:${port}/hook`), ...around];
}

/** What a name may resolve to that is not public. */
export const privateAddresses: LookupAddress[] = [
	...ranges4,
	...ranges6,
	...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'fe80::1%lo', '127.1', '']
].map((address) => ({ address, family: isIP(address) || 4 }));
