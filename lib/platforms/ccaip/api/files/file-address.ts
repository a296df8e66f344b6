/** Which addresses files are fetched from, and with which credential. */
import { isPrivateHost } from '../../../../files/private-address';
import { InputError } from '../errors';
import type { Tenant } from '../tenant';

/** Most characters of an address; signed ones are long. */
const LONGEST_ADDRESS = 8000;

/** Where a file is. */
export interface FileAddress {
	url: string;
	/** Whether it is the tenant's own host, the only one that gets the credential. */
	isTenant: boolean;
}

/**
 * Checks an address before anything is sent to it.
 *
 * Addresses inside the own network are refused unless the user allows them: an event that somebody else has sent could
 * otherwise make n8n fetch what only n8n can reach. The tenant's own machine is never foreign. Names that lead to internal
 * addresses are for n8n's own protection to judge, which sees where they lead.
 *
 * @param written absolute, or relative to `base`
 * @param base what relative addresses and redirects are relative to
 * @throws {InputError} when nothing may be fetched from there
 */
export function fileAddressOf(
	written: string,
	base: string,
	tenant: Tenant,
	allowInternal: boolean,
	field: string,
): FileAddress {
	const address = written.trim();
	const url =
		address.length <= LONGEST_ADDRESS && URL.canParse(address, base) ? new URL(address, base) : undefined;
	if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		throw new InputError(
			field,
			`'${field}' is not a web address.`,
			'Enter the whole address of the file, beginning with https://.',
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw new InputError(
			field,
			`'${field}' has a user or password in it.`,
			'Take them out of the address. The credential signs in where it is needed.',
		);
	}
	const own = new URL(tenant.baseUrl);
	if (!allowInternal && url.hostname !== own.hostname && isPrivateHost(url.hostname)) {
		throw new InputError(
			field,
			`'${field}' leads to an address inside the own network, which is not allowed here.`,
			"If the file is meant to come from there, turn on the option 'Allow Internal Addresses'.",
		);
	}
	return { url: url.href, isTenant: url.origin === own.origin };
}
