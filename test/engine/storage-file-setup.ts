/** Runs the operations of the resource Storage File as the shipped workflows connect them, without any credential. */
import {
	NodeConnectionTypes,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import { CcaiPlatform } from '../../nodes/CcaiPlatform/CcaiPlatform.node';
import { CCAI_PLATFORM } from './ccai-platform-setup';
import { executeNode, executeWorkflow, type NodeResult, type RunResult } from './execute-harness';

const GIVEN = 'test.given';

/** Gives the items that its parameter holds, paired as they say. */
const given: INodeType = {
	description: {
		displayName: 'Given',
		name: 'given',
		group: ['input'],
		version: 1,
		description: 'Gives items',
		defaults: { name: 'Given' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: [] }],
	},
	async execute() {
		return [this.getNodeParameter('items', 0) as unknown as INodeExecutionData[]];
	},
};

const nodeTypes = { [CCAI_PLATFORM]: new CcaiPlatform(), [GIVEN]: given };

/** Runs one operation on items. */
export async function runStorageFile(
	operation: string,
	parameters: INodeParameters = {},
	items?: INodeExecutionData[],
): Promise<NodeResult> {
	return await executeNode({
		type: CCAI_PLATFORM,
		nodeTypes,
		parameters: { resource: 'storageFile', operation, ...parameters },
		items,
	});
}

/** What the steps in front of Choose Files give. */
export interface Situation {
	/** Items of the step that lists folders, each paired with its folder. */
	listed: INodeExecutionData[];
	/** Rows of the data table; undefined: that step is not connected. */
	known?: IDataObject[];
	place?: INodeParameters;
	parameters?: INodeParameters;
}

/** Runs Choose Files behind Storage Folders, a list and a data table. */
export async function runChooseFiles({
	listed,
	known,
	place = {},
	parameters = {},
}: Situation): Promise<RunResult> {
	const step = (name: string, type: string, values: INodeParameters): INode => ({
		...{ id: name, name, type, typeVersion: 1, position: [0, 0], parameters: values },
	});
	const ofPlatform = (operation: string, values: INodeParameters): INodeParameters => ({
		...{ resource: 'storageFile', operation, ...values },
	});
	const to = (...nodes: Array<[node: string, index: number]>) => ({
		main: [nodes.map(([node, index]) => ({ node, type: NodeConnectionTypes.Main, index }))],
	});
	const rows = (known ?? []).map((json) => ({ json }));
	return await executeWorkflow({
		nodeTypes,
		start: 'Memory Table',
		items: [{ json: {} }],
		workflow: {
			nodes: [
				step('Memory Table', GIVEN, { items: [{ json: { id: 'T1', name: 'Files' } }] as never }),
				step('Storage Folders', CCAI_PLATFORM, ofPlatform('getFolders', place)),
				step('List Folder', GIVEN, { items: listed as never }),
				step('What Is Known', GIVEN, { items: (rows.length === 0 ? [{ json: {} }] : rows) as never }),
				step('Node', CCAI_PLATFORM, ofPlatform('chooseFiles', parameters)),
			],
			connections: {
				'Memory Table': to(
					['Storage Folders', 0],
					...(known === undefined ? [] : [['What Is Known', 0] as [string, number]]),
				),
				'Storage Folders': to(['List Folder', 0]),
				'List Folder': to(['Node', 0]),
				'What Is Known': to(['Node', 1]),
			},
			settings: { executionOrder: 'v1' },
		},
	});
}

/** An item of n8n's FTP step about a file that was changed five minutes ago. */
export function listedFile(folder: number, name: string, more: IDataObject = {}): INodeExecutionData {
	const modifyTime = new Date(Date.now() - 300_000).toISOString();
	return { json: { type: '-', name, size: 9, modifyTime, ...more }, pairedItem: { item: folder } };
}

/** Positions of folders among those that Get Folders gives. */
export const FOLDER = { transcripts: 0, media: 1, metadata: 2, recordings: 3, voicemails: 4 } as const;
