import type { KustomerClient } from '../client';
import type { Team } from '../documents';

/** Teams of the organization: https://developer.kustomer.com/api/access-management */
export function listTeams(client: KustomerClient, options: { limit?: number } = {}): Promise<Team[]> {
	return client.list<Team>({ operation: 'team.list', path: ['teams'], pageSize: 500, limit: options.limit });
}
