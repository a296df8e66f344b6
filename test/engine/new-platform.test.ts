/**
 * A new platform is a folder, `acme-phone/`, and a line in the list of platforms; where its API can be asked, also a line in
 * the list of those. The lines are added here, and no other file knows of it.
 */
import axios from 'axios';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { ContactCenterTrigger } from '../../nodes/ContactCenterTrigger/ContactCenterTrigger.node';
import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';
import { SANDBOX } from '../../sandbox/kustomer';
import { itemsOf, loadOptionsContext } from './execute-harness';
import { KUSTOMER, only, run, setupFor, useKustomer } from './kustomer-setup';
import { startWebhookServer } from './webhook-harness';

jest.mock('../../lib/platforms/platforms', () => {
	const { PLATFORMS } = jest.requireActual<{ PLATFORMS: unknown[] }>('../../lib/platforms/platforms');
	const { acmePhone } = jest.requireActual<{ acmePhone: unknown }>('./acme-phone/platform');
	return { PLATFORMS: [...PLATFORMS, acmePhone] };
});
jest.mock('../../lib/n8n/platform-apis', () => {
	const { PLATFORM_APIS } = jest.requireActual<{ PLATFORM_APIS: unknown[] }>('../../lib/n8n/platform-apis');
	const { acmePhoneApi } = jest.requireActual<{ acmePhoneApi: unknown }>('./acme-phone/platform-api');
	return { PLATFORM_APIS: [...PLATFORM_APIS, acmePhoneApi] };
});

const standIn = useKustomer();
const { ana } = SANDBOX.users;
const { jonas } = SANDBOX.customers;
const TICKET = { ticket: 'T-1', caller: jonas.phone, agentMail: ana.email };

/** What the panel shows while the new platform is chosen. */
function shown(properties: INodeProperties[]): INodeProperties[] {
	return properties.filter(({ displayOptions }) => displayOptions?.show?.platform?.includes('acmePhone'));
}

describe('a platform that was added', () => {
	it('X17: is offered by the trigger, with its events and what a person has to do', () => {
		const { properties } = new ContactCenterTrigger().description;
		expect(properties.find(({ name }) => name === 'platform')?.options).toContainEqual({
			name: 'Acme Phone',
			value: 'acmePhone',
			description: 'Tickets of the Acme Phone',
		});
		const [notice, events, ...others] = shown(properties);
		expect(others).toEqual([]);
		expect(notice).toMatchObject({
			name: 'setupAcmePhone',
			type: 'notice',
			displayName: expect.stringMatching(
				/^On the Acme Phone \(<a href="[^"]+other-platforms\.md".*<li>Press &gt; twice\.<\/li><li>Enter the URL\./,
			) as string,
		});
		expect(events).toMatchObject({ name: 'events', default: ['assigned'] });
		expect((events?.options as Array<{ value: string }>).map(({ value }) => value)).toEqual([
			'incoming',
			'assigned',
		]);
	});

	it('X17: starts workflows', async () => {
		const credential = { method: 'basicAuth', user: 'acme', password: 'correct horse battery' };
		const server = await startWebhookServer({
			nodeType: new ContactCenterTrigger(),
			parameters: { platform: 'acmePhone', events: ['assigned'] },
			credentials: { contactCenterWebhookApi: credential },
		});
		const auth = { username: credential.user, password: credential.password };
		const { data } = await axios.post<unknown>(server.url, TICKET, { auth });
		await server.close();
		expect(data).toEqual({ accepted: [{ event: 'assigned', externalId: 'acmePhone:T-1' }] });
		expect(server.runs[0]?.outputs[0]?.[0]?.json).toMatchObject({
			event: 'assigned',
			externalId: 'acmePhone:T-1',
			session: { source: 'acmePhone', id: 'T-1', agent: { email: ana.email } },
		});
	});

	it('X17: is logged, from the webhook and from what it writes into files and emails', async () => {
		const session = JSON.stringify(TICKET);
		const logged = only(await run(standIn, 'session.log', { session, externalId: '' }));
		expect(logged).toMatchObject({
			outcome: 'created',
			externalId: 'acmePhone:T-1',
			customerId: jonas.id,
			agent: { userId: ana.id },
		});
		const email = `Hello,\n\nhere is the ticket:\n${session}\n\nYour Acme Phone`;
		expect(only(await run(standIn, 'session.log', { session: email, externalId: '' }))).toMatchObject({
			outcome: 'unchanged',
			conversationId: logged.conversationId,
		});
	});

	it('S3, X17: has its agents compared with Kustomer', async () => {
		const result = await run(
			standIn,
			'agentStatus.compare',
			{
				statuses: { rows: [{ kustomerStatus: 'Available', platformStatus: '1' }] },
				options: { reportMissing: false },
			},
			{ items: itemsOf({ acmeId: 7, acmeMail: ana.email, acmeMood: 2 } as IDataObject as never) },
		);
		const [onPlatform = []] = result.outputOf('Node');
		expect(onPlatform.map(({ json }) => json)).toEqual([
			expect.objectContaining({ platformAgentId: '7', agentEmail: ana.email, newStatus: '1' }),
		]);
	});

	it('S1, X17: offers its statuses, and its credential where one can be chosen', async () => {
		const node = new Kustomer();
		expect(node.description.credentials).toContainEqual({
			name: 'acmePhoneApi',
			required: true,
			testedBy: 'testAcmePhoneApi',
			displayOptions: { show: { sourceAuthentication: ['acmePhoneApi'] } },
		});
		expect(Object.keys(node.methods.credentialTest)).toContain('testAcmePhoneApi');
		const choices = node.description.properties
			.filter(({ name }) => name === 'sourceAuthentication')
			.map(({ options }) => options);
		expect(choices).toHaveLength(2);
		expect(choices.flat()).toEqual(
			expect.arrayContaining([
				{ name: 'Acme Phone', value: 'acmePhoneApi', description: 'Offers the moods of the phone' },
				{ name: 'Acme Phone', value: 'acmePhoneApi', description: 'For tapes of the phone' },
			]),
		);
		const setup = setupFor(standIn);
		const context = loadOptionsContext({
			...setup,
			credentials: { ...setup.credentials, acmePhoneApi: {} },
			type: KUSTOMER,
			parameters: { resource: 'agentStatus', operation: 'compare', sourceAuthentication: 'acmePhoneApi' },
		});
		expect(await node.methods.loadOptions.getPlatformStatuses.call(context)).toEqual([
			{ name: 'Grumpy', value: 'Grumpy' },
			{ name: 'Happy', value: 'Happy' },
		]);
	});
});
