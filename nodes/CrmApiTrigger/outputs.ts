import type { EndpointName } from '../../lib/crm-api/request';
import { ENDPOINT_NAMES } from '../../lib/crm-api/request';
import { ENDPOINTS } from '../../lib/crm-api/endpoints';

/** The endpoints that the workflow answers by its own steps, always in the order of the list. Unknown values are left out. */
export function ownEndpointsOf(value: unknown): EndpointName[] {
	return Array.isArray(value) ? ENDPOINT_NAMES.filter((name) => value.includes(name)) : [];
}

/**
 * The node's `outputs`: first the requests that the node has answered, then one output for each endpoint that the workflow
 * answers. Built from data alone, because the editor evaluates it as text and has no access to this module.
 */
export const OUTPUTS_EXPRESSION =
	`={{ ($parameter["ownEndpoints"] || []).length === 0 ? [{ type: "main" }] : [{ type: "main", displayName: "Answered" }].concat(${JSON.stringify(
		ENDPOINTS.map(({ name, label }) => [name, label]),
	)}.filter((endpoint) => $parameter["ownEndpoints"].includes(endpoint[0])).map((endpoint) => ({ type: "main", displayName: endpoint[1] }))) }}` as const;

/** The output on which a request leaves the node; 0 is for those that the node has answered. */
export function outputOf(endpoint: EndpointName, own: readonly EndpointName[]): number {
	return own.indexOf(endpoint) + 1;
}
