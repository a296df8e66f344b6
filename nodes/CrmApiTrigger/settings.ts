/** What the user has set in the panel. */
import type { IWebhookFunctions } from 'n8n-workflow';

import type { CrmApiSettings, EndpointName } from '../../lib/crm-api/request';
import { responseLocationOf } from '../../lib/crm-api/response-location';
import { InputError } from '../../lib/http/errors';
import { createSendForm } from '../../lib/n8n/http/form-sender';
import type { KustomerAuthentication } from '../../lib/n8n/kustomer/client';
import { countOf, fieldsOf } from '../../lib/n8n/panel/fields';
import { numberOf, textOf } from '../../lib/n8n/panel/values';
import { logSettingsOf } from '../../lib/n8n/session-log/log-settings';
import { ownEndpointsOf } from './outputs';
import { USUAL_LARGEST_FILE, USUAL_TIMEOUT } from './properties';

export interface Settings {
	authentication: KustomerAuthentication;
	/** Milliseconds from the arrival of a request until its answer has to be on its way. */
	answerWithinMs: number;
	ownEndpoints: EndpointName[];
	/** Bytes. */
	largestFile: number;
	crm: CrmApiSettings;
}

/** Milliseconds without progress after which an upload to Kustomer's storage is given up. */
const IDLE_MS = 30_000;

/**
 * Reads the panel.
 *
 * @throws {InputError} for the first field with a value that cannot be meant
 */
export function settingsOf(context: IWebhookFunctions): Settings {
	const parameters = {
		get: (name: string) => (context.getNodeParameter(name, null) as unknown) ?? undefined,
		timezone: context.getTimezone(),
	};
	const options = fieldsOf(parameters.get('settings'));
	return {
		authentication: parameters.get('authentication') === 'oAuth2' ? 'oAuth2' : 'apiKey',
		answerWithinMs: answerWithin(numberOf(parameters.get('timeout'), 'Timeout') ?? USUAL_TIMEOUT),
		ownEndpoints: ownEndpointsOf(parameters.get('ownEndpoints')),
		largestFile: (countOf(options.largestFile, 'Largest File (MB)') ?? USUAL_LARGEST_FILE) * 1_000_000,
		crm: {
			log: logSettingsOf(parameters, options),
			source: 'ccaip',
			responseLocation: responseLocationOf(textOf(options.responseLocation, 'Response Data Location')),
			sendForm: createSendForm(context, IDLE_MS),
		},
	};
}

/** The request was on its way before it arrived, and its answer is on its way after it is written (rule G4). */
function answerWithin(timeoutSeconds: number): number {
	if (!(timeoutSeconds >= 1 && timeoutSeconds <= 10)) {
		throw new InputError('timeout', "'Timeout' is not between 1 and 10 seconds.", 'Choose it from the list.');
	}
	return timeoutSeconds * 850 - 300;
}
