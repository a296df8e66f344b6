/**
 * Runs nodes and workflows with n8n-core's own execution inside jest: real expressions, real request helpers, real
 * error outputs and paired items. Only the database is missing: credentials come from the test.
 */
import './engine-environment';

import {
	CredentialTestContext,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	WorkflowExecute,
	UnrecognizedNodeTypeError,
} from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialTestFunctions,
	type ICredentialType,
	type IConnections,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
	type OnError,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** Node types by their full name, for example `n8n-nodes-kustomer.kustomer`. */
export type NodeTypeMap = Record<string, INodeType | IVersionedNodeType>;

/** Decrypted credential data by credential type. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** What every run needs to know. */
export interface EngineSetup {
	nodeTypes: NodeTypeMap;
	credentialTypes?: ICredentialType[];
	credentials?: CredentialData;
	/** What the nodes of the workflow remember; changed by runs, as n8n stores it. */
	staticData?: IDataObject;
}

/** A workflow as n8n exports it. Further keys are ignored. */
export interface WorkflowJson {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: Record<string, unknown>;
}

/** What a run left behind. */
export interface RunResult {
	run: IRun;
	/** The error that ended the run, if one did. */
	error?: Error & {
		description?: string | null;
		httpCode?: string | null;
		context?: Record<string, unknown>;
	};
	/** Output of a node in its last run: a list of items for each output. Empty when it did not run. */
	outputOf(nodeName: string): INodeExecutionData[][];
	/** Credential data that the run stored, by type (OAuth tokens). */
	storedCredentials: CredentialData;
}

const INPUT_TYPE = 'harness.input';
const ABSOLUTE = 'http://localhost:5678/';

/** Hands over the items it is given; stands before the node under test. */
const inputNode: INodeType = {
	description: {
		displayName: 'Input',
		name: 'input',
		group: ['input'],
		version: 1,
		description: 'Passes items on',
		defaults: { name: 'Input' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

function nodeTypesFrom(map: NodeTypeMap): INodeTypes {
	const all: NodeTypeMap = { [INPUT_TYPE]: inputNode, ...map };
	const find = (type: string) => {
		const found = all[type];
		if (found === undefined) {
			const [packageName = '', name = ''] = type.split(/\.(?=[^.]*$)/);
			throw new UnrecognizedNodeTypeError(packageName, name);
		}
		return found;
	};
	return {
		getByName: (type) => find(type),
		getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(find(type), version),
		getKnownTypes: () => ({}),
	};
}

/** Credentials without a database. Generic authentication is resolved with expressions, as n8n does it. */
class TestCredentials extends ICredentialsHelper {
	readonly stored: CredentialData = {};

	/** How often a credential was decrypted. */
	decryptions = 0;

	constructor(
		private readonly types: Map<string, ICredentialType>,
		private readonly data: CredentialData,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.types.get(name)?.extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const authenticate = this.types.get(typeName)?.authenticate;
		if (authenticate === undefined) return incoming;
		if (typeof authenticate === 'function') return await authenticate(credentials, incoming);
		if (workflow === undefined || node === undefined)
			throw new Error('Generic authentication needs a workflow');
		return resolveGeneric(authenticate as IAuthenticateGeneric, credentials, incoming, workflow, node);
	}

	/** As n8n does it: when the field that expires is empty, or a request was answered with 401. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.types.get(typeName);
		const expirable = type?.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (type?.preAuthentication === undefined || expirable === undefined) return undefined;
		if (credentials[expirable] !== '' && !credentialsExpired) return undefined;
		const output = await type.preAuthentication.call(helpers, credentials);
		if (output[expirable] === undefined || node.credentials === undefined) return undefined;
		this.stored[typeName] = { ...this.data[typeName], ...(output as ICredentialDataDecryptedObject) };
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not part of this harness');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		this.decryptions += 1;
		const data = this.stored[type] ?? this.data[type];
		if (data === undefined) throw new Error(`The test has no credential of type ${type}`);
		return { ...data };
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored[type] = data;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.types.get(type)?.properties ?? [];
	}
}

function resolveGeneric(
	authenticate: IAuthenticateGeneric,
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	workflow: Workflow,
	node: INode,
): IHttpRequestOptions {
	const resolve = (value: string) =>
		value.startsWith('=')
			? String(
					workflow.expression.getSimpleParameterValue(
						node,
						value,
						'internal',
						{ $credentials: credentials },
						undefined,
						'',
					) ?? '',
				)
			: value;
	const target = options as unknown as Record<string, Record<string, string> | undefined>;
	for (const [place, values] of Object.entries(authenticate.properties)) {
		const resolved = Object.fromEntries(
			Object.entries(values as Record<string, string>).map(([key, value]) => [resolve(key), resolve(value)]),
		);
		target[place] = { ...target[place], ...resolved };
	}
	return options;
}

interface Engine {
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	credentialsHelper: TestCredentials;
}

/** Oauth2 credentials inherit from n8n's own type, which is not part of n8n-core. */
const oAuth2Api: ICredentialType = { name: 'oAuth2Api', displayName: 'OAuth2 API', properties: [] };

function prepare(json: WorkflowJson, setup: EngineSetup): Engine {
	const types = new Map(
		[oAuth2Api, ...(setup.credentialTypes ?? [])].map((type) => [type.name, type] as const),
	);
	const credentialsHelper = new TestCredentials(types, setup.credentials ?? {});
	const workflow = new Workflow({
		id: 'harness',
		name: json.name ?? 'Harness',
		nodes: json.nodes,
		connections: json.connections,
		active: false,
		nodeTypes: nodeTypesFrom(setup.nodeTypes),
		settings: (json.settings ?? {}) as never,
		staticData: setup.staticData,
	});
	const additionalData = {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		executionId: '1',
		variables: {},
		externalSecretsProxy: {},
		webhookBaseUrl: ABSOLUTE,
		webhookWaitingBaseUrl: ABSOLUTE,
		webhookTestBaseUrl: ABSOLUTE,
		formBaseUrl: ABSOLUTE,
		formWaitingBaseUrl: ABSOLUTE,
		formTestBaseUrl: ABSOLUTE,
		mcpBaseUrl: ABSOLUTE,
		mcpTestBaseUrl: ABSOLUTE,
		instanceBaseUrl: ABSOLUTE,
		restApiUrl: ABSOLUTE,
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, additionalData, credentialsHelper };
}

/** What {@link executeWorkflow} runs. */
export interface WorkflowRun extends EngineSetup {
	workflow: WorkflowJson;
	/** Name of the node that starts. */
	start: string;
	/** Items that the starting node gets; triggers hand them on as their output. */
	items?: INodeExecutionData[];
	mode?: WorkflowExecuteMode;
	/** Aborts the run, as a person who presses "Stop" does, once it resolves. */
	cancelWhen?: Promise<unknown>;
	/** Gets what a step answers to the webhook that waits for it. */
	onResponse?: (response: unknown) => void;
}

/** Runs a whole workflow, for example one that ships with the package. */
export async function executeWorkflow(options: WorkflowRun): Promise<RunResult> {
	const mode = options.mode ?? 'webhook';
	const { workflow, additionalData, credentialsHelper } = prepare(options.workflow, options);
	const hooks = new ExecutionLifecycleHooks(mode, '1', options.workflow as never);
	hooks.addHandler('sendResponse', async (response) => options.onResponse?.(response));
	additionalData.hooks = hooks;

	const start = workflow.getNode(options.start);
	if (start === null) throw new Error(`The workflow has no node "${options.start}"`);
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [options.items ?? [{ json: {} }]] }, source: null }],
		},
	});
	const running = new WorkflowExecute(additionalData, mode, runData).processRunExecutionData(workflow);
	if (options.cancelWhen !== undefined) void options.cancelWhen.then(() => running.cancel());
	const run = await running;
	return {
		run,
		error: run.data.resultData.error as RunResult['error'],
		storedCredentials: credentialsHelper.stored,
		outputOf: (name) =>
			(run.data.resultData.runData[name]?.at(-1)?.data?.main ?? []).map((items) => items ?? []),
	};
}

/** What {@link executeNode} runs. */
export interface NodeRun extends EngineSetup {
	/** Full name of the node type. */
	type: string;
	parameters: INodeParameters;
	items?: INodeExecutionData[];
	onError?: OnError;
	typeVersion?: number;
	mode?: WorkflowExecuteMode;
	cancelWhen?: Promise<unknown>;
}

/** What {@link executeNode} gives back: the node's outputs beside the run. */
export interface NodeResult extends RunResult {
	/** Items of the first output. */
	items: INodeExecutionData[];
	/** Items of the error output; empty unless `onError` is `continueErrorOutput`. */
	errorItems: INodeExecutionData[];
}

/** Runs one node behind a node that hands it the items. */
export async function executeNode(options: NodeRun): Promise<NodeResult> {
	const result = await executeWorkflow({
		...options,
		workflow: singleNode(options),
		start: 'Input',
		items: options.items ?? [{ json: {} }],
	});
	const [items = [], errorItems = []] = result.outputOf('Node');
	return { ...result, items, errorItems };
}

/** How one run of an operation differs from the usual: one empty item, and an error ends it. */
export type RunOptions = Pick<NodeRun, 'items' | 'onError' | 'cancelWhen' | 'staticData' | 'typeVersion'>;

/** Runs `customer.findOrCreate` and the like. */
export async function runOperation(
	setup: EngineSetup & { type: string },
	operation: string,
	parameters: INodeParameters,
	{ items, onError, cancelWhen, staticData, typeVersion }: RunOptions = {},
): Promise<NodeResult> {
	const [resource = '', name = ''] = operation.split('.');
	return await executeNode({
		...setup,
		parameters: { resource, operation: name, ...parameters },
		...{ items, onError, cancelWhen, staticData, typeVersion },
	});
}

/** The items of a run that must have gone well. */
export function jsonOf({ error, items }: NodeResult): IDataObject[] {
	if (error !== undefined) throw error;
	return items.map(({ json }) => json);
}

/** The first item of a run that must have gone well. */
export function onlyItem({ error, items }: NodeResult): INodeExecutionData {
	if (error !== undefined) throw error;
	if (items[0] === undefined) throw new Error('The node gave no item');
	return items[0];
}

function singleNode(
	options: Pick<NodeRun, 'type' | 'parameters' | 'onError' | 'typeVersion' | 'credentials'>,
): WorkflowJson {
	const credentials = Object.fromEntries(
		Object.keys(options.credentials ?? {}).map((type) => [type, { id: type, name: type }]),
	);
	return {
		nodes: [
			{ id: '1', name: 'Input', type: INPUT_TYPE, typeVersion: 1, position: [0, 0], parameters: {} },
			{
				id: '2',
				name: 'Node',
				type: options.type,
				typeVersion: options.typeVersion ?? 1,
				position: [200, 0],
				parameters: options.parameters,
				credentials,
				...(options.onError === undefined ? {} : { onError: options.onError }),
			},
		],
		connections: { Input: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] } },
	};
}

/**
 * The context in which n8n calls `listSearch`, `loadOptions` and `resourceMapping` methods of a node.
 *
 * @param path where the parameter stands, for example `parameters.customer`
 */
export function loadOptionsContext(
	options: EngineSetup & { type: string; parameters: INodeParameters; path?: string },
): LoadOptionsContext {
	const { workflow, additionalData } = prepare(singleNode(options), options);
	const node = workflow.getNode('Node');
	if (node === null) throw new Error('The workflow lost its node');
	// The editor sends all parameters, also those that have their default.
	additionalData.currentNodeParameters = node.parameters;
	return new LoadOptionsContext(workflow, node, additionalData, options.path ?? 'parameters');
}

/** The context in which n8n calls a node's `credentialTest` methods. */
export function credentialTestContext(): ICredentialTestFunctions {
	const { additionalData } = prepare({ nodes: [], connections: {} }, { nodeTypes: {} });
	return new CredentialTestContext(additionalData) as unknown as ICredentialTestFunctions;
}

/** Turns plain objects into items. */
export function itemsOf(...values: INodeExecutionData['json'][]): INodeExecutionData[] {
	return values.map((json) => ({ json }));
}
