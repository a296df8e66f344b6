/**
 * What is saved with an execution for its list in n8n, so that people find the run of a call among thousands that look alike:
 * n8n's custom execution data. https://docs.n8n.io/workflows/executions/custom-executions-data/
 *
 * Nothing of it is personal: no number, no address, no name. Whatever goes wrong here, the run goes on.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** Names of the entries: n8n's filter asks for them. They are public. */
export type ExecutionFact = 'session' | 'outcome' | 'rule' | 'conversation' | 'assignedTo';

/** What an item that an operation gives back says of its run. */
export type FactsOf = (item: IDataObject) => Partial<Record<ExecutionFact, unknown>>;

/** n8n keeps 512 characters, and complains in its log from 256 on. */
const LONGEST = 255;
const BETWEEN = ', ';
/** An email address, or a phone number in international form: some platforms make them a part of their ids. */
const PERSONAL = /@|\+\d{6}/;

type CustomData = Pick<IExecuteFunctions['customData'], 'get' | 'set'>;

/**
 * Saves the facts of items with the execution. What is there already, of an earlier step or an earlier turn of a loop, stays:
 * several different values stand behind each other.
 *
 * @param items fields of items, as they came in or as the operation gave them back
 */
export function saveFacts(context: IExecuteFunctions, items: readonly IDataObject[], factsOf: FactsOf): void {
	try {
		const data = customDataOf(context);
		if (data === undefined) return;
		for (const [name, values] of gathered(items, factsOf)) {
			const known = data.get(name)?.split(BETWEEN) ?? [];
			const text = joined([...known, ...values]);
			if (text !== '') data.set(name, text);
		}
	} catch {
		// Only the list of executions would be poorer.
	}
}

function gathered(items: readonly IDataObject[], factsOf: FactsOf): Map<string, Set<string>> {
	const facts = new Map<string, Set<string>>();
	for (const item of items) {
		for (const [name, value] of Object.entries(factsOf(item))) {
			for (const one of [value].flat()) {
				if (typeof one !== 'string' || one === '' || one.length > LONGEST || PERSONAL.test(one)) continue;
				facts.set(name, (facts.get(name) ?? new Set()).add(one));
			}
		}
	}
	return facts;
}

/** As many different values as there is room for. */
function joined(values: readonly string[]): string {
	let text = '';
	for (const value of new Set(values)) {
		const longer = text === '' ? value : `${text}${BETWEEN}${value}`;
		if (longer.length > LONGEST) break;
		text = longer;
	}
	return text;
}

/** Newer versions of n8n give it to every step; in older ones it is where expressions find it. */
function customDataOf(context: IExecuteFunctions): CustomData | undefined {
	const { customData } = context as Partial<IExecuteFunctions>;
	if (customData !== undefined) return customData;
	const { $execution } = context.getWorkflowDataProxy(0) as { $execution?: { customData?: CustomData } };
	return $execution?.customData;
}
