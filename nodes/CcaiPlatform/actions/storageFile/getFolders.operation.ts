import type { INodeProperties } from 'n8n-workflow';

import { present } from '../../../../lib/n8n/run/present';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf, choicesOf, textOf } from '../../../../lib/n8n/panel/values';
import {
	FOLDER_NAMES,
	GOOGLE_API,
	STORAGES,
	storageFolders,
} from '../../../../lib/platforms/ccaip/external-storage/folders';
import type { ExecuteLocally, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Get Folders',
	action: 'Get storage folders',
	description:
		'Get the folders into which CCAI Platform puts its files, one item for each, for a step that lists them',
};

export const notForAgents = 'It is one of several steps of a workflow, and says nothing alone.';

export const description: INodeProperties[] = [
	{
		displayName: 'Storage',
		name: 'storage',
		type: 'options',
		options: [
			{
				name: 'Google Cloud Storage',
				value: 'googleCloud',
				description: 'The step behind this one is an HTTP Request to its API',
			},
			{ name: 'SFTP Server', value: 'sftp', description: "The step behind this one is n8n's FTP step" },
		],
		default: 'sftp',
		description: 'Where CCAI Platform puts its files, as set under Developer Settings > External Storage',
	},
	{
		displayName: 'Bucket',
		name: 'bucket',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. acme-recordings',
		displayOptions: { show: { storage: ['googleCloud'] } },
		description: 'The name of the bucket, without gs:// in front',
	},
	{
		displayName: 'Base Path',
		name: 'basePath',
		type: 'string',
		default: '',
		placeholder: 'e.g. /upload/ujet',
		hint: 'The folder that holds the five ujet- folders',
		description: 'When empty, the home folder of the SFTP user, or the bucket itself',
	},
	{
		displayName: 'Folders',
		name: 'folders',
		type: 'multiOptions',
		options: FOLDER_NAMES.map((name) => ({ name, value: name })),
		default: [...FOLDER_NAMES],
		required: true,
		description: 'Which folders are read. Those that are not there do no harm.',
	},
	{
		displayName: 'API Address',
		name: 'apiUrl',
		type: 'string',
		default: GOOGLE_API,
		placeholder: 'e.g. https://storage.googleapis.com',
		displayOptions: { show: { storage: ['googleCloud'] } },
		description: 'Where Google Cloud Storage is asked. Another one is needed for a private endpoint only.',
	},
];

export const executeLocally: ExecuteLocally = async ({ parametersOf }) => {
	const parameters = parametersOf(0);
	const folders = storageFolders({
		storage: choiceOf(parameters.get('storage'), 'Storage', STORAGES) ?? 'sftp',
		bucket: text(parameters, 'bucket', 'Bucket'),
		basePath: text(parameters, 'basePath', 'Base Path'),
		folders: choicesOf(parameters.get('folders'), 'Folders', FOLDER_NAMES) ?? [],
		apiUrl: text(parameters, 'apiUrl', 'API Address'),
	});
	return await Promise.resolve(folders.map((folder) => ({ item: 0, result: present({ ...folder }) })));
};

export const failsAsOne = true;

function text(parameters: ItemParameters, name: string, field: string): string {
	return textOf(parameters.get(name), field) ?? '';
}
