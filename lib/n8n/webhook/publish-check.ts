/** What is looked at in a trigger's panel before its workflow is published, or waits for a test event. */
import type { IHookFunctions, INodeProperties, WorkflowActivateMode } from 'n8n-workflow';

import { mistypedIn, refuseMistyped } from '../panel/mistyped';
import { toNodeError } from '../run/errors';

/** n8n itself starts again: what was published goes on as it did, and nobody sits in front of the editor. */
const WITHOUT_A_PERSON: readonly WorkflowActivateMode[] = ['init', 'leadershipChange'];

/**
 * Refuses to publish a trigger with a text that was meant as an expression and is none (rule X4). Steps refuse it when they
 * run; a trigger would go on with the text as it stands, in every event.
 *
 * @param properties the panel, for the names that fields have there
 * @throws {NodeOperationError} names the field and the right spelling
 */
export function refuseMistypedPanel(context: IHookFunctions, properties: INodeProperties[]): void {
	if (WITHOUT_A_PERSON.includes(context.getActivationMode())) return;
	const node = context.getNode();
	const mistyped = mistypedIn(node.parameters, []);
	if (mistyped === undefined) return;
	try {
		refuseMistyped(mistyped, properties);
	} catch (error) {
		throw toNodeError(error, { node });
	}
}
