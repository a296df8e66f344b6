import type { INodeProperties } from 'n8n-workflow';

/**
 * A heading above the properties that follow. n8n indents them up to the next collection or heading; n8n 1.x shows a notice
 * with the same words.
 */
export function sectionHeader(displayName: string, name: string): INodeProperties {
	return { displayName, name, type: 'notice', default: '', typeOptions: { sectionHeader: true } };
}
