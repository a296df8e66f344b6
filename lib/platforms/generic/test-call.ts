import { TEST_CALLER, TEST_CALLER_NAME, TEST_LINE } from '../../domain/test-call';
import type { TestCall, TestWebhook } from '../platform';

export function testCall({ id, startedAt, agentEmail }: TestCall): TestWebhook[] {
	const time = (seconds: number) => new Date(startedAt + seconds * 1000).toISOString();
	const call = {
		sessionId: id,
		direction: 'in',
		from: TEST_CALLER,
		to: TEST_LINE,
		customerName: TEST_CALLER_NAME,
		startedAt: time(0),
	};
	const answered = {
		...call,
		connectedAt: time(5),
		queueName: 'Test queue',
		agentName: 'Test agent',
		...(agentEmail === undefined ? {} : { agentEmail }),
	};
	return [
		{ event: 'incoming', body: { event: 'incoming', ...call } },
		{ event: 'bridged', body: { event: 'bridged', ...answered } },
		{ event: 'ended', body: { event: 'ended', ...answered, endedAt: time(65), duration: 60 } },
	];
}
