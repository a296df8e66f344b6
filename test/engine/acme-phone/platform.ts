/** A platform that nobody has: all of what a new one needs, in a folder of its own. */
import type { AgentReader, ParsedWebhook, TelephonyPlatform } from '../../../lib/platforms/platform';
import { eventReader, type Reading } from '../../../lib/platforms/webhook-events';

interface Ticket {
	ticket: string;
	caller: string;
	agentMail?: string;
}

const sessionOf = ({ ticket, caller, agentMail }: Ticket): Reading => ({
	kind: agentMail === undefined ? 'incoming' : 'assigned',
	session: {
		source: 'acmePhone',
		id: ticket,
		channel: 'voice',
		direction: 'in',
		origin: 'phone',
		state: agentMail === undefined ? 'started' : 'assigned',
		endUser: { phone: caller },
		...(agentMail === undefined ? {} : { agent: { email: agentMail } }),
	},
});

const agents: AgentReader = {
	recognizes: (item) => 'acmeMood' in item,
	read: ({ acmeId, acmeMail, acmeMood }) => ({
		id: String(acmeId),
		email: String(acmeMail),
		side: { status: { id: String(acmeMood) } },
		shown: String(acmeMood),
	}),
	tellsChoiceDuringCalls: false,
};

const parse = eventReader(({ fields }) =>
	sessionOf({
		ticket: fields.text('ticket') ?? '',
		caller: fields.phone('caller') ?? '',
		agentMail: fields.text('agentMail'),
	}),
);

export const acmePhone: TelephonyPlatform = {
	name: 'acmePhone',
	label: 'Acme Phone',
	description: 'Tickets of the Acme Phone',
	eventKinds: ['incoming', 'assigned'],
	defaultEvents: ['assigned'],
	setup: {
		title: 'On the Acme Phone',
		page: 'other-platforms.md',
		steps: ['Press > twice.', 'Enter the URL.'],
	},
	webhookMethods: ['header'],
	testCall: ({ id, agentEmail = 'ana@example.com' }) => [
		{ event: 'assigned', body: { ticket: id, caller: '+12025550143', agentMail: agentEmail } },
	],
	parse,
	readRecord: (record): ParsedWebhook =>
		'ticket' in record
			? parse(
					{ method: 'POST', headers: {}, query: {}, body: record },
					{ sourceName: 'acmePhone', sessionIdFrom: 'call' },
				)
			: { events: [], others: [], rejected: [] },
	agents,
};
