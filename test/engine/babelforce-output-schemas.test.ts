import { Babelforce } from '../../nodes/Babelforce/Babelforce.node';
import { BABELFORCE, startBabelforceStandIn } from '../../sandbox/babelforce';
import { useStandIn } from '../setup/stand-in';
import { run } from './babelforce-setup';
import { jsonOf } from './execute-harness';
import { locator } from './kustomer-setup';
import { testOutputSchemas, type Outputs } from './output-schemas';

const { agents, calls, recordings } = BABELFORCE;
const standIn = useStandIn(() => startBabelforceStandIn());

/** Runs that fill every field of an operation's output. */
const RUNS: Record<string, object[]> = {
	'agent.get': [{ agent: locator('id', agents.ana.id) }],
	'agent.getMany': [{ returnAll: true }],
	'agentStatus.disable': [{ agent: locator('id', agents.ana.id) }, { agent: locator('id', agents.ana.id) }],
	'agentStatus.enable': [{ agent: locator('id', agents.ben.id) }],
	'agentStatus.get': [{ agent: locator('id', agents.dora.id) }, { agent: locator('id', agents.ben.id) }],
	'agentStatus.getMany': [{ returnAll: true }],
	'agentStatus.getPresences': [{}],
	'agentStatus.set': [
		{ agent: locator('id', agents.ana.id), presence: 'lunch' },
		{ agent: locator('id', agents.dora.id), presence: 'lunch' },
	],
	'call.get': [{ callId: calls.answered }, { callId: calls.answeredLeg }],
	'call.getMany': [{ returnAll: true }],
	'call.start': [
		{
			agent: locator('id', agents.ana.id),
			callTo: '+4930901820',
			conversationId: '5f3a0000000000000000bbbb',
			options: { outboundNumber: '+12025550100', autoRecord: true },
		},
	],
	'recording.download': [{ recording: locator('id', recordings.answered) }],
	'recording.get': [{ recording: locator('call', calls.answered) }],
	'recording.getWhenReady': [
		{ session: { source: 'babelforce', id: calls.answered, channel: 'voice', state: 'ended' } },
	],
};

async function outputsOf(): Promise<Outputs> {
	standIn.agentControls.callStarts(agents.dora.id);
	standIn.agentControls.callStarts(agents.ben.id);
	standIn.agents.get(agents.ben.id)!.enabled = false;
	const outputs: Outputs = {};
	for (const [operation, runs] of Object.entries(RUNS)) {
		for (const parameters of runs) {
			const result = await run(standIn, operation, parameters as never);
			(outputs[operation] ??= []).push(...jsonOf(result));
		}
	}
	return outputs;
}

testOutputSchemas(new Babelforce(), 'Babelforce', outputsOf);
