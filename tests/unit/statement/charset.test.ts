import { expect, it } from 'vitest';
import { detectEncoding } from '#lib/statement/charset.ts';
import { encode } from './shapes.ts';

it.each([
	['a whole word', 'Überweisung\tGröße', 'windows-1252', 'windows-1252'],
	['letters that were cut apart', 'M?¸ller J?¤nner\nVersicher?µng', 'windows-1252', 'windows-1252'],
	['one Western letter', 'Cafe Pokój', 'windows-1252', 'windows-1252'],
	['Central European', 'Příjem, žádost, účet', 'windows-1250', 'windows-1250'],
	['Russian', 'Оплата товаров и услуг', 'windows-1251', 'windows-1251'],
	['Russian of mail', 'Оплата товаров и услуг', 'koi8-r', 'koi8-r']
])('%s', (_, text, written, expected) => expect(detectEncoding(encode(text, written))).toBe(expected));

it('tells East Asian pairs of bytes', () => {
	// 支付宝交易 in GBK, 金額お支払 in Shift JIS.
	expect(detectEncoding(Uint8Array.of(0xd6, 0xa7, 0xb8, 0xb6, 0xb1, 0xa6, 0xbd, 0xbb, 0xd2, 0xd7))).toBe(
		'gb18030'
	);
	expect(detectEncoding(Uint8Array.of(0x8b, 0xe0, 0x8a, 0x7a, 0x82, 0xa8, 0x8e, 0x78, 0x95, 0xa5))).toBe(
		'shift_jis'
	);
});
