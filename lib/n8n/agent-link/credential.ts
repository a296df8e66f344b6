/** Reads and tests the credential `agentLinkApi` in n8n. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IExecuteFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import {
	agentLinkCredential,
	agentLinkProblems,
	SHORTEST_SECRET,
	type AgentLinkCredential,
} from '../../agent-desktop/credential';
import { InputError } from '../../http/errors';

const AGENT_LINK_CREDENTIAL = 'agentLinkApi';

/** The credential of a step whose operations need it. */
export async function agentLinkOf(context: IExecuteFunctions): Promise<AgentLinkCredential> {
	return agentLinkCredential(await context.getCredentials(AGENT_LINK_CREDENTIAL));
}

/**
 * The secret that signs.
 *
 * @throws {InputError} when the credential has none that is long enough
 */
export async function signingSecretOf(context: IExecuteFunctions): Promise<string> {
	const { signingSecret = '' } = await agentLinkOf(context);
	if (signingSecret.length >= SHORTEST_SECRET) return signingSecret;
	throw new InputError(
		'signingSecret',
		"The 'Signing Secret' of the Agent Link credential is missing or too short.",
		`Open the credential and enter at least ${SHORTEST_SECRET} random characters.`,
	);
}

/** The credential's test button. The secrets are for the links of agents, so there is nobody to ask. */
export async function testAgentLinkApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problems = agentLinkProblems(agentLinkCredential(credential.data ?? {}));
	return await Promise.resolve(
		problems.length === 0
			? { status: 'OK', message: 'Complete. The links show the rest.' }
			: { status: 'Error', message: problems.join(' ') },
	);
}
