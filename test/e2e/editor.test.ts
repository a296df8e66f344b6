import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import {
	BABELFORCE_SESSIONS_WORKFLOW,
	CCAIP_WORKFLOWS,
	CLICK_TO_CALL_WORKFLOW,
	DESKTOP_WORKFLOW,
	LOOKUP_WORKFLOW,
	MAIN_WORKFLOW,
	RECONCILE_WORKFLOW,
	RECORDING_WORKFLOWS,
	SESSION_FIELDS_WORKFLOW,
	SESSION_MAIL_WORKFLOW,
	STORAGE_WORKFLOWS,
	STORED_FILES_WORKFLOW,
	TEST_CALL_WORKFLOW,
} from '../../sandbox/launcher/stack';
import type { WorkflowFile } from '../../sandbox/launcher';
import { withFields } from '../../sandbox/launcher/workflow-settings';

import { Editor, overlap, type CanvasNote, type FoundStep } from './harness/browser';
import { EXAMPLES, exampleWorkflow } from './harness/panels';
import { BABELFORCE_EXAMPLES, CCAI_PLATFORM_EXAMPLES } from './harness/platform-panels';
import { useSandbox } from './harness/sandbox';
import { STATUS_WORKFLOWS } from './harness/status-lane';
import { waitFor } from './harness/wait';

const BROWSER_TIMEOUT_MS = 60_000;
const SEARCH_TIMEOUT_MS = 10_000;
/** Entries of n8n's list of steps that are seen without scrolling. */
const FIRST_SEEN = 8;

/** With a bucket, without which n8n does not publish it. */
const GOOGLE_STORAGE = withFields(
	JSON.parse(readFileSync(STORAGE_WORKFLOWS.gcs, 'utf8')) as WorkflowFile,
	'Storage Folders',
	{ bucket: 'acme-recordings' },
);

const sandbox = useSandbox({
	editor: true,
	// As the pages on babelforce advise, for the pictures in them.
	credential: {
		method: 'header',
		headerName: 'X-Webhook-Token',
		headerValue: randomBytes(18).toString('base64url'),
	},
	workflows: [
		MAIN_WORKFLOW,
		RECORDING_WORKFLOWS.babelforce,
		RECORDING_WORKFLOWS.ccaip,
		CCAIP_WORKFLOWS.events,
		BABELFORCE_SESSIONS_WORKFLOW,
		CCAIP_WORKFLOWS.metadataFiles,
		STORED_FILES_WORKFLOW,
		STORAGE_WORKFLOWS.sftp,
		GOOGLE_STORAGE,
		SESSION_MAIL_WORKFLOW,
		...Object.values(STATUS_WORKFLOWS),
		SESSION_FIELDS_WORKFLOW,
		TEST_CALL_WORKFLOW,
		LOOKUP_WORKFLOW,
		CLICK_TO_CALL_WORKFLOW,
		DESKTOP_WORKFLOW,
		RECONCILE_WORKFLOW,
	],
	platforms: true,
	credentials: [
		{
			name: 'SFTP',
			type: 'sftp',
			data: { host: '127.0.0.1', port: 22, username: 'nobody', password: 'none' },
		},
		{ name: 'Test caller', type: 'httpHeaderAuth', data: { name: 'X-Webhook-Token', value: 'none' } },
		{
			name: 'Agent links',
			type: 'agentLinkApi',
			data: { lookupKey: 'a-key-of-the-sandbox', signingSecret: 'a-secret-of-the-sandbox' },
		},
		{ name: 'Agents', type: 'httpBasicAuth', data: { user: 'desk', password: 'none' } },
		// Nobody listens there: the workflow is shown, not run.
		{
			name: 'Mailbox',
			type: 'imap',
			data: { host: '127.0.0.1', port: 1, user: 'nobody', password: 'none', secure: false },
		},
		{ name: 'Google', type: 'googleCloudStorageOAuth2Api', data: { clientId: 'none', clientSecret: 'none' } },
	],
});

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open(sandbox.stack.n8n);
}, BROWSER_TIMEOUT_MS);
afterAll(async () => {
	await editor.close();
});

/** `kustomer` and `customer findOrCreate` become `kustomer-customer-find-or-create`. */
function imageName(node: string, operation: string): string {
	const inWords = `${node} ${operation}`.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	return inWords.replaceAll(' ', '-');
}

/** Some fields appear only when the editor has loaded their choices. */
async function expectLabels(labels: string[]): Promise<void> {
	let shown: string[] = [];
	await waitFor(`the fields ${labels.join(', ')}`, async () => {
		shown = await editor.fieldLabels();
		return labels.every((label) => shown.includes(label)) || undefined;
	}).catch(() => undefined);
	expect(shown).toEqual(expect.arrayContaining(labels));
}

/** What the list of steps shows, once it shows what is looked for: it searches a moment after the last letter. */
async function foundSteps(isThere: (steps: FoundStep[]) => boolean): Promise<FoundStep[]> {
	let steps: FoundStep[] = [];
	const look = async () => {
		steps = await editor.steps();
		return isThere(steps);
	};
	await waitFor('what is searched in the list of steps', look, SEARCH_TIMEOUT_MS).catch(() => undefined);
	return steps;
}

/** Titles of notes whose text is longer than they are. */
function cutOff(notes: CanvasNote[]): string[] {
	return notes
		.filter(({ area, text }) => text.y + text.height > area.y + area.height || text.width > area.width)
		.map(({ title }) => title);
}

/** Titles of notes that lie on one of those before them. */
function lyingOnOthers(notes: CanvasNote[]): string[] {
	return notes
		.filter((one, index) => notes.slice(0, index).some((other) => overlap(one.area, other.area)))
		.map(({ title }) => title);
}

/** Steps of each shipped workflow, what their panels must show, and the picture that is made of them. */
const SHIPPED: Array<[file: string, panels: Array<[step: string, fields: string[], image?: string]>]> = [
	[
		'babelforce-inbound-call',
		[
			['Call Event', ['Platform', 'Path', 'Events', 'Outputs', 'Respond'], 'contact-center-trigger'],
			['Find or Create Customer', ['Phone Number', 'Fields When Created']],
			['Create Conversation', ['Resource', 'Operation', 'Customer', 'Note']],
			['Update Conversation', ['Conversation', 'Agent', 'Agent User', 'Fallback User']],
		],
	],
	[
		'recording-upload',
		[
			['Call Event', ['Platform', 'Path', 'Events', 'Outputs']],
			['Get When Ready', ['Session', 'External ID', 'First Wait (Minutes)', 'Give Up After (Hours)']],
			['Upload File', ['Belongs To', 'Session External ID', 'Input Binary Field', 'Store', 'Add To']],
		],
	],
	[
		'ccaip-recording-upload',
		[
			['Get When Ready', ['Session', 'External ID', 'First Wait (Minutes)', 'Give Up After (Hours)']],
			['Upload File', ['Belongs To', 'If It Cannot Be Stored Yet']],
		],
	],
	[
		'ccaip-session-events',
		[
			['Session Event', ['Platform', 'Path', 'Events', 'Outputs'], 'contact-center-trigger-ccaip'],
			['Log Session', ['Session', 'External ID', 'Append to Open Conversation', 'Title', 'Dry Run']],
		],
	],
	[
		'babelforce-session-events',
		[
			['Session Event', ['Platform', 'Path', 'Events', 'Outputs']],
			['Log Session', ['Session', 'External ID', 'Append to Open Conversation', 'Title', 'Dry Run']],
		],
	],
	['ccaip-session-metadata', [['Upload Metadata Files', ['Form Title']]]],
	[
		'external-storage-files',
		[
			['Read Files', ['Resource', 'Operation', 'Input Binary Field']],
			['Upload File', ['Belongs To', 'Session External ID', 'Input Binary Field', 'Store', 'Add To']],
			['Note Results', ['File', 'Data Table Name']],
		],
	],
	[
		'external-storage-sftp',
		[
			['Storage Folders', ['Storage', 'Base Path', 'Folders']],
			['List Folder', ['Operation', 'Path']],
			['Choose Files', ['Store', 'Look Back (Days)', 'Files per Run', 'Give Up After (Hours)', 'Folders']],
			['Download File', ['Operation', 'Path', 'Put Output File in Field']],
		],
	],
	[
		'external-storage-gcs',
		[
			['Storage Folders', ['Storage', 'Bucket', 'Base Path', 'Folders', 'API Address']],
			['List Folder', ['Method', 'URL', 'Authentication', 'Credential Type']],
			['Download File', ['Method', 'URL', 'Authentication', 'Credential Type']],
		],
	],
	[
		'session-email',
		[
			['Mail Arrives', ['Mailbox Name', 'Action', 'Format', 'Custom Email Rules']],
			['Read Mail', ['Allowed Senders', 'Mail Server']],
			['Store Attachment', ['Session External ID', 'Input Binary Field', 'Write the Text as a Note']],
		],
	],
	[
		'agent-status-kustomer-to-babelforce',
		[
			[
				'Compare with Kustomer',
				['Platform', 'Statuses', 'All Other Statuses Name or ID', 'Direction', 'Teams'],
			],
			['Set in babelforce', ['Agent', 'Presence Name or ID']],
		],
	],
	[
		'agent-status-kustomer-to-ccaip',
		[
			[
				'Compare with Kustomer',
				['Platform', 'Statuses', 'All Other Statuses Name or ID', 'Direction', 'Teams'],
			],
			['Set in CCAI Platform', ['Agent', 'Status Name or ID']],
		],
	],
	[
		'agent-status-two-way',
		[
			['Compare with Kustomer', ['Statuses', 'Direction', 'If Both Sides Changed'], 'agent-status-table'],
			['Set in Kustomer', ['Agent', 'Status Name or ID', 'Dry Run']],
		],
	],
	['session-fields', [['Create Session Fields', ['Session Fields in Kustomer', 'Dry Run']]]],
	[
		'test-call',
		[
			['Get Test Events', ['Platform', 'Agent Email']],
			['Mark as Test', ['Conversation', 'Tag Changes', 'Note']],
			['Remove Test Calls', ['Dry Run']],
		],
	],
	[
		'lookup-url',
		[
			['Get Page', ['Link Key', 'Phone Number', 'Custom User ID', 'Account ID', 'Record ID', 'Menu Path']],
			['Open Page', ['Respond With', 'Redirect URL']],
		],
	],
	[
		'click-to-call',
		[
			['Create Link', ['Conversation', 'Link Address', 'Agent Email', 'Valid for (Hours)']],
			['Use Link', ['Link', 'Start the Call']],
			['Start Call', ['Agent Email', 'Phone Number', 'Kustomer Conversation ID']],
		],
	],
	[
		'agent-desktop',
		[
			['Adapter Event', ['Platform', 'Path', 'Events', 'Outputs']],
			['Create Token', ['Valid for (Minutes)']],
		],
	],
	[
		'reconcile-sessions',
		[
			[
				'Sessions of CCAI Platform',
				['Resource', 'Operation', 'Sessions', 'Updated From', 'Pages at Most', 'Updated To'],
			],
			['Count by Outcome', ['Fields to Split By']],
		],
	],
];

describe.each(SHIPPED)('the imported workflow %s', (file, panels) => {
	beforeAll(async () => {
		const index = SHIPPED.findIndex(([name]) => name === file);
		await editor.openWorkflow(sandbox.stack.workflows[index]?.id ?? '');
	}, BROWSER_TIMEOUT_MS);

	it(
		'B6: has no unknown nodes, missing parameters or page errors',
		async () => {
			const nodes = await editor.nodes();
			expect(nodes.length).toBeGreaterThan(1);
			expect(nodes.filter(({ unknown }) => unknown)).toEqual([]);
			expect(nodes.filter(({ issues }) => issues.length > 0)).toEqual([]);
			expect(editor.pageErrors).toEqual([]);
			await editor.screenshotCanvas(`workflow-${file}`);
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'B6: has sticky notes that can be read: whole texts, and no node, connection or other note over them',
		async () => {
			const notes = await editor.notes();
			expect(notes.length).toBeGreaterThan(2);
			expect(cutOff(notes)).toEqual([]);
			expect(lyingOnOthers(notes)).toEqual([]);
			expect(await editor.crossedLines()).toEqual([]);
			for (const { name } of await editor.nodes()) {
				const node = await editor.nodeArea(name);
				expect({ name, covers: notes.filter(({ text }) => overlap(text, node)) }).toEqual({
					name,
					covers: [],
				});
			}
		},
		BROWSER_TIMEOUT_MS,
	);

	// Jest takes a missing last value for its own callback.
	it.each(panels.map(([step, fields, image]) => [step, fields, image] as const))(
		'the panel of "%s" shows its fields and no issue',
		async (name, fields, image) => {
			await editor.openNode(name);
			await expectLabels(fields);
			expect(await editor.panelIssues()).toEqual([]);
			if (image !== undefined) await editor.screenshotFields(image);
			await editor.closeNode();
		},
		BROWSER_TIMEOUT_MS,
	);
});

describe('the credential', () => {
	it(
		'X8, X9: the credential dialog says whether the key works, and why not',
		async () => {
			await editor.openWorkflow(sandbox.stack.workflows[0]?.id ?? '');
			await editor.openNode('Create Conversation');
			const dialog = await editor.openCredential();
			await editor.credentialTestResult('success');
			await editor.screenshot('credential-kustomer', dialog);

			await editor.saveSecret('no-such-key');
			expect(await editor.credentialTestResult('failure')).toMatch(/key/i);
			await editor.saveSecret(sandbox.stack.kustomer.apiKey);
			await editor.credentialTestResult('success');
		},
		BROWSER_TIMEOUT_MS,
	);
});

describe('the credentials of the platforms', () => {
	it.each([
		['recording-upload', 'Get When Ready', 'credential-babelforce'],
		['ccaip-recording-upload', 'Get When Ready', 'credential-ccai-platform'],
		['recording-upload', 'Call Event', 'credential-webhook'],
	])(
		'X9: of %s, step "%s": the dialog says that it works',
		async (file, step, image) => {
			const index = SHIPPED.findIndex(([name]) => name === file);
			await editor.openWorkflow(sandbox.stack.workflows[index]?.id ?? '');
			await editor.openNode(step);
			const dialog = await editor.openCredential();
			await editor.credentialTestResult('success');
			await editor.screenshot(image, dialog);
		},
		BROWSER_TIMEOUT_MS,
	);
});

describe('the triggers', () => {
	const TRIGGERS: Array<
		[name: string, type: string, version: number, parameters: object, fields: string[], image: string]
	> = [
		[
			'Generic',
			'contactCenterTrigger',
			2.1,
			{ platform: 'generic', path: 'phone', outputs: 'single' },
			['Platform', 'Credential in Use', 'Path', 'Events', 'Outputs', 'Respond'],
			'contact-center-trigger-generic',
		],
		[
			'Events',
			'kustomerTrigger',
			1,
			{
				events: ['conversation.update'],
				options: { changedTo: { rows: [{ field: 'status', value: 'done' }] } },
			},
			['Trigger On', 'Events', 'Simplify', 'Changed To'],
			'kustomer-trigger-events',
		],
		[
			'Status',
			'kustomerTrigger',
			1,
			{ triggerOn: 'agentStatus', acceptPushes: true },
			['Trigger On', 'Interval', 'Team Names or IDs', 'Accept Pushes'],
			'kustomer-trigger-agent-status',
		],
	];
	beforeAll(async () => {
		const { id } = await sandbox.stack.api.importWorkflow({
			name: 'Triggers',
			connections: {},
			nodes: TRIGGERS.map(([name, type, typeVersion, parameters], index) => ({
				id: name,
				name,
				type: `n8n-nodes-kustomer.${type}`,
				typeVersion,
				position: [0, index * 200] as [number, number],
				parameters: { ...parameters },
			})),
		});
		await editor.openWorkflow(id);
	}, BROWSER_TIMEOUT_MS);

	it.each(TRIGGERS.map(([name, , , , fields, image]) => [name, fields, image] as const))(
		'B6: the panel of "%s" shows its fields and no issue',
		async (name, fields, image) => {
			await editor.openNode(name);
			await expectLabels(fields);
			expect(await editor.panelIssues()).toEqual([]);
			await editor.screenshotFields(image);
			await editor.closeNode();
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'B6: what is ticked stays when the platform is changed, and an event that was taken out does not come back',
		async () => {
			await editor.openNode('Generic');
			expect(await editor.ticked('events')).toEqual(['Incoming Call or Chat', 'Answered']);
			await editor.untick('events', 'Incoming Call or Chat');
			for (const platform of ['CCAI Platform', 'Babelforce', 'Generic']) {
				await editor.choose('platform', platform);
				await editor.panelIssues();
				expect({ platform, ticked: await editor.ticked('events') }).toEqual({
					platform,
					ticked: ['Answered'],
				});
			}
			await editor.closeNode();
		},
		BROWSER_TIMEOUT_MS,
	);
});

describe('the settings of a workflow', () => {
	it(
		'have the error workflow that the page on missed calls speaks of',
		async () => {
			await editor.openWorkflow(sandbox.stack.workflows[0]?.id ?? '');
			const dialog = await editor.openSettings();
			expect(await dialog.innerText()).toContain('Error Workflow');
			await editor.screenshot('workflow-settings', dialog);
		},
		BROWSER_TIMEOUT_MS,
	);
});

describe.each([
	['kustomer', EXAMPLES],
	['babelforce', BABELFORCE_EXAMPLES],
	['ccaiPlatform', CCAI_PLATFORM_EXAMPLES],
])('the node %s', (node, examples) => {
	beforeAll(async () => {
		const { id } = await sandbox.stack.api.importWorkflow(exampleWorkflow(node, examples));
		await editor.openWorkflow(id);
	}, BROWSER_TIMEOUT_MS);

	it.each(examples.map(({ operation, fields }) => [operation, fields] as const))(
		'shows the fields of "%s" without an issue',
		async (operation, fields) => {
			await editor.openNode(operation);
			await expectLabels(['Resource', 'Operation', ...fields]);
			expect(await editor.panelIssues()).toEqual([]);
			await editor.screenshotFields(imageName(node, operation));
			await editor.closeNode();
		},
		BROWSER_TIMEOUT_MS,
	);
});

describe('a step that somebody adds', () => {
	it(
		'B1: has lists that begin with a row and stay when the next field is added',
		async () => {
			const step = { operation: 'conversation create', fields: [], parameters: {} };
			const { id } = await sandbox.stack.api.importWorkflow(exampleWorkflow('kustomer', [step]));
			await editor.openWorkflow(id);
			await editor.openNode(step.operation);
			for (const field of ['Assigned Teams', 'Tags', 'Direction']) await editor.addField(field);
			await expectLabels(['Direction']);
			expect([await editor.rowsOf('Assigned Teams'), await editor.rowsOf('Tags')]).toEqual([1, 1]);
			await editor.closeNode();
		},
		BROWSER_TIMEOUT_MS,
	);
});

describe('the list of steps', () => {
	beforeAll(async () => {
		await editor.openWorkflow(sandbox.stack.workflows[0]?.id ?? '');
	}, BROWSER_TIMEOUT_MS);
	afterAll(async () => {
		await editor.closeStepList();
	});

	it.each([
		['create conversation', 'Kustomer'],
		['log call', 'Kustomer'],
		['assign', 'Kustomer'],
		['upload recording', 'Kustomer'],
		['recording', 'Kustomer'],
		['status', 'Kustomer'],
		['customer', 'Kustomer'],
		['call', 'Kustomer'],
		['call', 'Contact Center'],
		['webhook', 'Contact Center'],
		['presence', 'Babelforce'],
		['ujet', 'CCAI Platform'],
	])(
		'B6: "%s" finds %s, above the fold',
		async (text, name) => {
			await editor.searchSteps(text);
			const found = await foundSteps((steps) => steps.some((step) => step.name === name));
			expect(found.slice(0, FIRST_SEEN).map((step) => step.name)).toContain(name);
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'B6: says of Kustomer what it does, and not only what starts a workflow',
		async () => {
			await editor.searchSteps('kustomer');
			const found = await foundSteps((steps) => steps[0]?.name === 'Kustomer');
			expect(found[0]?.description).toMatch(
				/^Log calls and chats, work with customers and conversations, or start when/,
			);
			await editor.screenshotStepList('steps-kustomer');
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'B6: names what Kustomer can do in the words in which people look for it',
		async () => {
			expect(await editor.actionsOf('Kustomer')).toEqual(
				expect.arrayContaining([
					'Log call or chat',
					'Create conversation',
					'Update or assign conversation',
					'Upload recording',
					'Set agent status',
				]),
			);
		},
		BROWSER_TIMEOUT_MS,
	);
});

describe('what these tests look at', () => {
	it(
		'shows when a node is not installed or lacks a parameter',
		async () => {
			const { id } = await sandbox.stack.api.importWorkflow({
				name: 'Broken',
				connections: {},
				nodes: [
					{
						id: 'a',
						name: 'Not installed',
						type: 'n8n-nodes-not-there.thing',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{
						id: 'b',
						name: 'Without URL',
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4.2,
						position: [300, 0],
						parameters: {},
					},
				],
			});
			await editor.openWorkflow(id);
			expect(await editor.nodes()).toEqual([
				{ name: 'Not installed', issues: [], unknown: true },
				{ name: 'Without URL', issues: [expect.stringContaining('URL')], unknown: false },
			]);
			await editor.openNode('Without URL');
			expect(await editor.panelIssues()).toEqual([expect.stringContaining('URL')]);
			await editor.closeNode();
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'shows when a note is too small, lies on another one, or has a connection over its text',
		async () => {
			const note = (name: string, x: number, content: string, y = 200) => ({
				id: name,
				name,
				type: 'n8n-nodes-base.stickyNote',
				typeVersion: 1,
				position: [x, y] as [number, number],
				parameters: { content, width: 240, height: 160 },
			});
			const step = {
				id: 'step',
				name: 'Step',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [0, 0] as [number, number],
				parameters: {},
			};
			const { id } = await sandbox.stack.api.importWorkflow({
				name: 'Bad notes',
				connections: { Step: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
				nodes: [
					step,
					{ ...step, id: 'next', name: 'Next', position: [600, 0] as [number, number] },
					note('d', 200, '## Under a connection\nOne\n\nTwo', 0),
					note('a', 0, '## Short\nFits.'),
					note('b', 200, `## On another\nFits.`),
					note('c', 600, `## Long\n${'Many words. '.repeat(80)}`),
				],
			});
			await editor.openWorkflow(id);
			const notes = await editor.notes();
			expect(notes.map(({ title }) => title).sort()).toEqual([
				'Long',
				'On another',
				'Short',
				'Under a connection',
			]);
			expect(cutOff(notes)).toEqual(['Long']);
			expect(lyingOnOthers(notes)).toHaveLength(1);
			expect(await editor.crossedLines()).toHaveLength(1);
		},
		BROWSER_TIMEOUT_MS,
	);
});
