import { CcaiPlatformApi } from '../../../credentials/CcaiPlatformApi.credentials';
import { CcaiPlatform } from '../../../nodes/CcaiPlatform/CcaiPlatform.node';
import {
	everyProperty,
	expectDocumentation,
	namesOf,
	operationsByResource,
	testIconsAndCodex,
	testOperationPanel,
} from '../panel-rules';
import { words } from '../../setup/words';

const node = new CcaiPlatform();
const { description } = node;
testOperationPanel(node);
testIconsAndCodex(node, 'CcaiPlatform');

it('has the public names that saved workflows hold', () => {
	expect(description).toMatchObject({
		name: 'ccaiPlatform',
		displayName: 'CCAI Platform',
		version: 1,
		usableAsTool: true,
		credentials: [
			{
				name: 'ccaiPlatformApi',
				required: true,
				testedBy: 'testCcaiPlatformApi',
				// Those ask nobody.
				displayOptions: { hide: { resource: ['storageFile'] } },
			},
		],
	});
	expect(node.methods.credentialTest).toHaveProperty('testCcaiPlatformApi');
	expect(operationsByResource(node)).toEqual({
		agent: ['get', 'getMany'],
		agentStatus: ['getStatuses', 'set'],
		call: ['start'],
		media: ['download'],
		recording: ['download', 'getWhenReady'],
		session: ['getCall', 'getChat', 'getMany'],
		storageFile: ['chooseFiles', 'getFolders', 'noteResults', 'read'],
	});
	expect(namesOf(everyProperty(description.properties)).sort()).toEqual(
		words(`
		agent allowInternal apiUrl basePath binaryPropertyName bucket callAgentEmail callId callLanguage callTo chatId
		concurrency conversationId dataTable externalId externalIdPrefix file fileName filesPerRun firstMinutes folders
		giveUpHours isExpected limit longestMinutes lookBackDays maxPages maxWait media operation
		options order outboundNumber publicUrl resource retryMinutes returnAll sendRecord session
		sessionId sessions simplify source status statusUpdatedFrom storage storageFolders store tableName timeout
		transcriptAsNote unchangedSeconds updatedFrom updatedTo url whenMissing
	`),
	);
});

it('has documentation at the address that its credential names', () => {
	expectDocumentation(new CcaiPlatformApi().documentationUrl);
});
