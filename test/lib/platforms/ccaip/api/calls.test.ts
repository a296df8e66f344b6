import { NoAnswer } from '../../../../../lib/http/http';
import { startCall } from '../../../../../lib/platforms/ccaip/api/resources/calls';
import { answer, failure } from '../../../http/scripted';
import { CcaiPlatformError } from '../../../../../lib/platforms/ccaip/api/errors';
import { scripted } from './scripted';

const CALL = { agentEmail: 'ana@example.com', to: '+4930901820' };
const RECORD = { id: 123, call_type: 'Voice Outbound (API)', status: 'connecting' };

describe('C24: a call that an agent makes', () => {
	it('C24: is asked for with what the platform documents', async () => {
		const { client, sent } = scripted([answer(201, RECORD)]);
		const call = {
			...CALL,
			outboundNumber: '+12025550100',
			language: 'en',
			recordId: '5f3a0000000000000000bbbb',
		};
		expect(await startCall(client, call)).toEqual({ outcome: 'placed', record: RECORD });
		expect(sent).toEqual([
			expect.objectContaining({
				method: 'POST',
				url: 'https://acme.uc1.ccaiplatform.com/apps/api/v1/calls',
				body: {
					call_type: 'Voice Outbound (API)',
					agent_email: CALL.agentEmail,
					end_user_number: CALL.to,
					outbound_number: '+12025550100',
					lang: 'en',
					ticket_id: '5f3a0000000000000000bbbb',
				},
			}),
		]);
	});

	it.each([[{}], [undefined], ['OK'], [{ id: null }]])(
		'C24: is offered to the agent, and %j tells no call',
		async (body) => {
			const { client } = scripted([answer(202, body)]);
			expect(await startCall(client, CALL)).toEqual({ outcome: 'offered' });
		},
	);

	it.each([
		['no answer', new NoAnswer('connection')],
		['an error of the server', answer(503, {})],
	])('X6: is not placed twice after %s', async (_, first) => {
		const { client, sent } = scripted([first as never, answer(201, RECORD)]);
		await failure(startCall(client, CALL), CcaiPlatformError);
		expect(sent).toHaveLength(1);
	});

	it('X6: is placed when the platform takes requests again', async () => {
		const { client, sent } = scripted([answer(429, {}), answer(201, RECORD)]);
		expect(await startCall(client, CALL)).toMatchObject({ outcome: 'placed' });
		expect(sent).toHaveLength(2);
	});
});
