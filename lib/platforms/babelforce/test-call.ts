import { TEST_CALLER, TEST_LINE } from '../../domain/test-call';
import type { TestCall, TestWebhook } from '../platform';

/** As automations with a JSON body send it. */
export function testCall({ id, startedAt, agentEmail }: TestCall): TestWebhook[] {
	const started = Math.floor(startedAt / 1000);
	const call = { id, type: 'inbound', from: TEST_CALLER, to: TEST_LINE, dateCreated: started };
	const answered = { ...call, dateEstablished: started + 5 };
	const people = {
		agent: { name: 'Test agent', ...(agentEmail === undefined ? {} : { email: agentEmail }) },
		queue: { name: 'Test queue' },
	};
	return [
		{ event: 'incoming', body: { event: 'call.inbound', call } },
		{ event: 'bridged', body: { event: 'call.bridged', call: answered, ...people } },
		{
			event: 'ended',
			body: {
				event: 'call.finished',
				call: { ...answered, state: 'completed', dateFinished: started + 65, duration: 65 },
				...people,
			},
		},
	];
}
