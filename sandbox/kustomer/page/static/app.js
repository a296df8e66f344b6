/*
 * Shows the state of the sandbox and keeps it current. Texts come from API clients, so they only ever become
 * text nodes: nothing here writes HTML.
 */

const byId = (id) => document.getElementById(id);

/** Makes an element. Children that are null or undefined are left out. */
function element(tag, properties = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (value === undefined || value === null || value === false) continue;
		if (name === 'key') made.dataset.key = value;
		else made.setAttribute(name, value === true ? '' : value);
	}
	made.append(...children.flat().filter((child) => child !== null && child !== undefined));
	return made;
}

const state = {
	/** Answer of /sandbox/state. */
	overview: undefined,
	selected: location.hash.slice(1) || undefined,
	requests: [],
	/** Text of every keyed element at the last drawing, to see what changed. */
	shown: new Map(),
	shownFor: undefined,
};

// --- times ------------------------------------------------------------------------------------------------------

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function timeOf(iso) {
	const date = new Date(iso);
	const today = date.toDateString() === new Date().toDateString();
	const text = today ? clock.format(date) : `${day.format(date)}, ${clock.format(date).slice(0, 5)}`;
	return element('time', { datetime: iso, title: exact.format(date) }, text);
}

// --- pieces -----------------------------------------------------------------------------------------------------

const CHANNELS = { voice: 'Voice', email: 'Email', chat: 'Chat', sms: 'SMS', whatsapp: 'WhatsApp' };
const STATUSES = { open: 'Open', snoozed: 'Snoozed', done: 'Done' };

function avatar(name, id, large = false) {
	const words = name
		.replace(/[^\p{L}\p{N} ]/gu, ' ')
		.trim()
		.split(/\s+/);
	const initials = /^\+?\d/.test(name)
		? '#'
		: (words[0]?.[0] ?? '?') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '');
	const made = element(
		'span',
		{ class: large ? 'avatar large' : 'avatar', 'aria-hidden': 'true' },
		initials.toUpperCase(),
	);
	made.style.setProperty('--hue', String((Number.parseInt(id.slice(-4), 16) * 47) % 360));
	return made;
}

function fact(label, value, key) {
	return element('div', {}, element('dt', {}, label), element('dd', { key }, value));
}

/** The value of a custom attribute as a person reads it. */
function valueOf({ type, value }) {
	if (type === 'boolean') return value ? 'Yes' : 'No';
	if (type === 'date') return timeOf(value);
	if (type === 'url' && /^https?:\/\//i.test(value)) {
		return element('a', { href: value, rel: 'noreferrer noopener', target: '_blank' }, value);
	}
	return String(value);
}

function attributes(list, owner) {
	if (list.length === 0) return null;
	return element(
		'dl',
		{ class: 'attributes' },
		list.map((one) =>
			element(
				'div',
				{ title: one.name },
				element('dt', {}, one.label),
				element('dd', { key: `${owner}.custom.${one.name}` }, valueOf(one)),
			),
		),
	);
}

function chips(names, owner, label) {
	if (names.length === 0) return null;
	return element(
		'ul',
		{ class: 'chips', 'aria-label': label },
		names.map((name) => element('li', { class: 'chip', key: `${owner}.tag.${name}` }, name)),
	);
}

/** A file with its size, as a link when it has been uploaded. */
function file({ name, size, href }) {
	const shown =
		size < 1000
			? `${size} B`
			: size < 1e6
				? `${(size / 1e3).toFixed(1)} kB`
				: `${(size / 1e6).toFixed(1)} MB`;
	return element(
		'li',
		{ title: `${size} bytes` },
		href === undefined ? name : element('a', { href, download: name }, name),
		element('span', { class: 'size' }, shown),
	);
}

function entry(one) {
	const isNote = one.kind === 'note';
	const kind = isNote
		? 'Note'
		: `${CHANNELS[one.channel] ?? one.channel} ${one.direction === 'in' ? 'from customer' : 'to customer'}`;
	return element(
		'li',
		{ class: `entry ${isNote ? 'note' : one.direction}`, key: `entry.${one.id}` },
		element(
			'p',
			{ class: 'byline' },
			element('strong', {}, isNote ? one.author : kind),
			isNote ? 'Internal note' : one.author === 'Customer' ? null : one.author,
			timeOf(one.at),
		),
		one.subject ? element('p', { class: 'subject' }, one.subject) : null,
		one.text ? element('p', { class: 'text' }, one.text) : null,
		one.attributes?.length > 0
			? element(
					'section',
					{ class: 'additional', 'aria-label': 'Additional information' },
					element('h4', {}, 'Additional information'),
					attributes(one.attributes, `entry.${one.id}`),
				)
			: null,
		one.files.length > 0
			? element('ul', { class: 'files', 'aria-label': 'Files' }, one.files.map(file))
			: null,
	);
}

function conversation(one) {
	const owner = `conversation.${one.id}`;
	const facts = [
		one.users.length > 0
			? fact('Assigned to', one.users.join(', '), `${owner}.users`)
			: fact('Assigned to', 'nobody', `${owner}.users`),
		one.teams.length > 0 ? fact('Team', one.teams.join(', '), `${owner}.teams`) : null,
		one.queue ? fact('Queue', one.queue, `${owner}.queue`) : null,
		one.priority ? fact('Priority', `${one.priority} of 5`, `${owner}.priority`) : null,
		one.channels.length > 0
			? fact('Channel', one.channels.map((name) => CHANNELS[name] ?? name).join(', '), `${owner}.channels`)
			: null,
		one.direction
			? fact('Direction', one.direction === 'in' ? 'inbound' : 'outbound', `${owner}.direction`)
			: null,
		one.snoozedUntil ? fact('Snoozed until', timeOf(one.snoozedUntil), `${owner}.snooze`) : null,
		one.externalId ? fact('External id', one.externalId, `${owner}.externalId`) : null,
	];
	return element(
		'article',
		{ class: `conversation is-${one.status}`, 'aria-labelledby': `title-${one.id}` },
		element(
			'header',
			{ class: 'conversation-head' },
			element(
				'div',
				{ class: 'title-row' },
				element(
					'h3',
					{ id: `title-${one.id}`, key: `${owner}.name`, class: one.name ? false : 'untitled' },
					one.name || 'Untitled conversation',
				),
				timeOf(one.createdAt),
				element('span', { class: `status ${one.status}`, key: `${owner}.status` }, STATUSES[one.status]),
			),
			element('dl', { class: 'facts of-conversation' }, facts),
			chips(one.tags, owner, 'Tags'),
			attributes(one.attributes, owner),
		),
		one.earlierEntries > 0
			? element('p', { class: 'hint entries' }, `${one.earlierEntries} earlier entries are not shown.`)
			: null,
		one.entries.length > 0 ? element('ol', { class: 'entries' }, one.entries.map(entry)) : null,
	);
}

// --- drawing ----------------------------------------------------------------------------------------------------

/** Marks what was not there or read differently when this customer was drawn before. */
function markChanges(root, scope) {
	const before = state.shownFor === scope ? state.shown : undefined;
	const now = new Map();
	for (const one of root.querySelectorAll('[data-key]')) {
		const text = one.textContent;
		now.set(one.dataset.key, text);
		if (before !== undefined && before.get(one.dataset.key) !== text) one.classList.add('changed');
	}
	state.shown = now;
	state.shownFor = scope;
}

function drawCustomer(customer) {
	const root = byId('timeline');
	const scroll = state.shownFor === customer.id ? root.scrollTop : 0;
	const count = customer.counts.all;
	root.replaceChildren(
		element(
			'header',
			{ class: 'person' },
			avatar(customer.name, customer.id, true),
			element('h2', { key: 'customer.name' }, customer.name),
			element(
				'dl',
				{ class: 'facts' },
				customer.contacts.map((contact, index) =>
					fact(contact.kind, contact.value, `customer.contact.${index}`),
				),
				customer.attributes.map((one) => fact(one.label, valueOf(one), `customer.custom.${one.name}`)),
				customer.tags.length > 0 ? fact('Tags', customer.tags.join(', '), 'customer.tags') : null,
				fact(
					'Conversations',
					`${count}${customer.counts.open > 0 ? `, ${customer.counts.open} open` : ''}`,
					'customer.count',
				),
			),
		),
		...customer.conversations.map(conversation),
		...(count === 0 ? [element('p', { class: 'empty' }, 'No conversations yet.')] : []),
		...(customer.olderConversations > 0
			? [element('p', { class: 'hint' }, `${customer.olderConversations} older conversations are not shown.`)]
			: []),
	);
	markChanges(root, customer.id);
	root.scrollTop = scroll;
}

function drawCustomers() {
	const wanted = byId('search').value.trim().toLowerCase();
	const list = byId('customers');
	const focused = document.activeElement?.dataset?.customer;
	const { customers } = state.overview;
	const shown = customers.filter(({ name, contact }) => `${name} ${contact}`.toLowerCase().includes(wanted));
	list.replaceChildren(
		...shown.map((one) => {
			const button = element(
				'button',
				{
					type: 'button',
					'data-customer': one.id,
					'aria-current': one.id === state.selected ? 'true' : 'false',
				},
				avatar(one.name, one.id),
				element(
					'span',
					{},
					element('span', { class: 'who' }, one.name),
					element('span', { class: 'contact' }, one.contact),
				),
				one.counts.open > 0
					? element(
							'span',
							{ class: 'openings' },
							String(one.counts.open),
							element('span', { class: 'visually-hidden' }, ' open'),
						)
					: null,
			);
			return element('li', {}, button);
		}),
		...(shown.length === 0 ? [element('li', { class: 'empty' }, 'Nobody found.')] : []),
	);
	if (focused) list.querySelector(`[data-customer="${CSS.escape(focused)}"]`)?.focus();
}

let agentsDrawn = '';
/** Agents with their statuses. Lists stay the same elements, because somebody may just have one of them open. */
function drawAgents() {
	const list = byId('agents');
	const { agents, agentStatuses, otherAgents } = state.overview;
	const names = JSON.stringify([agents.map(({ id, name }) => [id, name]), agentStatuses, otherAgents]);
	if (names !== agentsDrawn) {
		agentsDrawn = names;
		list.replaceChildren(
			...agents.map(({ id, name }) =>
				element(
					'li',
					{},
					element('span', { class: 'presence', 'aria-hidden': 'true' }),
					element(
						'span',
						{ class: 'whose' },
						element('span', { class: 'who' }, name),
						element('span', { class: 'since' }),
					),
					element('select', { 'data-agent': id, 'aria-label': `Status of ${name}` }, options(agentStatuses)),
				),
			),
			...(otherAgents > 0 ? [element('li', { class: 'hint' }, `${otherAgents} others are not shown.`)] : []),
		);
	}
	for (const { id, statusId, statusType, since } of agents) {
		const choice = list.querySelector(`[data-agent="${CSS.escape(id)}"]`);
		if (choice.value !== statusId) choice.value = statusId ?? '';
		const row = choice.parentElement;
		row.querySelector('.presence').className = `presence ${statusType ?? ''}`;
		row
			.querySelector('.since')
			.replaceChildren(since ? 'since ' : 'no work session', ...(since ? [timeOf(since)] : []));
	}
}

function drawTotals() {
	const { counts } = state.overview;
	byId('totals').replaceChildren(
		...Object.entries(counts).map(([name, count]) =>
			element(
				'div',
				{},
				element('dt', {}, count === 1 ? name.slice(0, -1) : name),
				element('dd', {}, String(count)),
			),
		),
	);
}

function drawRequests(isNew = 0) {
	const rows = state.requests.map((one, index) =>
		element(
			'tr',
			{
				class: index < isNew ? 'changed' : false,
				title: `${one.method} ${one.path}${
					one.keyName
						? `
Key: ${one.keyName}`
						: ''
				}`,
			},
			element('td', { class: 'method' }, one.method),
			element('td', { class: 'path' }, readable(one.path)),
			element(
				'td',
				{ class: one.status >= 400 || one.status === 0 ? 'right refused' : 'right' },
				one.status === 0 ? 'closed' : String(one.status),
			),
			element('td', { class: 'right' }, one.ms < 10 ? one.ms.toFixed(1) : String(Math.round(one.ms))),
		),
	);
	byId('requests').replaceChildren(...rows);
	byId('no-requests').hidden = rows.length > 0;
}

/** Without what is the same everywhere: the version, and most of every id. The title has it all. */
function readable(path) {
	const short = path.replace(/^\/v1/, '').replace(/\b[0-9a-f]{20}([0-9a-f]{4})\b/gi, '…$1');
	try {
		return decodeURIComponent(short);
	} catch {
		return short;
	}
}

// --- data -------------------------------------------------------------------------------------------------------

async function loadOverview() {
	state.overview = await (await fetch('/sandbox/state')).json();
	const { organization, requests, requestCount, assumptions, callForm, customers } = state.overview;
	byId('organization').textContent = organization;
	document.title = `Kustomer sandbox, ${organization}`;
	state.requests = requests.reverse();
	byId('request-count').textContent = String(requestCount);
	if (!customers.some(({ id }) => id === state.selected)) state.selected = customers[0]?.id;
	drawTotals();
	drawAgents();
	drawCustomers();
	drawRequests();
	drawAssumptions(assumptions);
	drawCallForm(callForm);
}

let loading;
/** Loads the selected customer; a load that a newer one has overtaken is dropped. */
async function loadCustomer() {
	const id = state.selected;
	if (id === undefined) return;
	const mine = (loading = Symbol('load'));
	const response = await fetch(`/sandbox/customers/${encodeURIComponent(id)}`);
	if (mine !== loading) return;
	if (response.ok) drawCustomer(await response.json());
	else byId('timeline').replaceChildren(element('p', { class: 'empty' }, 'This customer is gone.'));
}

async function select(id) {
	state.selected = id;
	history.replaceState(null, '', `#${id}`);
	drawCustomers();
	await loadCustomer();
}

function drawAssumptions(assumptions) {
	byId('assumption-count').textContent = String(assumptions.length);
	byId('assumptions').replaceChildren(
		...assumptions.map((one) =>
			element(
				'div',
				{ id: `assumption-${one.id}` },
				element('dt', {}, one.id),
				element('dd', {}, one.assumes),
				element('dd', {}, one.because),
			),
		),
	);
}

/** The choices of a list, under headings when there are several. */
function options(choices) {
	const groups = Map.groupBy(choices, ({ group }) => group ?? '');
	const of = (some) => some.map(({ value, label }) => element('option', { value }, label));
	if (groups.size < 2) return of(choices);
	return [...groups].map(([label, some]) => element('optgroup', { label }, ...of(some)));
}

let formDrawn = false;
let scenariosDrawn = '';
function drawCallForm(form) {
	byId('call').hidden = form === null;
	if (form === null) return;
	const fields = byId('call-form').elements;
	// There are more of them once n8n runs; what was chosen stays chosen.
	if (scenariosDrawn !== JSON.stringify(form.scenarios)) {
		scenariosDrawn = JSON.stringify(form.scenarios);
		const chosen = fields.scenario.value;
		fields.scenario.replaceChildren(...options(form.scenarios));
		if (form.scenarios.some(({ value }) => value === chosen)) fields.scenario.value = chosen;
	}
	if (formDrawn) return;
	formDrawn = true;
	fields.agent.replaceChildren(...options(form.agents));
	byId('from-list').replaceChildren(...options(form.from));
	byId('to-list').replaceChildren(...options(form.to));
	fields.from.value = form.from[0]?.value ?? '';
	fields.to.value = form.to[0]?.value ?? '';
}

byId('call-form').addEventListener('submit', async (event) => {
	event.preventDefault();
	const result = byId('call-result');
	const button = event.target.querySelector('button');
	button.disabled = true;
	result.className = 'call-result';
	result.textContent = 'Calling …';
	try {
		const response = await fetch('/sandbox/calls', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(Object.fromEntries(new FormData(event.target))),
		});
		const { ok, message } = await response.json();
		result.textContent = message;
		if (!ok) result.classList.add('failed');
	} catch {
		result.textContent = 'The sandbox did not answer. Is it still running?';
		result.classList.add('failed');
	}
	button.disabled = false;
});
byId('agents').addEventListener('change', async (event) => {
	const { agent } = event.target.dataset;
	await fetch(`/sandbox/agents/${encodeURIComponent(agent)}/status`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ status: event.target.value }),
	}).catch(() => undefined);
});
byId('search').addEventListener('input', drawCustomers);
byId('customers').addEventListener('click', (event) => {
	const id = event.target.closest('button')?.dataset.customer;
	if (id) void select(id);
});
window.addEventListener('hashchange', () => {
	const id = location.hash.slice(1);
	if (id && id !== state.selected) void select(id);
});

// --- live -------------------------------------------------------------------------------------------------------

const WORDS = {
	workSession: 'agent status',
	conversation: 'conversation',
	message: 'message',
	note: 'note',
	customer: 'customer',
};

async function onNews({ changes, requests, requestCount }) {
	if (requests.length > 0) {
		state.requests = [...requests.reverse(), ...state.requests].slice(0, 100);
		byId('request-count').textContent = String(requestCount);
		drawRequests(requests.length);
	}
	if (changes.length === 0) return;
	if (changes.some(({ type }) => type === 'reset')) {
		state.shownFor = undefined;
		await loadOverview();
		await loadCustomer();
		return;
	}
	const overview = await (await fetch('/sandbox/state')).json();
	state.overview = overview;
	drawTotals();
	drawAgents();
	drawCallForm(overview.callForm);
	const last = changes.findLast(({ customerId }) => customerId !== undefined)?.customerId;
	const following = byId('follow').checked && last !== undefined && last !== state.selected;
	if (following) state.shownFor = undefined;
	if (following) await select(last);
	else {
		drawCustomers();
		if (changes.some(({ customerId }) => customerId === state.selected)) await loadCustomer();
	}
	const kinds = [...new Set(changes.map(({ type }) => WORDS[type]).filter(Boolean))];
	byId('news').textContent = kinds.length > 0 ? `Changed: ${kinds.join(', ')}` : '';
}

/** One after the other, so that an older state never overwrites a newer one. */
let queue = Promise.resolve();
function connect() {
	const link = byId('link');
	const source = new EventSource('/sandbox/live');
	source.onopen = () => {
		link.textContent = 'Live';
		link.classList.add('on');
		queue = queue.then(async () => {
			await loadOverview();
			await loadCustomer();
		});
	};
	source.onerror = () => {
		link.textContent = 'Reconnecting';
		link.classList.remove('on');
	};
	source.onmessage = ({ data }) => {
		queue = queue.then(() => onNews(JSON.parse(data))).catch(() => undefined);
	};
}
connect();
