/** `/v1/auth/tokens/current` and `/v1/users/current`: work for every valid key, whatever its roles. */
import { found, type Endpoint } from './endpoint';

export const endpoints: Endpoint[] = [
	{
		method: 'get',
		path: '/auth/tokens/current',
		access: 'anyone',
		handle: ({ key, userId, documents, now }) =>
			found(documents.token(key.name, key.roles, key.token, userId, new Date(now).toISOString())),
	},
	{
		method: 'get',
		path: '/users/current',
		access: 'anyone',
		handle: ({ key, userId, store, documents, now }) =>
			found(
				documents.user(
					store.users.get(userId) ?? {
						id: userId,
						name: key.name,
						email: `${key.name}@machine.sandbox.example`,
						userType: 'machine',
						createdAt: new Date(now).toISOString(),
					},
					key.roles,
				),
			),
	},
];
