import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { FileSource } from '../../../../lib/files/file-source';
import { InputError } from '../../../../lib/http/errors';
import { binarySource, urlSource } from '../../../../lib/n8n/http/file-source';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import type { PlatformApi } from '../../../../lib/n8n/platform-api';
import { PLATFORM_APIS } from '../../../../lib/n8n/platform-apis';
import { LONGEST_TIMEOUT, millisecondsOf } from '../../../../lib/n8n/panel/shared-options';
import { choiceOf, listOf, textOf } from '../../../../lib/n8n/panel/values';
import { credentialChoice } from '../descriptions/credential-choice';
import { flagOf, requiredText, type Fields } from '../../../../lib/n8n/panel/fields';
import { SOURCE_CREDENTIALS, sourceAuthentications } from './source-credentials';

/** Where the file comes from. */
export const sourceFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{
				name: 'File From an Earlier Step',
				value: 'binary',
				description: 'A file that the step before has downloaded, for example from SFTP or an email',
			},
			{ name: 'URL', value: 'url', description: 'An address from which this step downloads the file' },
		],
		default: 'binary',
		description:
			'Where the file comes from. It may be as large as you like: n8n passes it on piece by piece.',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input binary field with the file: data, unless the step before says otherwise',
		description:
			'The name under which the step before has put the file. The input on the left shows it, under Binary.',
		displayOptions: { show: { source: ['binary'] } },
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://files.example.com/call-123.mp3',
		description: 'Address of the file. Redirects are followed, at most five.',
		displayOptions: { show: { source: ['url'] } },
	},
	credentialChoice(
		'recording',
		{
			displayName: 'Authentication for the URL',
			name: 'sourceAuthentication',
			type: 'options',
			options: sourceAuthentications,
			default: 'none',
			description: 'With which credential the address is opened, if it needs one',
		},
		{ source: ['binary'] },
	),
	{
		displayName: 'Servers That Get the Credential',
		name: 'credentialHosts',
		type: 'string',
		default: '',
		placeholder: 'e.g. services.babelforce.com, *.example.com',
		hint: 'Leave it empty, unless the files are on another server than the one of the credential',
		description:
			'Names of servers, separated by commas, that the credential may be sent to instead of its own. Empty: its own server and no other, whatever the URL names. An unusual port is part of the name (api.example.com:8443). The credential is never sent after a redirect to another server, nor to addresses that begin with http://.',
		displayOptions: {
			show: { source: ['url'], sourceAuthentication: [...SOURCE_CREDENTIALS] },
		},
	},
];

/** Milliseconds without progress after which reading or storing a file is given up, unless the options say otherwise. */
const USUAL_IDLE_MS = 60_000;

/** Milliseconds without progress after which a file is given up. */
export function idleMsOf(options: Fields): number {
	return millisecondsOf(options.timeout, LONGEST_TIMEOUT) || USUAL_IDLE_MS;
}

/**
 * The source that the panel names for one item.
 *
 * @throws {InputError}
 * @throws {FileError} when the address is none that can be asked
 */
export async function sourceOf(
	context: IExecuteFunctions,
	parameters: ItemParameters,
	options: Fields,
): Promise<{ source: FileSource; url?: string }> {
	if (choiceOf(parameters.get('source'), 'Source', ['binary', 'url']) !== 'url') {
		const field = requiredText(parameters, 'binaryPropertyName', 'Input Binary Field');
		return { source: binarySource(context, parameters.itemIndex, field) };
	}
	const url = requiredText(parameters, 'url', 'URL');
	const wanted = textOf(parameters.get('sourceAuthentication'), 'Authentication for the URL');
	const api = PLATFORM_APIS.find(({ credentialType }) => credentialType === wanted);
	const credentialHosts = listOf(parameters.get('credentialHosts'), 'Servers That Get the Credential') ?? [];
	const source = urlSource(context, {
		url,
		credentialType: api?.credentialType,
		credentialHosts,
		credentialOrigin:
			api === undefined || credentialHosts.length > 0
				? undefined
				: await ownOrigin(context, api, parameters.itemIndex),
		allowPrivate: flagOf(options.allowPrivate, 'Allow Addresses Inside Your Network') ?? false,
		idleMs: idleMsOf(options),
	});
	return { source, url };
}

/** @throws {InputError} when the credential does not say which host it is for */
async function ownOrigin(
	context: IExecuteFunctions,
	{ credentialType, hostOf }: PlatformApi,
	itemIndex: number,
): Promise<string> {
	const host = hostOf(await context.getCredentials(credentialType, itemIndex));
	if ('baseUrl' in host) return new URL(host.baseUrl).origin;
	throw new InputError(
		'credentialHosts',
		`${host.message}, so it is not known which server may get it.`,
		`${host.advice} Or enter the server under Servers That Get the Credential.`,
	);
}
