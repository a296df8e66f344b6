/**
 * Users: agents, and the machine users behind API keys. https://developer.kustomer.com/api/access-management
 */
import { emailKey } from '../../domain/email-address';
import type { KustomerClient } from '../client';
import type { User } from '../documents';
import { readOne } from './answers';

/** Kustomer gives up to 500 users per page. */
const PAGE_SIZE = 500;

/** The user behind the credential. Any valid key may ask: the request of the credential test. */
export function getCurrentUser(client: KustomerClient): Promise<User> {
	return readOne<User>(client, 'credential.test', ['users', 'current']);
}

/** @throws {KustomerError} of the kind `notFound` when there is none */
export function getUser(client: KustomerClient, id: string): Promise<User> {
	return readOne<User>(client, 'user.get', ['users', id]);
}

/** Users of the organization. Those that are deleted or machines are left out unless wanted. */
export async function listUsers(
	client: KustomerClient,
	options: { limit?: number; machines?: boolean } = {},
): Promise<User[]> {
	const users = await client.list<User>({
		operation: 'user.list',
		path: ['users'],
		pageSize: PAGE_SIZE,
	});
	const wanted = users.filter((user) => isPerson(user, options.machines ?? false));
	return wanted.slice(0, options.limit);
}

/**
 * Users with exactly this email address, upper and lower case alike. Deleted and machine users are no agents and are
 * left out.
 */
export async function findUsersByEmail(client: KustomerClient, email: string): Promise<User[]> {
	const wanted = emailKey(email);
	const users = await client.list<User>({
		operation: 'user.list',
		path: ['users'],
		query: { email: wanted },
		pageSize: PAGE_SIZE,
		maxPages: 1,
	});
	return users.filter((user) => isPerson(user, false) && emailKey(user.attributes?.email) === wanted);
}

function isPerson(user: User, machines: boolean): boolean {
	const { deletedAt, userType } = user.attributes ?? {};
	return !deletedAt && (machines || userType !== 'machine');
}
