/**
 * Workflow files as the repository ships them, and the one thing a person does after importing one: choosing the
 * credentials.
 */
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string | null; name: string }>;
	[key: string]: unknown;
}

/** What the editor exports and imports. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	meta?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

/** A credential as n8n knows it. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** The part of a node's description that says which credentials it asks for. */
export interface NodeTypeDescription {
	name: string;
	version: number | number[];
	properties?: Array<{ name: string; default?: unknown; displayOptions?: DisplayOptions }>;
	credentials?: Array<{ name: string; required?: boolean; displayOptions?: DisplayOptions }>;
	[key: string]: unknown;
}

/** Names under which the sandbox stores its credentials. */
export const CREDENTIAL_NAMES = {
	kustomer: 'Kustomer',
	webhook: 'Contact center webhook',
	ccaipWebhook: 'CCAI Platform webhook',
	babelforce: 'babelforce',
	ccaiPlatform: 'CCAI Platform',
} as const;

interface DisplayOptions {
	show?: Record<string, unknown[] | undefined>;
	hide?: Record<string, unknown[] | undefined>;
}

/**
 * Reads one workflow file.
 *
 * @throws Error naming the file when it is no workflow
 */
export async function readWorkflow(file: string): Promise<WorkflowFile> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	if (text === undefined) throw new Error(`The workflow file ${file} does not exist.`);
	let content: Partial<WorkflowFile>;
	try {
		content = JSON.parse(text) as Partial<WorkflowFile>;
	} catch {
		throw new Error(`The workflow file ${file} is not JSON.`);
	}
	if (!Array.isArray(content.nodes) || typeof content.connections !== 'object') {
		throw new Error(`${file} is no workflow: it has no "nodes" or no "connections".`);
	}
	return {
		...content,
		name: content.name ?? basename(file, '.json'),
		nodes: content.nodes,
		connections: content.connections,
	};
}

/** Paths of all workflow files of a folder, in the order of their names. Empty when there is no such folder. */
export async function workflowFiles(folder: string): Promise<string[]> {
	const names = await readdir(folder).catch(() => []);
	return names
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => join(folder, name));
}

function fits(
	options: DisplayOptions | undefined,
	values: Record<string, unknown>,
	version: number,
): boolean {
	const valueOf = (name: string) => (name === '@version' ? version : values[name]);
	const matches = ([name, wanted]: [string, unknown[] | undefined]) => (wanted ?? []).includes(valueOf(name));
	const show = Object.entries(options?.show ?? {});
	const hide = Object.entries(options?.hide ?? {});
	return show.every(matches) && !hide.some(matches);
}

/** The parameters that decide which credential a node shows, defaults included. */
function parameterValues(node: WorkflowNode, description: NodeTypeDescription): Record<string, unknown> {
	const defaults: Record<string, unknown> = {};
	for (const property of description.properties ?? []) {
		const known = { ...defaults, ...node.parameters };
		if (property.name in defaults || !fits(property.displayOptions, known, node.typeVersion)) continue;
		defaults[property.name] = property.default;
	}
	return { ...defaults, ...node.parameters };
}

/** A credential that a node asks for. */
interface Wish {
	type: string;
	/** Name of the credential that suits best, if there are several. */
	name?: string;
	/** False when the node works without. */
	required: boolean;
}

/** Every platform that sends webhooks has a password of its own. */
function suitableName(type: string, values: Record<string, unknown>): string | undefined {
	if (type !== 'contactCenterWebhookApi') return undefined;
	return values.platform === 'ccaip' ? CREDENTIAL_NAMES.ccaipWebhook : CREDENTIAL_NAMES.webhook;
}

/** The credentials of a node: those that the file names, and those that it leaves open. */
function wishesOf(node: WorkflowNode, nodeTypes: NodeTypeDescription[]): Wish[] {
	const description = nodeTypes.find(
		(one) => one.name === node.type && [one.version].flat().includes(node.typeVersion),
	);
	const values = description === undefined ? {} : parameterValues(node, description);
	const named = Object.entries(node.credentials ?? {}).map(([type, { name }]) => ({
		type,
		name,
		required: true,
	}));
	const asked = (description?.credentials ?? [])
		.filter((credential) => fits(credential.displayOptions, values, node.typeVersion))
		.filter((credential) => !named.some(({ type }) => type === credential.name))
		.map(({ name: type, required }) => ({
			type,
			name: suitableName(type, values),
			required: required === true,
		}));
	return [
		...named,
		...asked,
		...predefinedOf(node).filter(({ type }) => node.credentials?.[type] === undefined),
	];
}

/** The HTTP Request node takes credentials that its description cannot name: of another service, or of a general kind. */
function predefinedOf({ parameters }: WorkflowNode): Wish[] {
	const { authentication, nodeCredentialType, genericAuthType } = parameters;
	const type =
		authentication === 'predefinedCredentialType'
			? nodeCredentialType
			: authentication === 'genericCredentialType'
				? genericAuthType
				: undefined;
	return typeof type === 'string' && type !== '' ? [{ type, required: true }] : [];
}

/**
 * Fills in the credentials' ids: those that a node names already, by type; and those that a node asks for and the file
 * leaves open. Where several credentials have the type, the one with the name in the file wins, else the one of the
 * node's platform, else the first.
 *
 * @param nodeTypes descriptions from n8n's `/types/nodes.json`
 * @returns a new workflow; nodes without a matching credential stay as they are
 */
export function chooseCredentials(
	workflow: WorkflowFile,
	credentials: StoredCredential[],
	nodeTypes: NodeTypeDescription[],
): WorkflowFile {
	const pick = ({ type, name }: Wish) => {
		const candidates = credentials.filter((credential) => credential.type === type);
		return candidates.find((credential) => credential.name === name) ?? candidates[0];
	};
	const nodes = workflow.nodes.map((node) => {
		const chosen: Record<string, { id?: string | null; name: string }> = { ...node.credentials };
		for (const wish of wishesOf(node, nodeTypes)) {
			const credential = pick(wish);
			if (credential !== undefined) chosen[wish.type] = { id: credential.id, name: credential.name };
		}
		return Object.keys(chosen).length === 0 ? node : { ...node, credentials: chosen };
	});
	return { ...workflow, nodes };
}

/**
 * Makes the one pick of a step that calls another workflow: the file names the workflow and leaves its id open. A step whose
 * workflow is not there stays as it is.
 *
 * @param existing the workflows that n8n has
 */
export function chooseWorkflows(
	workflow: WorkflowFile,
	existing: ReadonlyArray<{ id: string; name: string }>,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		const wish = node.parameters.workflowId as { value?: string; cachedResultName?: string } | undefined;
		const found = existing.find(({ name }) => name === wish?.cachedResultName);
		if (wish?.value !== '' || found === undefined) return node;
		return { ...node, parameters: { ...node.parameters, workflowId: { ...wish, value: found.id } } };
	});
	return { ...workflow, nodes };
}

/** Types of the credentials without which the workflow cannot be published, each once. Disabled nodes need none. */
export function missingCredentials(
	workflow: WorkflowFile,
	credentials: StoredCredential[],
	nodeTypes: NodeTypeDescription[],
): string[] {
	const missing = workflow.nodes
		.filter((node) => node.disabled !== true)
		.flatMap((node) => wishesOf(node, nodeTypes))
		.filter(({ type, required }) => required && !credentials.some((one) => one.type === type))
		.map(({ type }) => type);
	return [...new Set(missing)];
}
