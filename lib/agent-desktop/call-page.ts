/** The pages that an agent sees who has opened a call link: plain HTML without a script, every value as text. Pure. */

/** What has happened. */
export type CallPage = 'ask' | 'calling' | 'failed' | 'used' | 'ended' | 'foreign' | 'unreadable';

const PAGES: Readonly<Record<CallPage, { title: string; text: string }>> = {
	ask: {
		title: 'Start the call?',
		text: 'The call is placed for the agent below. The link works once.',
	},
	calling: {
		title: 'The call is being placed',
		text: 'Take it in your phone or in the agent adapter. It is logged on the conversation from which you came. You can close this page.',
	},
	failed: {
		title: 'The call could not be placed',
		text: 'The contact center did not take it. Are you signed in there, and free? The link is used up: open the conversation in Kustomer and ask for a new one, or dial the number yourself.',
	},
	used: {
		title: 'This link was used already',
		text: 'Each link starts one call. Open the conversation in Kustomer: a new link stands there after the next assignment.',
	},
	ended: {
		title: 'This link has ended',
		text: 'Links hold for some hours only. Open the conversation in Kustomer: a new link stands there after the next assignment.',
	},
	foreign: {
		title: 'This link is not valid',
		text: 'It was changed, or not made here. Open the conversation in Kustomer and take the link that stands there.',
	},
	unreadable: {
		title: 'This is no call link',
		text: 'A part of it is missing. Open the conversation in Kustomer and take the whole link that stands there.',
	},
};

const STYLE =
	'body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem;color:#1f2937}' +
	'h1{font-size:1.4rem}dt{color:#4b5563}dd{margin:0 0 .5rem;font-weight:600}' +
	'button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.4rem;background:#b91c1c;color:#fff}';

/**
 * A page in HTML.
 *
 * @param facts shown to the person who asks for the call, in this order
 */
export function callPage(
	page: CallPage,
	facts: ReadonlyArray<readonly [label: string, value: string]> = [],
): string {
	const { title, text } = PAGES[page];
	const rows = facts.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join('');
	// The form goes to the address of the page itself, which carries the link: a POST, so that nothing that only looks at links calls.
	const form =
		page === 'ask'
			? '<form method="post"><input type="hidden" name="start" value="yes"><button type="submit" autofocus>Call</button></form>'
			: '';
	return (
		`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
		`<meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head>` +
		`<body><main><h1>${title}</h1><p>${text}</p>${rows === '' ? '' : `<dl>${rows}</dl>`}${form}</main></body></html>`
	);
}

function escaped(text: string): string {
	const signs: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;',
	};
	return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
