/** The text of an HTML page or mail, as far as data in it needs that: no layout, no links. */

/** Tags that mail programs put around text. Comparison signs and angle brackets around addresses are none. */
const USUAL_TAG =
	/<\/?(?:html|head|body|div|p|br|pre|span|table|tbody|tr|td|font|code|blockquote|a|b|i|u|h[1-6]|ul|ol|li)\b[^<>]*>/i;

/** Where a line ends. */
const LINE_ENDS = /<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6]|\/pre|\/blockquote)\b[^<>]*>/gi;

/** Elements whose content is not for reading. */
const UNREAD: ReadonlyArray<readonly [opens: RegExp, closes: RegExp]> = [
	[/<!--/g, /-->/g],
	[/<style\b/gi, /<\/style\s*>/gi],
	[/<script\b/gi, /<\/script\s*>/gi],
	[/<head\b/gi, /<\/head\s*>/gi],
];

/** Names of the characters 160 to 255: https://html.spec.whatwg.org/multipage/named-characters.html */
const LATIN_1 =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const NAMED: ReadonlyMap<string, string> = new Map([
	...LATIN_1.split(' ').map((name, index): [string, string] => [name, String.fromCodePoint(160 + index)]),
	['quot', '"'],
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['apos', "'"],
	['euro', '€'],
	['hellip', '…'],
	['ndash', '–'],
	['mdash', '—'],
	['lsquo', '‘'],
	['rsquo', '’'],
	['ldquo', '“'],
	['rdquo', '”'],
	['bdquo', '„'],
	['bull', '•'],
	['trade', '™'],
]);

const LAST_CODE_POINT = 0x10ffff;

/** Whether a text is marked up as HTML. */
export function isHtml(text: string): boolean {
	return USUAL_TAG.test(text);
}

/** Takes linear time, whatever the text is. */
export function htmlToText(html: string): string {
	let text = html;
	for (const [opens, closes] of UNREAD) text = without(text, opens, closes);
	return decodeEntities(text.replace(LINE_ENDS, '\n').replace(/<[a-z!/?][^<>]*>/gi, ''));
}

/** Leaves out what stands from one mark to the next other one. What has no end stays. */
function without(text: string, opens: RegExp, closes: RegExp): string {
	const kept: string[] = [];
	let at = 0;
	for (;;) {
		opens.lastIndex = at;
		const start = opens.exec(text);
		if (start === null) break;
		closes.lastIndex = opens.lastIndex;
		if (closes.exec(text) === null) break;
		kept.push(text.slice(at, start.index));
		at = closes.lastIndex;
	}
	return kept.join('') + text.slice(at);
}

function decodeEntities(text: string): string {
	return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w{1,9}));/gi, (entity, decimal, hex, name) => {
		if (typeof name === 'string') return NAMED.get(name) ?? entity;
		const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
		return code > LAST_CODE_POINT ? entity : String.fromCodePoint(code);
	});
}
