/** What a fresh sandbox holds. All people are invented, all numbers are from ranges reserved for fiction and tests. */
import type { KustomerStore } from './store';
import type { ApiKey } from './types';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The smallest list of roles with which every operation of the package works. */
const WORKING_ROLES = [
	'org.permission.customer.read',
	'org.permission.customer.create',
	'org.permission.customer.update',
	'org.permission.conversation.read',
	'org.permission.conversation.create',
	'org.permission.conversation.update',
	'org.permission.conversation.delete',
	'org.permission.message.read',
	'org.permission.message.create',
	'org.permission.message.update',
	'org.permission.attachment.read',
	'org.permission.search.create',
	'org.permission.user.read',
	'org.permission.team.read',
	'org.permission.tag.read',
	'org.permission.metadata.read',
	'org.permission.metadata.update',
	'org.permission.queue.read',
	'org.permission.routing.read',
	'org.permission.work_session.update',
];

/** Names and ids that tests, the launcher and the simulator rely on. */
export const SANDBOX = {
	organization: 'sandbox',
	organizationId: '5a0000000000000000000001',
	keys: {
		/** May do everything. */
		full: { name: 'full', token: 'sandbox-key-full', roles: ['org.permission', 'org.user', 'org.admin'] },
		/** The smallest list of roles that the package needs. */
		minimal: {
			name: 'minimal',
			token: 'sandbox-key-minimal',
			roles: [
				...WORKING_ROLES,
				'org.permission.note.read',
				'org.permission.note.create',
				'org.permission.note.update',
			],
		},
		/** Reads everything, writes nothing. */
		readOnly: {
			name: 'readOnly',
			token: 'sandbox-key-read-only',
			roles: [
				...WORKING_ROLES.filter((role) => role.endsWith('.read')),
				'org.permission.note.read',
				'org.permission.search.create',
			],
		},
		/** May do everything that the package needs, except for notes. */
		noNotes: { name: 'noNotes', token: 'sandbox-key-no-notes', roles: WORKING_ROLES },
		/** A good key of an organization in another region. */
		wrongRegion: {
			name: 'wrongRegion',
			token: 'sandbox-key-wrong-region',
			roles: ['org.permission', 'org.user', 'org.admin'],
			pod: 'prod2',
		},
		/** Was good until it ended. */
		expired: {
			name: 'expired',
			token: 'sandbox-key-expired',
			roles: ['org.permission', 'org.user', 'org.admin'],
			expired: true,
		},
	} satisfies Record<string, ApiKey>,
	/** All but the machine have an email address, by which agents of a contact center are matched. */
	users: {
		ana: { id: '5b0000000000000000000001', name: 'Ana Reis', email: 'ana.reis@sandbox.example' },
		ben: { id: '5b0000000000000000000002', name: 'Ben Okafor', email: 'ben.okafor@sandbox.example' },
		chloe: { id: '5b0000000000000000000003', name: 'Chloé Martin', email: 'chloe.martin@sandbox.example' },
		/** Gets what no agent can be found for. */
		duty: { id: '5b0000000000000000000004', name: 'Duty Desk', email: 'duty.desk@sandbox.example' },
		/** The machine user behind the API keys. */
		machine: { id: '5b00000000000000000000ff', name: 'n8n automation', email: 'n8n@machine.sandbox.example' },
	},
	teams: {
		voice: { id: '5c0000000000000000000001', name: 'Voice' },
		support: { id: '5c0000000000000000000002', name: 'Support' },
	},
	queues: {
		voice: { id: '5d0000000000000000000001', name: 'Voice Inbound' },
		support: { id: '5d0000000000000000000002', name: 'Support Email' },
	},
	statuses: {
		available: { id: '5e0000000000000000000001', name: 'Available' },
		busy: { id: '5e0000000000000000000002', name: 'Busy' },
		unavailable: { id: '5e0000000000000000000003', name: 'Unavailable' },
		offline: { id: '5e0000000000000000000004', name: 'Offline' },
		lunch: { id: '5e0000000000000000000005', name: 'Lunch' },
		email: { id: '5e0000000000000000000006', name: 'Email' },
		training: { id: '5e0000000000000000000007', name: 'Training' },
		/** Disabled: nobody can have it any more. */
		legacy: { id: '5e0000000000000000000008', name: 'Outbound Campaign' },
	},
	tags: {
		voice: { id: '5f0000000000000000000001', name: 'Voice' },
		vip: { id: '5f0000000000000000000002', name: 'VIP' },
		billing: { id: '5f0000000000000000000003', name: 'Billing' },
		voiceInboundIvr: { id: '5f0000000000000000000004', name: 'Voice Inbound - IVR' },
	},
	customers: {
		/** Known by phone; calls often. */
		jonas: {
			id: '600000000000000000000001',
			name: 'Jonas Weber',
			phone: '+493023125456',
			email: 'jonas.weber@example.com',
			externalId: 'crm-1001',
		},
		/** Known by phone, with a conversation that is done. */
		maria: {
			id: '600000000000000000000002',
			name: 'Maria Silva',
			phone: '+442079460123',
			email: 'maria.silva@example.com',
			externalId: 'crm-1002',
		},
		/** Has an email and no phone. */
		priya: {
			id: '600000000000000000000003',
			name: 'Priya Nair',
			email: 'priya.nair@example.com',
			externalId: 'crm-1003',
		},
		/** These two share a number. */
		harbourDesk: {
			id: '600000000000000000000004',
			name: 'Harbour Hotel, front desk',
			sharedPhone: '+12125550142',
		},
		harbourOffice: {
			id: '600000000000000000000005',
			name: 'Harbour Hotel, back office',
			sharedPhone: '+12125550142',
		},
	},
	/** The company's own numbers in the bundled examples. */
	ownNumbers: ['+493023125000', '+442079460000'],
	/** A number that nobody in the seed has. */
	unknownCaller: '+12125550187',
} as const;

/** The keys that work when no others are given. */
export const DEFAULT_KEYS: ApiKey[] = Object.values(SANDBOX.keys).map((key) => ({
	...key,
	roles: [...key.roles],
}));

/** Fills an empty store. Times are relative to `now`, so that the page always shows a recent past. */
export function seed(store: KustomerStore, now: number): void {
	const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();
	const by = SANDBOX.users.machine.id;
	const { ana, ben, chloe, duty, machine } = SANDBOX.users;

	for (const user of [ana, ben, chloe, duty])
		store.addUser({ ...user, userType: 'user', createdAt: ago(400 * DAY) });
	store.addUser({ ...machine, userType: 'machine', createdAt: ago(30 * DAY) });
	store.addTeam({ ...SANDBOX.teams.voice, members: [ana.id, ben.id], createdAt: ago(400 * DAY) });
	store.addTeam({ ...SANDBOX.teams.support, members: [chloe.id, duty.id], createdAt: ago(400 * DAY) });
	store.addQueue({ ...SANDBOX.queues.voice, createdAt: ago(400 * DAY) });
	store.addQueue({ ...SANDBOX.queues.support, createdAt: ago(400 * DAY) });
	const { available, busy, unavailable, offline, lunch, email, training, legacy } = SANDBOX.statuses;
	store.addStatus({ ...available, statusType: 'available', system: true, createdAt: ago(400 * DAY) });
	store.addStatus({ ...busy, statusType: 'busy', system: true, createdAt: ago(400 * DAY) });
	store.addStatus({ ...unavailable, statusType: 'unavailable', system: true, createdAt: ago(400 * DAY) });
	store.addStatus({ ...offline, statusType: 'offline', system: true, createdAt: ago(400 * DAY) });
	for (const status of [lunch, email, training]) {
		store.addStatus({ ...status, statusType: 'unavailable', system: false, createdAt: ago(90 * DAY) });
	}
	store.addStatus({
		...legacy,
		statusType: 'unavailable',
		system: false,
		enabled: false,
		createdAt: ago(300 * DAY),
	});
	// Ana and Ben are at work, Chloé is on a break, and the duty desk went home yesterday.
	store.workSessions.signIn(ana.id, available.id, now - 3 * HOUR);
	store.workSessions.signIn(ben.id, available.id, now - 2 * HOUR);
	store.workSessions.choose(ben.id, email.id, now - 20 * MINUTE);
	store.workSessions.signIn(chloe.id, available.id, now - 4 * HOUR);
	store.workSessions.choose(chloe.id, lunch.id, now - 10 * MINUTE);
	store.workSessions.signIn(duty.id, available.id, now - 26 * HOUR);
	store.workSessions.signOut(duty.id, now - 18 * HOUR);
	for (const tag of Object.values(SANDBOX.tags)) store.addTag(tag.name, tag.id, ago(300 * DAY));

	store.defineAttributes('conversation', {
		callIdStr: { displayName: 'Call ID' },
		calledNumberStr: { displayName: 'Called number' },
		callStartedAt: { displayName: 'Call started' },
		callDurationNum: { displayName: 'Call duration (s)' },
		vipBool: { displayName: 'VIP' },
		recordingUrl: { displayName: 'Recording' },
	});
	store.defineAttributes('customer', {
		loyaltyNum: { displayName: 'Loyalty points' },
		customUserIdStr: { displayName: 'Custom User ID' },
	});
	store.defineAttributes('message', {
		queueNameStr: { displayName: 'Queue Name' },
		sessionIdStr: { displayName: 'Session ID' },
		callDurationNum: { displayName: 'Call Duration' },
	});

	const { jonas, maria, priya, harbourDesk, harbourOffice } = SANDBOX.customers;
	for (const known of [jonas, maria]) {
		store.createCustomer(
			{
				name: known.name,
				externalId: known.externalId,
				phones: [{ phone: known.phone, type: 'mobile' }],
				emails: [{ email: known.email, type: 'work' }],
				custom: { loyaltyNum: known === jonas ? 1280 : 310 },
				tags: known === jonas ? ['VIP'] : [],
				createdAt: ago(200 * DAY),
			},
			by,
			{ id: known.id },
		);
	}
	store.createCustomer(
		{
			name: priya.name,
			externalId: priya.externalId,
			emails: [{ email: priya.email, type: 'home' }],
			createdAt: ago(60 * DAY),
		},
		by,
		{ id: priya.id },
	);
	for (const desk of [harbourDesk, harbourOffice]) {
		store.createCustomer(
			{
				name: desk.name,
				sharedPhones: [{ phone: desk.sharedPhone, type: 'work' }],
				createdAt: ago(120 * DAY),
			},
			by,
			{ id: desk.id },
		);
	}

	const refund = store.createConversation(
		maria.id,
		{
			id: '610000000000000000000001',
			name: 'Refund for order 4711',
			status: 'open',
			priority: 3,
			tags: ['Billing'],
			assignedUsers: [chloe.id],
			assignedTeams: [SANDBOX.teams.support.id],
			createdAt: ago(3 * DAY),
		},
		by,
	);
	store.createMessage(
		{ conversationId: refund.id },
		{
			id: '620000000000000000000001',
			channel: 'email',
			app: 'postmark',
			direction: 'in',
			subject: 'Refund for order 4711',
			preview: 'Hello, the lamp arrived with a cracked shade. Could you refund it, please?',
			sentAt: ago(3 * DAY),
			createdAt: ago(3 * DAY),
		},
		by,
	);
	store.createMessage(
		{ conversationId: refund.id },
		{
			id: '620000000000000000000002',
			channel: 'email',
			app: 'postmark',
			direction: 'out',
			subject: 'Re: Refund for order 4711',
			preview: 'Of course. The refund is on its way and takes three working days.',
			sentAt: ago(3 * DAY - 2 * HOUR),
			createdAt: ago(3 * DAY - 2 * HOUR),
		},
		chloe.id,
	);
	store.createNote(
		refund.id,
		{
			id: '630000000000000000000001',
			body: 'Refund approved by the shift lead.',
			createdAt: ago(3 * DAY - 2 * HOUR - 5 * MINUTE),
		},
		chloe.id,
	);
	store.updateConversation(refund.id, { status: 'done' }, chloe.id);

	const delivery = store.createConversation(
		priya.id,
		{
			id: '610000000000000000000002',
			name: 'Delivery date',
			status: 'open',
			priority: 2,
			assignedUsers: [duty.id],
			createdAt: ago(5 * HOUR),
		},
		by,
	);
	store.createMessage(
		{ conversationId: delivery.id },
		{
			id: '620000000000000000000003',
			channel: 'chat',
			app: 'chat',
			direction: 'in',
			preview: 'Hi! When will my parcel arrive?',
			sentAt: ago(5 * HOUR),
			createdAt: ago(5 * HOUR),
		},
		by,
	);
}
