/** Which operations an AI agent is offered as tools (rule X18): the variant of each node that n8n makes for agents. */
import {
	NodeHelpers,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { Babelforce } from '../../nodes/Babelforce/Babelforce.node';
import { CcaiPlatform } from '../../nodes/CcaiPlatform/CcaiPlatform.node';
import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';

/** What the lists of resources and operations show, in the editor's way. */
function offered(description: INodeTypeDescription): string[] {
	const shown = (options: INodeProperties['options'] = []) =>
		(options as INodePropertyOptions[]).filter((option) =>
			NodeHelpers.displayParameter({}, option as unknown as INodeProperties, null, description),
		);
	const lists = description.properties.filter(({ name }) => name === 'operation');
	return shown(description.properties.find(({ name }) => name === 'resource')?.options)
		.flatMap(({ value: resource }) =>
			shown(
				lists.find(({ displayOptions }) => displayOptions?.show?.resource?.includes(String(resource)))
					?.options,
			).map(({ value }) => `${String(resource)} ${String(value)}`),
		)
		.sort();
}

const asTool = (description: INodeTypeDescription) => ({ ...description, name: `${description.name}Tool` });

it.each([
	[
		new Kustomer().description,
		[
			'agentStatus get',
			'agentStatus set',
			'conversation create',
			'conversation findOpen',
			'conversation get',
			'conversation getMany',
			'conversation update',
			'customer create',
			'customer findOrCreate',
			'customer get',
			'customer getMany',
			'customer update',
			'message create',
			'message update',
			'note create',
			'user find',
		],
		[
			'agentLink createCallLink',
			'agentLink createToken',
			'agentLink getPage',
			'agentLink useCallLink',
			'agentStatus compare',
			'agentStatus map',
			'crmRequest answer',
			'field createSessionFields',
			'recording upload',
			'session log',
			'session readMail',
			'testCall getEvents',
			'testCall remove',
		],
	],
	[
		new Babelforce().description,
		[
			'agent get',
			'agent getMany',
			'agentStatus disable',
			'agentStatus enable',
			'agentStatus get',
			'agentStatus getMany',
			'agentStatus getPresences',
			'agentStatus set',
			'call get',
			'call getMany',
		],
		['call start', 'recording download', 'recording get', 'recording getWhenReady'],
	],
	[
		new CcaiPlatform().description,
		[
			'agent get',
			'agent getMany',
			'agentStatus getStatuses',
			'agentStatus set',
			'session getCall',
			'session getChat',
			'session getMany',
		],
		[
			'call start',
			'media download',
			'recording download',
			'recording getWhenReady',
			'storageFile chooseFiles',
			'storageFile getFolders',
			'storageFile noteResults',
			'storageFile read',
		],
	],
])(
	'X18: agents are offered what reads, or writes one thing, and no recordings',
	(description, forAgents, others) => {
		expect(offered(asTool(description))).toEqual(forAgents);
		expect(offered(description)).toEqual([...forAgents, ...others].sort());
	},
);
