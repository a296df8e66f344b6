import type { INodeProperties } from 'n8n-workflow';

/** Where n8n's own nodes put a file, in the words of n8n's own nodes. */
export const outputField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
	description: 'Later steps find the file under this name',
};
