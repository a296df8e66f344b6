/** What the platform can do with an answer, and what it cannot: stricter than the platform may be. */
import type { EndpointName } from '../../../lib/crm-api/request';

/** Fields of an answer: needed ones, and those that may be there. */
const SHAPES: Readonly<Record<EndpointName, { needs: readonly string[]; may: readonly string[] }>> = {
	findAccountByQuery: { needs: ['id'], may: ['name', 'phone', 'email'] },
	findAccountById: { needs: ['id'], may: ['name', 'phone', 'email'] },
	createAccount: { needs: ['id'], may: ['name', 'phone', 'email'] },
	findRecord: { needs: ['id', 'status', 'contactId'], may: ['subject', 'phone'] },
	createRecord: { needs: ['id', 'status', 'contactId'], may: ['subject', 'phone'] },
	updateRecord: { needs: ['id', 'status', 'contactId'], may: ['subject', 'phone'] },
	uploadFile: { needs: ['id'], may: ['url'] },
	addComment: { needs: [], may: ['id'] },
};

const FINDS: readonly EndpointName[] = ['findAccountByQuery', 'findAccountById', 'findRecord'];
const KNOWN_STATUSES: readonly number[] = [200, 201, 400, 404, 409, 413, 422, 500, 503];
const RECORD_STATUSES: readonly unknown[] = ['open', 'closed', 1, 2, 3];

/** The object in an answer at the place where the settings look for it; undefined when there is none. */
export function objectAt(body: unknown, location: readonly string[]): Record<string, unknown> | undefined {
	let found = body;
	for (const step of location) {
		if (typeof found !== 'object' || found === null) return undefined;
		found = (found as Record<string, unknown>)[step];
	}
	return typeof found === 'object' && found !== null && !Array.isArray(found)
		? (found as Record<string, unknown>)
		: undefined;
}

/** What is wrong with an answer, in words; empty when nothing is. */
export function complaintsAbout(
	endpoint: EndpointName,
	status: number,
	body: unknown,
	location: readonly string[],
): string[] {
	if (!KNOWN_STATUSES.includes(status)) return [`${endpoint}: the status ${status} is none that was agreed`];
	if (status >= 400) {
		const sentence = objectAt(body, [])?.error;
		const isSentence = typeof sentence === 'string' && sentence.length > 10;
		return isSentence ? [] : [`${endpoint}: the answer ${status} has no sentence in 'error'`];
	}
	const object = objectAt(body, location);
	if (object === undefined) return [`${endpoint}: there is no object at the response data location`];
	const { needs, may } = SHAPES[endpoint];
	const complaints = needs
		.filter((name) => object[name] === undefined)
		.map((name) => `${endpoint}: the answer has no '${name}'`);
	for (const [name, value] of Object.entries(object)) {
		if (![...needs, ...may].includes(name)) complaints.push(`${endpoint}: the answer has '${name}'`);
		else if (typeof value !== 'string' || value === '') complaints.push(`${endpoint}: '${name}' is no text`);
	}
	if (needs.includes('status') && !RECORD_STATUSES.includes(object.status)) {
		complaints.push(`${endpoint}: the record's status is none that is known`);
	}
	return complaints;
}

/** Whether the platform goes on after a status without anything being lost. */
export function isExpected(endpoint: EndpointName, status: number): boolean {
	return status === 200 || status === 201 || (status === 404 && FINDS.includes(endpoint));
}
