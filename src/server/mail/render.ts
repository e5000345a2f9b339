/** A mail as it goes out: HTML laid out by Mail.svelte, and the plain text of that same HTML. */
import { convert, type DomNode, type FormatCallback } from 'html-to-text';
import { render } from 'svelte/server';
import type { Locale } from '#lib/i18n.ts';
import type { MailContent } from './content.ts';
import Mail from './Mail.svelte';

export type RenderedMail = { html: string; text: string };

type Place = { locale: Locale; publicUrl: string; footer: string };

export function renderMail(content: MailContent, { locale, publicUrl, footer }: Place): RenderedMail {
	const { head, body } = render(Mail, { props: { content, footer, publicUrl } });
	// What Svelte leaves for itself to find again in a page.
	const lean = (markup: string): string => markup.replaceAll(/<!--.*?-->/gs, '');
	const html = `<!doctype html><html lang="${locale}"><head>${lean(head)}</head><body>${lean(body)}</body></html>`;
	return { html, text: textOf(html) };
}

// By custom what follows "-- " at the end of a mail is no part of what is said.
const signature: FormatCallback = (elem, walk, builder) => {
	builder.openBlock({ leadingLineBreaks: 2 });
	builder.addLiteral('-- ');
	builder.addLineBreak();
	walk(elem.children, builder);
	builder.closeBlock({});
};

const addressOf = ({ attribs }: DomNode): string => String((attribs as Record<string, string>)['href']);

const address: FormatCallback = (elem, _walk, builder) => builder.addLiteral(addressOf(elem));

const named: FormatCallback = (elem, walk, builder) => {
	walk(elem.children, builder);
	builder.addInline(`: ${addressOf(elem)}`);
};

/** "Groceries: €200.00 · €180.00" */
const row: FormatCallback = (elem, walk, builder) => {
	builder.openBlock({ leadingLineBreaks: 1 });
	const cells = elem.children.filter(({ type }) => type === 'tag');
	cells.forEach(({ children }, at) => {
		if (at > 0) builder.addLiteral(at === 1 ? ': ' : ' · ');
		walk(children, builder);
	});
	builder.closeBlock({ trailingLineBreaks: 1 });
};

const label: FormatCallback = (elem, walk, builder) => {
	walk(elem.children, builder);
	builder.addInline(': ');
};

function textOf(html: string): string {
	const text = convert(html, {
		wordwrap: false,
		formatters: { signature, address, named, row, label },
		selectors: [
			{ selector: '.seen', format: 'skip' },
			{ selector: '.signature', format: 'signature' },
			{
				selector: '.budget > p',
				format: 'paragraph',
				options: { leadingLineBreaks: 1, trailingLineBreaks: 1 }
			},
			{ selector: '.budget', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
			{
				selector: '.figures > p',
				format: 'paragraph',
				options: { leadingLineBreaks: 1, trailingLineBreaks: 1 }
			},
			{ selector: '.figures', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
			{ selector: '.label', format: 'label' },
			{ selector: 'h2', options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 1 } },
			{ selector: 'tr.row', format: 'row' },
			{ selector: 'tr.under', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
			{ selector: 'a.button', format: 'address' },
			{ selector: 'a.named', format: 'named' },
			{ selector: 'a', options: { hideLinkHrefIfSameAsText: true } }
		]
	});
	return `${text}\n`;
}
