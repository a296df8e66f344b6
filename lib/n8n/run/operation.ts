/** What the operations of every node have in common: where they stand in the panel, what they are given, what they give back. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../panel/parameters';
import type { FactsOf } from './execution-data';
import type { ItemOutcome, ItemResult } from './items';
import type { HintOf } from './tell';

/** The parameter that turns the outputs of an operation on, where a person may choose. */
export const SORTING = 'whenNotYet';

/** How the list of operations shows one of them. */
export interface OperationOption {
	name: string;
	/** In n8n's list of everything that a node can do. */
	action: string;
	description: string;
}

interface PanelEntry {
	option: OperationOption;
	/** The operation's own fields. At which resource and operation they are shown is added when the panel is built. */
	description: INodeProperties[];
	/** Labels of the inputs, for an operation that has several. Their order is public. */
	inputs?: readonly string[];
	/** Labels of the outputs, for an operation that sorts items. Their order is public. */
	outputs?: readonly string[];
	/** A sentence for people who look at the output, where an item of it needs their attention: it is shown as a warning. */
	hint?: HintOf;
	/** What an item of the output says of its run, to find the run again in n8n's list of executions. */
	facts?: FactsOf;
	/** The value that the parameter {@link SORTING} must have for the outputs; without it they are always there. */
	sortsIf?: string;
	/**
	 * Why an AI agent does not get the operation as a tool (rule X18), in a sentence for the person who builds the agent. Absent:
	 * it may have it. An agent gets what reads, or writes one thing that it was asked for, and answers with text.
	 */
	notForAgents?: string;
}

interface CallOfAny<Client> {
	client: Client;
	/**
	 * Reads something once for all items of this execution. What failed is read again for the next item that asks.
	 *
	 * @param read known again by identity: give the same function each time
	 */
	once<T>(read: (client: Client) => Promise<T>): Promise<T>;
	/** n8n itself, for operations that work with files or keep something. */
	context: IExecuteFunctions;
}

/** What an operation is given for one item. */
export interface OperationCall<Client> extends CallOfAny<Client> {
	parameters: ItemParameters;
	/** The item's own data, as it came. Not to be changed. */
	input: IDataObject;
}

/** Carries out an operation for one item. Gives back one result or a list of them. */
export type ExecuteOperation<Client> = (call: OperationCall<Client>) => Promise<ItemResult | ItemResult[]>;

/** What an operation is given that works on all items together. */
export interface TogetherCall<Client> extends CallOfAny<Client> {
	/** The items' own data, as they came. Not to be changed. */
	inputs: readonly IDataObject[];
	/** The parameters as they are for one of the items, counted from 0. */
	parametersOf(item: number): ItemParameters;
}

/**
 * Carries out an operation for all items together, because they share requests or are compared with each other. An item
 * that fails is given back as a `FailedPart`, so that it takes no other with it.
 */
export type ExecuteTogether<Client> = (call: TogetherCall<Client>) => Promise<ItemOutcome[]>;

/** What is asked for together, for several items, before each of them is worked on. */
export interface AskAhead<Client> {
	/** Of how many items. */
	items: number;
	/** A failure is that of each of the items. */
	ask: (
		client: Client,
		items: ReadonlyArray<Pick<OperationCall<Client>, 'parameters' | 'input'>>,
	) => Promise<void>;
}

/** An operation that works on one item after the other, several at the same time. */
interface ItemOperation<Client> extends PanelEntry {
	execute: ExecuteOperation<Client>;
	askAhead?: AskAhead<Client>;
	/** Running it again finds everything that an earlier run did, so one failed item does not hold up the others. */
	repeatable?: boolean;
}

interface TogetherOperation<Client> extends PanelEntry {
	executeTogether: ExecuteTogether<Client>;
	/** When it fails altogether, that is one failure, not one for each item. */
	failsAsOne?: boolean;
}

/** What an operation is given that asks no service: all items together, and no client. */
export type LocalCall = Omit<TogetherCall<never>, 'client' | 'once'>;

/** Carries out an operation that asks no service. Fails like {@link ExecuteTogether}. */
export type ExecuteLocally = (call: LocalCall) => Promise<ItemOutcome[]>;

/** An operation that needs no credential. Its resource hides the choice of one. */
interface LocalOperation extends PanelEntry {
	executeLocally: ExecuteLocally;
	/** When it fails altogether, that is one failure, not one for each item. */
	failsAsOne?: boolean;
}

export type Operation<Client> = ItemOperation<Client> | TogetherOperation<Client> | LocalOperation;

/** What a node can do with one kind of object. */
export interface Resource<Client> {
	/** By the value of the parameter `operation`, in the order of their fields in the panel. */
	operations: Readonly<Record<string, Operation<Client>>>;
	/** The operation that is chosen when somebody adds the node. */
	usual: string;
	/** Fields that several of the operations share. They say themselves where they are shown. */
	sharedFields?: INodeProperties[];
}

/** Everything that a node can do, by the value of the parameter `resource`, in the order of the panel. */
export type Resources<Client> = Readonly<Record<string, Resource<Client>>>;

/** The operation of that name; undefined when there is none. */
export function operationNamed<Client>(
	resources: Resources<Client>,
	resource: string,
	operation: string,
): Operation<Client> | undefined {
	const operations = Object.hasOwn(resources, resource) ? resources[resource]?.operations : undefined;
	return operations !== undefined && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}
