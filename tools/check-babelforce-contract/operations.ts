/** Every operation of the node Babelforce and its lists in the editor, with all the parameters that reach a request. */
import type { INodeParameters } from 'n8n-workflow';

import { Babelforce } from '../../nodes/Babelforce/Babelforce.node';
import { searchAgents } from '../../nodes/Babelforce/methods/listSearch';
import { getPresences } from '../../nodes/Babelforce/methods/loadOptions';
import { BABELFORCE, type BabelforceStandIn } from '../../sandbox/babelforce';
import { SANDBOX } from '../../sandbox/kustomer';
import { editorContext, run } from '../../test/engine/babelforce-setup';
import { itemsOf } from '../../test/engine/execute-harness';

const { agents, calls, recordings } = BABELFORCE;

/** As the panel keeps what is chosen in a locator. */
const locator = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const ana = locator('id', agents.ana.id);

const AGENT_FILTERS: INodeParameters = {
	text: 'Ana',
	enabled: true,
	name: agents.ana.name,
	number: agents.ana.number,
	sourceId: SANDBOX.users.ana.id,
	state: 'available',
	groups: 'Voice, Support',
	tags: 'german, english',
};

const CALL_FILTERS: INodeParameters[] = [
	{
		since: '2020-01-01T00:00:00Z',
		until: '2040-01-01T00:00:00Z',
		agent: ana,
		ids: `${calls.answered}, ${calls.missed}`,
		parentIds: `${calls.answered}, ${calls.twice}`,
		sessionId: 'e1000000-0000-0000-0000-000000000001',
		conversationId: 'f1000000000000000000000000000001',
		from: SANDBOX.customers.jonas.phone,
		to: [...SANDBOX.ownNumbers],
		text: 'Ana',
		types: ['inbound', 'outbound'],
		states: ['completed', 'no-answer'],
		domains: ['external', 'internal'],
		sources: ['queue', 'api'],
		finishReasons: ['hangup', 'no-answer'],
		anonymous: false,
	},
	{
		ids: calls.answered,
		parentIds: calls.answered,
		to: SANDBOX.ownNumbers[0],
		types: ['inbound'],
		states: ['completed'],
		domains: ['external'],
		sources: ['queue'],
		finishReasons: ['hangup'],
	},
];

const endedCall = (id: string, event: string) => ({
	event,
	externalId: `babelforce:${id}`,
	session: {
		source: 'babelforce',
		id,
		channel: 'voice',
		endUser: {},
		state: 'ended',
		endedAt: new Date(Date.now() - 60_000).toISOString(),
	},
});

/** Parameters of each operation, one set a run. */
const RUNS: Readonly<Record<string, INodeParameters[]>> = {
	'agent.get': [{ agent: ana }, { agent: locator('sourceId', SANDBOX.users.ana.id) }],
	'agent.getMany': [{}, { returnAll: true, agentFilters: AGENT_FILTERS }],
	'agentStatus.disable': [{ agent: ana }],
	'agentStatus.enable': [{ agent: ana }],
	'agentStatus.get': [{ agent: ana }, { agent: locator('email', agents.ana.email) }],
	'agentStatus.getMany': [{ returnAll: true, agentFilters: { groups: 'Voice' } }],
	'agentStatus.getPresences': [{}],
	'agentStatus.set': [
		{ agent: ana, presence: 'lunch' },
		{ agent: ana, presence: 'busy', options: { account: 'disable' } },
		{ agent: ana, presence: 'available', options: { account: 'enable' } },
	],
	'call.get': [{ callId: calls.answered }],
	'call.getMany': CALL_FILTERS.map((filters) => ({ returnAll: true, filters })),
	'call.start': [
		{ agent: ana, callTo: '+4930901820' },
		{
			agent: ana,
			callTo: '+4930901820',
			conversationId: '5f3a0000000000000000bbbb',
			options: { outboundNumber: '+12025550100', autoRecord: true, webrtc: true },
		},
	],
	'recording.download': [
		{ recording: locator('id', recordings.answered) },
		{ recording: locator('call', calls.answered) },
	],
	'recording.get': [
		{ recording: locator('id', recordings.answered) },
		{ recording: locator('call', calls.twice) },
		// Has none itself, so its legs are asked.
		{ recording: locator('call', calls.missed), options: { whenMissing: 'goOn' } },
	],
	'recording.getWhenReady': [{}],
};

/** `resource.operation` of everything that the panel offers. */
function offered(): string[] {
	const { properties } = new Babelforce().description;
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				options.flatMap((option) => ('value' in option ? `${String(resource)}.${String(option.value)}` : [])),
			),
		);
}

/**
 * Runs everything in n8n's engine.
 *
 * @param babelforce seeded; requests go to its `url`
 * @returns one sentence for each run that did not end well
 */
export async function driveOperations(babelforce: BabelforceStandIn): Promise<string[]> {
	const problems = offered()
		.filter((operation) => !(operation in RUNS))
		.map((operation) => `${operation}: is not driven; add it to RUNS`);
	for (const [operation, runs] of Object.entries(RUNS)) {
		for (const parameters of runs) {
			const items =
				operation === 'recording.getWhenReady'
					? itemsOf(endedCall(calls.answered, 'ended'), endedCall(calls.missed, 'recordingReady'))
					: undefined;
			const { error } = await run(babelforce, operation, parameters, items === undefined ? {} : { items });
			if (error !== undefined) problems.push(`${operation} ${JSON.stringify(parameters)}: ${error.message}`);
		}
	}
	const inEditor = [
		async () => await searchAgents.call(editorContext(babelforce), 'ana'),
		async () => await getPresences.call(editorContext(babelforce)),
	];
	for (const ask of inEditor) {
		await ask().catch((error: Error) => problems.push(`in the editor: ${error.message}`));
	}
	return problems;
}
