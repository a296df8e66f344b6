import type { INodeProperties } from 'n8n-workflow';

import { ENDPOINTS } from '../../lib/crm-api/endpoints';
import { FIRST_VERSION } from '../../lib/n8n/kustomer/fields/versions';
import { sectionHeader } from '../../lib/n8n/panel/section';
import { byDisplayName } from '../../lib/n8n/panel/sorting';
import {
	externalIdPrefix,
	firstQuestions,
	furtherQuestions,
	timeZone,
	unknownAttributes,
} from '../../lib/n8n/session-log/log-fields';

const DOCS = 'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs';

/** Seconds; the platform offers the same choice. */
export const TIMEOUTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
export const USUAL_TIMEOUT = 5;
/** Megabytes. */
export const USUAL_LARGEST_FILE = 500;

/**
 * A field as a node has it that has no earlier version, with everything inside it; nothing when it is there for an earlier
 * version of another node only.
 */
function ofPresent(property: INodeProperties): INodeProperties[] {
	const { displayOptions } = property;
	if (displayOptions === FIRST_VERSION || isForFirst(displayOptions)) return [];
	const shown = Object.entries(displayOptions?.show ?? {}).filter(([name]) => name !== '@version');
	const rest = { ...displayOptions, show: Object.fromEntries(shown) };
	const isEmpty = shown.length === 0 && displayOptions?.hide === undefined;
	return [
		{
			...property,
			displayOptions: displayOptions === undefined || isEmpty ? undefined : rest,
			...(property.options === undefined ? {} : { options: optionsOfPresent(property.options) }),
		},
	];
}

function isForFirst(displayOptions: INodeProperties['displayOptions']): boolean {
	const versions = displayOptions?.show?.['@version'];
	return Array.isArray(versions) && versions.includes(1 as never);
}

function optionsOfPresent(options: NonNullable<INodeProperties['options']>): INodeProperties['options'] {
	const present = (option: (typeof options)[number]): typeof options => {
		if ('values' in option) return [{ ...option, values: option.values.flatMap(ofPresent) }];
		return 'type' in option ? ofPresent(option) : [option];
	};
	return options.flatMap((option) => present(option));
}

/** The variable that stands behind an address, as docs/custom-crm.md says. */
const ID_IN_ADDRESS: Readonly<Partial<Record<(typeof ENDPOINTS)[number]['name'], string>>> = {
	findAccountById: 'ACCOUNT_ID',
	updateRecord: 'RECORD_ID',
	uploadFile: 'RECORD_ID',
	addComment: 'RECORD_ID',
};

/** The end of an endpoint's address, as the administrator of the platform enters it. */
function addressOf({ name, label, path }: (typeof ENDPOINTS)[number]): string {
	const id = ID_IN_ADDRESS[name];
	return `<li>${label}: /${path}${id === undefined ? '' : `/{${id}}`}</li>`;
}

/** What an item of a step would have to tell: a request has none. */
const isForItems = ({ type }: INodeProperties) => type === 'resourceMapper';

/** The node's panel. Names of parameters and their values are public: workflows that people saved hold them. */
export const properties: INodeProperties[] = [
	{
		displayName: `Publish this workflow. Then, in CCAI Platform under <b>Settings &gt; Developer Settings &gt; CRM</b>, choose <b>Custom CRM</b> and <b>Generic API</b>, and enter for each endpoint the production URL above, with this in place of its end, /:part1 (<a href="${DOCS}/custom-crm.md" target="_blank">every field of that page, step by step</a>):<ul>${ENDPOINTS.map(addressOf).join('')}</ul>`,
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Kustomer Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{ name: 'API Key', value: 'apiKey' },
			{ name: 'OAuth2', value: 'oAuth2' },
		],
		default: 'apiKey',
		description: 'How n8n signs in to Kustomer',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: 'custom-crm',
		placeholder: 'e.g. custom-crm',
		description:
			'Part of the URL in front of the name of the endpoint. Each published workflow needs its own path.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'options',
		noDataExpression: true,
		options: TIMEOUTS.map((seconds) => ({
			name: seconds === 1 ? '1 Second' : `${seconds} Seconds`,
			value: seconds,
		})),
		default: USUAL_TIMEOUT,
		hint: 'The same as API Request Timeout in CCAI Platform',
		description:
			'How long CCAI Platform waits for an answer. What Kustomer cannot do in that time is finished afterwards, and the answer makes the platform ask again.',
	},
	...firstQuestions.flatMap(ofPresent),
	...furtherQuestions.filter((property) => !isForItems(property)).flatMap(ofPresent),
	sectionHeader('Answers of Your Own', 'ownAnswersHeader'),
	{
		displayName: 'Your Steps Answer',
		name: 'ownEndpoints',
		type: 'multiOptions',
		options: ENDPOINTS.map(({ name, label, description }) => ({ name: label, value: name, description })),
		default: [],
		hint: 'Empty: this node answers everything from Kustomer, and no further step is needed',
		description:
			'Endpoints whose requests leave by an output of their own, for your steps to answer. The last of them has to be Custom CRM Request: Answer of the node Kustomer.',
	},
	{
		displayName: 'Options',
		name: 'settings',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				...externalIdPrefix,
				description:
					'Text in front of the external ID of a session. Use the same as in the Contact Center Trigger.',
			},
			{
				displayName: 'Largest File (MB)',
				name: 'largestFile',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: USUAL_LARGEST_FILE,
				description: 'Megabytes that an uploaded file may have. Larger ones are refused.',
			},
			{
				displayName: 'Response Data Location',
				name: 'responseLocation',
				type: 'string',
				default: '',
				placeholder: 'e.g. data',
				description:
					'Where the answer stands in the JSON, the same as in CCAI Platform: names with dots between them. Empty: the answer is the JSON.',
			},
			timeZone,
			unknownAttributes,
		].sort(byDisplayName) as INodeProperties[],
	},
	{
		// n8n reads the body of a webhook into memory, and files to the disk, before it asks the node who sends it; unless the
		// node is of version 1 and has this. Nobody has to see it.
		displayName: 'Unread Body',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
];
