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
		credentials: [{ name: 'ccaiPlatformApi', required: true, testedBy: 'testCcaiPlatformApi' }],
	});
	expect(node.methods.credentialTest).toHaveProperty('testCcaiPlatformApi');
	expect(operationsByResource(node)).toEqual({
		agent: ['get', 'getMany'],
		agentStatus: ['getStatuses', 'set'],
		media: ['download'],
		recording: ['download', 'getWhenReady'],
		session: ['getCall', 'getChat', 'getMany'],
	});
	expect(namesOf(everyProperty(description.properties)).sort()).toEqual(
		words(`
		agent allowInternal binaryPropertyName callId chatId concurrency externalId externalIdPrefix fileName
		firstMinutes giveUpHours isExpected limit longestMinutes
		maxPages maxWait media operation options order resource returnAll session sessionId sessions simplify source
		status statusUpdatedFrom timeout updatedFrom updatedTo url whenMissing
	`),
	);
});

it('has documentation at the address that its credential names', () => {
	expectDocumentation(new CcaiPlatformApi().documentationUrl);
});
