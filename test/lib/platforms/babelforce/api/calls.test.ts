import { NoAnswer } from '../../../../../lib/http/http';
import { BabelforceError } from '../../../../../lib/platforms/babelforce/api/errors';
import { startCall } from '../../../../../lib/platforms/babelforce/api/resources/calls';
import { answer, failure } from '../../../http/scripted';
import { scripted } from './scripted';

const AGENT = 'A1000000-0000-0000-0000-000000000001';
const ITEM = { id: 'c1000000000000000000000000000009', state: 'scheduled' };
const placed = answer(200, { item: ITEM, success: true });
const CALL = { to: '+4930901820', webrtc: false, autoRecord: false, session: {} };

describe('C24: a call that an agent makes', () => {
	it('C24: is asked for as the contract says', async () => {
		const { client, requests } = scripted([placed]);
		const session = { 'app.kustomerConversationId': '5f3a0000000000000000bbbb' };
		expect(await startCall(client, AGENT, { ...CALL, displayAsTo: '+12025550100', session })).toEqual(ITEM);
		expect(requests).toEqual([
			expect.objectContaining({
				method: 'POST',
				path: '/api/v2/agents/a1000000000000000000000000000001/calls',
				body: { to: CALL.to, displayAsTo: '+12025550100', webrtc: false, autoRecord: false, session },
			}),
		]);
	});

	it.each([
		['no answer', new NoAnswer('connection')],
		['an error of a gateway', answer(503, {})],
	])('X6: is not placed twice after %s', async (_, first) => {
		const { client, requests } = scripted([first as never, placed]);
		await failure(startCall(client, AGENT, CALL), BabelforceError);
		expect(requests).toHaveLength(1);
	});

	it('X6: is placed when babelforce takes requests again', async () => {
		const { client, requests } = scripted([answer(429, {}), placed]);
		expect(await startCall(client, AGENT, CALL)).toEqual(ITEM);
		expect(requests).toHaveLength(2);
	});
});
