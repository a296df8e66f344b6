import type { ICredentialTestFunctions } from 'n8n-workflow';

import { AgentLinkApi } from '../../credentials/AgentLinkApi.credentials';
import { testAgentLinkApi } from '../../lib/n8n/agent-link/credential';
import { expectDocumentation } from '../nodes/panel-rules';

const type = new AgentLinkApi();
const press = async (data: object) =>
	await testAgentLinkApi.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'links',
		type: type.name,
		data: data as never,
	});

describe('agentLinkApi', () => {
	it('has the names on which workflows and other code rely, and documentation', () => {
		expect(type.name).toBe('agentLinkApi');
		// With it, the step HTTP Request could send the secrets to any address.
		expect(type).not.toHaveProperty('authenticate');
		expect(type.properties.map(({ name }) => name)).toEqual(['purpose', 'lookupKey', 'signingSecret']);
		expectDocumentation(type.documentationUrl);
	});

	it('X16: hides every secret', () => {
		for (const { typeOptions, type: kind } of type.properties.filter(({ name }) => name !== 'purpose')) {
			expect([kind, typeOptions?.password]).toEqual(['string', true]);
		}
	});

	it('X16: the test says what is too short, and that the rest shows with the links', async () => {
		expect(await press({ lookupKey: 'x'.repeat(20) })).toMatchObject({ status: 'OK' });
		expect(await press({ lookupKey: 'short' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('too short') as string,
		});
		expect(await press({})).toMatchObject({ status: 'Error' });
	});
});
