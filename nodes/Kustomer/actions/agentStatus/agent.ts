import { isEmail } from '../../../../lib/domain/email-address';
import { InputError } from '../../../../lib/http/errors';
import type { AgentTarget } from '../../../../lib/kustomer/operations/agent-target';
import { isKustomerId } from '../../../../lib/domain/kustomer-id';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { requiredLocator } from '../../../../lib/n8n/panel/fields';

/**
 * The agent that the parameter `agent` names. An expression may give an email address or an id, whichever way is chosen.
 *
 * @throws {InputError} when it is empty or neither
 */
export function agentTarget(parameters: ItemParameters): AgentTarget {
	const { value } = requiredLocator(parameters, 'agent', 'Agent');
	const id = value.toLowerCase();
	if (isKustomerId(id)) return { id };
	if (isEmail(value)) return { email: value };
	throw new InputError(
		'agent',
		"'Agent' is neither an email address nor a Kustomer ID.",
		'Enter the address that the agent signs in to Kustomer with, or the ID: 24 characters, 0 to 9 and a to f.',
	);
}
