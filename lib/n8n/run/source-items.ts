import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

interface ReadNode {
	all(output?: number, run?: number): INodeExecutionData[];
}

/**
 * The items of the first input as the step before has given them, so that they still say from which of *its* items each came:
 * n8n pairs what a node is given with itself.
 *
 * @returns empty when there is no step before
 */
export function itemsOfSource(context: IExecuteFunctions): INodeExecutionData[] {
	const source = context.getInputSourceData(0);
	// n8n types what stands in expressions as anything. The second argument asks for whole items.
	const read = context.getWorkflowDataProxy(0).$ as (name: string, whole: boolean) => ReadNode;
	return read(source.previousNode, true).all(source.previousNodeOutput ?? 0, source.previousNodeRun ?? 0);
}
