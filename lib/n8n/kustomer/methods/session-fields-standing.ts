/** Shows in the panel whether the session fields exist in Kustomer (rule C22). */
import type { ILoadOptionsFunctions, INodePropertyOptions, NodeApiError } from 'n8n-workflow';

import { askKustomer } from '../ask';
import { credentialTypeOf, type KustomerAuthentication } from '../client';
import { standingOptions, type Standing } from '../../panel/status-line';
import { createSessionFields, type SessionFieldName } from '../../../session-log/create-session-fields';

/** Three requests, when the panel is opened. Never fails: what keeps it from looking is what it says. */
export async function getSessionFieldsStanding(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const authentication = this.getNodeParameter('authentication', 'apiKey') as KustomerAuthentication;
	if (this.getNode().credentials?.[credentialTypeOf(authentication)] === undefined) {
		return standingOptions({ line: 'Shown once a Kustomer credential is chosen' });
	}
	return standingOptions(
		await askKustomer(this, (client) =>
			createSessionFields(client, { sendExisting: false, dryRun: true }),
		).then(
			({ missing = [], existing }) => standingOf(missing, missing.length + existing.length),
			(error: unknown) => notSeen(error as Partial<NodeApiError>),
		),
	);
}

/** @param all how many there are to be */
function standingOf(missing: readonly SessionFieldName[], all: number): Standing {
	if (missing.length === 0) return { line: `All ${all} session fields exist` };
	const isOne = missing.length === 1;
	const names = missing.map(({ kind, displayName }) => `${displayName} (${kind})`).join(', ');
	return {
		line: `${missing.length} of ${all} session fields ${isOne ? 'does' : 'do'} not exist yet`,
		advice: `They are left out until somebody runs Create Session Fields. Missing: ${names}.`,
	};
}

function notSeen({ message, description }: Partial<NodeApiError>): Standing {
	return {
		line: 'Could not be looked up with this credential',
		advice: [message, description].filter((text) => typeof text === 'string').join(' '),
	};
}
