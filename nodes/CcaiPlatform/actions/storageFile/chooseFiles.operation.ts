import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../../lib/domain/record';
import { InputError } from '../../../../lib/http/errors';
import { amountOf, countOf, flagOf } from '../../../../lib/n8n/panel/fields';
import { numberField } from '../../../../lib/n8n/panel/number-field';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf, textOf } from '../../../../lib/n8n/panel/values';
import { ResultForOutput, type ItemOutcome } from '../../../../lib/n8n/run/items';
import { present } from '../../../../lib/n8n/run/present';
import { itemsOfSource } from '../../../../lib/n8n/run/source-items';
import {
	chooseFiles,
	forgetBefore,
	type ChoiceRules,
} from '../../../../lib/platforms/ccaip/external-storage/choose';
import {
	STORAGES,
	kindOf,
	type StorageFolder,
} from '../../../../lib/platforms/ccaip/external-storage/folders';
import { readListing, type ListItem } from '../../../../lib/platforms/ccaip/external-storage/listing';
import { readMemory } from '../../../../lib/platforms/ccaip/external-storage/memory';
import type { ExecuteLocally, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Choose Files',
	action: 'Choose storage files',
	description:
		'Compare the files in the folders with what is known of them, and give those that are new or due again, and what has to be told',
};

/** What more than is meant counts as: ten years, in the unit of each. Times beyond that are none. */
const LONGEST: Record<keyof typeof USUAL, number> = {
	lookBackDays: 3652,
	filesPerRun: Infinity,
	unchangedSeconds: 3652 * 86_400,
	retryMinutes: 3652 * 1440,
	giveUpHours: 3652 * 24,
};
const USUAL = { lookBackDays: 7, filesPerRun: 20, unchangedSeconds: 60, retryMinutes: 10, giveUpHours: 48 };

const number = (
	name: keyof typeof USUAL,
	displayName: string,
	text: string,
	hint: string,
	minValue = 0,
): INodeProperties =>
	numberField({ displayName, name, usual: USUAL[name], description: text, hint, minValue });

export const notForAgents = 'It is one of several steps of a workflow, and says nothing alone.';

export const description: INodeProperties[] = [
	{
		displayName: 'Store',
		name: 'store',
		type: 'options',
		options: [
			{ name: 'File', value: 'file', description: 'Kustomer keeps the file itself' },
			{
				name: 'File and Link',
				value: 'both',
				description: 'Kustomer keeps the file, and a link to where it came from',
			},
			{ name: 'Link', value: 'link', description: 'The file stays where it is, and is not downloaded' },
		],
		default: 'file',
		description: 'What Kustomer keeps of recordings, transcripts, photos and videos',
	},
	{
		displayName: 'Public URL',
		name: 'publicUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://files.example.com/ujet',
		hint: 'Needed for links',
		displayOptions: { show: { store: ['both', 'link'] } },
		description: 'The address, beginning with https://, under which agents find the five folders',
	},
	{
		displayName: 'Write Transcripts as Notes',
		name: 'transcriptAsNote',
		type: 'boolean',
		default: false,
		description:
			'Whether the text of a chat transcript becomes the text of its note, so that agents read it without opening the file',
	},
	{
		displayName: 'External ID Prefix',
		name: 'externalIdPrefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. emea-',
		hint: 'The same as in your other workflows',
		description: 'Stands in front of the external ID, as in the Contact Center Trigger',
	},
	number(
		'lookBackDays',
		'Look Back (Days)',
		'Files that were changed before are not looked at',
		'Higher for a first import, or when n8n was down for longer',
	),
	number(
		'filesPerRun',
		'Files per Run',
		'At most so many metadata files, and so many other files, in one run: the oldest first',
		'Half of them are for new files when others come again',
		1,
	),
	number(
		'unchangedSeconds',
		'Unchanged For (Seconds)',
		'A file must not have changed for so long',
		'Files that are still being written are left alone',
	),
	number(
		'retryMinutes',
		'First Retry After (Minutes)',
		'The pause after a first failure',
		'It doubles each time, up to six hours',
	),
	number(
		'giveUpHours',
		'Give Up After (Hours)',
		'Hours after which a file that still fails is not tried again',
		'Then it is reported, once',
	),
	{
		displayName: 'Folders',
		name: 'storageFolders',
		type: 'json',
		default: "={{ $('Storage Folders').all() }}",
		required: true,
		description:
			'The folders that the step before has listed, as Storage File: Get Folders gives them. No step may stand between the two that changes their number or order.',
	},
	{
		displayName: 'Data Table',
		name: 'dataTable',
		type: 'json',
		default: "={{ $('Memory Table').first().json }}",
		required: true,
		description:
			'The table that remembers the files, as the step that makes it gives it. It is handed on with each item.',
	},
];

/** The order is public. */
export const inputs = ['Listed', 'Known'];
const KNOWN = 1;

/** The order is public. */
export const outputs = ['Download', 'No Download'];
const DOWNLOAD = 0;
const NO_DOWNLOAD = 1;

export const failsAsOne = true;

export const executeLocally: ExecuteLocally = async ({ context, inputs: items, parametersOf }) => {
	const parameters = parametersOf(0);
	const rules = rulesOf(parameters);
	const folders = foldersIn(parameters.get('storageFolders'));
	const memory = tableIn(parameters.get('dataTable'));
	const now = Date.now();
	const rows = readMemory(knownItems(context).map(({ json }) => json));
	const pairings = itemsOfSource(context);
	const listing = readListing(
		items.map((json, index): ListItem => ({ json, index, places: placesOf(pairings[index]) })),
		folders,
	);
	const { chosen, reports, problems } = chooseFiles({ folders, listing, rows, rules, now });
	const handedOn = { ...memory, forgetBefore: forgetBefore(rules, now) };
	const to = (output: number, json: object, item?: number): ItemOutcome => ({
		item: item ?? 0,
		result: new ResultForOutput(present({ ...json, memory: handedOn }), output),
	});
	return await Promise.resolve([
		...chosen.map(({ index, ...file }) =>
			to(file.todo === 'metadata' || file.todo === 'file' ? DOWNLOAD : NO_DOWNLOAD, file, index),
		),
		...reports.map(({ index, ...report }) => to(NO_DOWNLOAD, { todo: 'report', ...report }, index)),
		...problems.map((sentence) => to(NO_DOWNLOAD, { todo: 'problem', sentence })),
	]);
};

function rulesOf(parameters: ItemParameters): ChoiceRules {
	const amount = (name: keyof typeof USUAL, field: string) =>
		Math.min(amountOf(parameters.get(name), field) ?? USUAL[name], LONGEST[name]);
	const store = choiceOf(parameters.get('store'), 'Store', ['file', 'link', 'both'] as const) ?? 'file';
	const publicUrl = (textOf(parameters.get('publicUrl'), 'Public URL') ?? '').replace(/(?<!\/)\/+$/, '');
	if (store !== 'file' && !/^https:\/\/\S+$/.test(publicUrl)) {
		throw new InputError(
			'publicUrl',
			publicUrl === ''
				? "Links need 'Public URL', which is empty."
				: "'Public URL' is not an address for links.",
			'Enter the address under which agents find the five folders. It begins with https://',
		);
	}
	return {
		store,
		publicUrl,
		transcriptAsNote: flagOf(parameters.get('transcriptAsNote'), 'Write Transcripts as Notes') ?? false,
		externalIdPrefix: textOf(parameters.get('externalIdPrefix'), 'External ID Prefix') ?? '',
		lookBackDays: amount('lookBackDays', 'Look Back (Days)') || USUAL.lookBackDays,
		filesPerRun: countOf(parameters.get('filesPerRun'), 'Files per Run') ?? USUAL.filesPerRun,
		unchangedSeconds: amount('unchangedSeconds', 'Unchanged For (Seconds)'),
		retryMinutes: amount('retryMinutes', 'First Retry After (Minutes)'),
		giveUpHours: amount('giveUpHours', 'Give Up After (Hours)'),
	};
}

/** @throws {InputError} when it is no list of folders */
function foldersIn(value: unknown): StorageFolder[] {
	const list = (Array.isArray(value) ? value : []).map((one: unknown) =>
		isRecord(one) && isRecord(one.json) ? one.json : one,
	);
	const folders = list.filter(
		(one): one is Record<string, unknown> =>
			isRecord(one) &&
			typeof one.path === 'string' &&
			kindOf(String(one.folder)) !== undefined &&
			(STORAGES as readonly unknown[]).includes(one.storage),
	);
	if (folders.length > 0 && folders.length === list.length) return folders as unknown as StorageFolder[];
	throw new InputError(
		'storageFolders',
		"'Folders' is not the list of folders that Storage File: Get Folders gives.",
		"Give it all of that step's items, for example {{ $('Storage Folders').all() }}.",
	);
}

/** @throws {InputError} when it is no data table */
function tableIn(value: unknown): { id: string; name: string } {
	const { id, name } = isRecord(value) ? value : {};
	if (typeof id === 'string' && id !== '') return { id, name: typeof name === 'string' ? name : id };
	throw new InputError(
		'dataTable',
		"'Data Table' is not a data table.",
		"Give it what n8n's step Data Table says of it, for example {{ $('Memory Table').first().json }}.",
	);
}

/** @throws {InputError} when nothing arrives: without it, every file would be taken anew in each run */
function knownItems(context: IExecuteFunctions): INodeExecutionData[] {
	const known = context.getInputData(KNOWN) as INodeExecutionData[] | undefined;
	if (known !== undefined && known.length > 0) return known;
	throw new InputError(
		'known',
		'Nothing arrives at the input Known.',
		"Connect the step that reads the data table with it, and turn on 'Always Output Data' in that step's settings.",
	);
}

/** The positions of the folders that an item is about. */
function placesOf(item: INodeExecutionData | undefined): number[] {
	const { pairedItem } = item ?? {};
	const pairs = pairedItem === undefined ? [0] : [pairedItem].flat();
	return pairs.map((one) => (typeof one === 'number' ? one : one.item));
}
