/** Who may do what: bearer keys and the roles that each endpoint accepts, any one of which is enough. */
import { ApiError } from './errors';
import type { ApiKey } from './types';

/** The pod that this stand-in plays. */
export const POD = 'prod1';

/** Roles that each kind of access accepts. */
export const ROLES = {
	customerRead: ['org.permission.customer.read', 'org.user.customer.read'],
	customerCreate: ['org.permission.customer.create', 'org.user.customer.write'],
	customerUpdate: ['org.permission.customer.update', 'org.user.customer.write'],
	customerDelete: ['org.permission.customer.delete'],
	conversationRead: ['org.permission.conversation.read', 'org.user.conversation.read'],
	conversationCreate: ['org.permission.conversation.create', 'org.user.conversation.write'],
	conversationUpdate: ['org.permission.conversation.update', 'org.user.conversation.write'],
	conversationDelete: ['org.permission.conversation.delete'],
	tagRemove: ['org.permission.conversation.delete', 'org.user.conversation.write'],
	noteRead: ['org.permission.note.read', 'org.user.note.read'],
	noteCreate: ['org.permission.note.create', 'org.user.note.write'],
	noteUpdate: ['org.permission.note.update', 'org.user.note.write'],
	noteDelete: ['org.permission.note.delete', 'org.user.note.write'],
	messageRead: ['org.permission.message.read', 'org.user.message.read'],
	messageCreate: ['org.permission.message.create', 'org.user.message.write'],
	messageUpdate: ['org.permission.message.update', 'org.user.message.write'],
	attachmentCreate: [
		'org.permission.note.create',
		'org.permission.message.create',
		'org.user.note.write',
		'org.user.message.write',
	],
	attachmentRead: ['org.permission.attachment.read', 'org.user.message.read'],
	userRead: ['org.permission.user.read', 'org.user.read'],
	teamRead: ['org.permission.team.read', 'org.user.team.read'],
	queueRead: ['org.permission.queue.read', 'org.permission.routing.read', 'org.user.routing.read'],
	statusRead: ['org.permission.routing_status.read', 'org.permission.routing.read', 'org.user.routing.read'],
	workSessionRead: [
		'org.permission.work_session.read',
		'org.permission.routing.read',
		'org.user.routing.read',
	],
	userWorkSessionRead: ['org.permission.routing.read', 'org.user.routing.read'],
	workSessionUpdate: [
		'org.permission.work_session.update',
		'org.permission.routing.update',
		'org.user.routing.write',
	],
	tagRead: ['org.permission.tag.read', 'org.user.tag.read'],
	metadataRead: ['org.permission.metadata.read', 'org.user.metadata.read', 'org.admin.metadata.read'],
	metadataUpdate: ['org.permission.metadata.update', 'org.admin.metadata.write'],
	search: [
		'org.permission.search.create',
		'org.permission.search.update',
		'org.permission.search_global.create',
		'org.permission.search_preview.create',
		'org.user.search.read',
		'org.admin.search.read',
	],
	webhookRead: [
		'org.permission.outbound_webhook.read',
		'org.outbound_webhooks',
		'org.admin.outbound_webhooks',
	],
	webhookCreate: [
		'org.permission.outbound_webhook.create',
		'org.outbound_webhooks',
		'org.admin.outbound_webhooks',
	],
	webhookUpdate: [
		'org.permission.outbound_webhook.update',
		'org.outbound_webhooks',
		'org.admin.outbound_webhooks',
	],
	webhookDelete: [
		'org.permission.outbound_webhook.delete',
		'org.outbound_webhooks',
		'org.admin.outbound_webhooks',
	],
	/** Any key that is valid. */
	anyone: [],
} as const satisfies Record<string, readonly string[]>;

export type Access = keyof typeof ROLES;

/** The keys of an organization. Remembers what a key may do, because it is asked at every request. */
export class Keys {
	private readonly byToken = new Map<string, ApiKey>();
	private readonly allowed = new Map<string, Set<Access>>();

	constructor(keys: readonly ApiKey[]) {
		for (const key of keys) {
			this.byToken.set(key.token, key);
			const accesses = (Object.keys(ROLES) as Access[]).filter((access) => mayAccess(key, access));
			this.allowed.set(key.token, new Set(accesses));
		}
	}

	/** @throws 401 for a missing, wrong or ended key and for one of another region */
	authenticate(header: string | undefined): ApiKey {
		const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
		const key = token === undefined ? undefined : this.byToken.get(token);
		// assumes: auth-error-bodies
		if (key === undefined || key.expired === true) {
			throw new ApiError(401, 'unauthorized', 'Unauthorized', {
				detail: token === undefined ? 'No bearer token' : 'The token is not valid',
			});
		}
		// assumes: wrong-region-is-401
		if (key.pod !== undefined && key.pod !== POD) {
			throw new ApiError(401, 'unauthorized', 'Unauthorized', {
				detail: `This token belongs to pod ${key.pod}, but the request is handled by pod ${POD}`,
			});
		}
		return key;
	}

	/** @throws 403 when the key has none of the accepted roles. assumes: missing-role-is-403 */
	authorize(key: ApiKey, access: Access): void {
		if (this.allowed.get(key.token)?.has(access) !== true) {
			throw new ApiError(403, 'forbidden', 'Forbidden', {
				detail: `Needs one of the roles ${ROLES[access].join(', ')}`,
			});
		}
	}
}

/** assumes: shorter-role-covers-longer */
export function hasRole(key: ApiKey, role: string): boolean {
	return key.roles.some((own) => role === own || role.startsWith(`${own}.`));
}

function mayAccess(key: ApiKey, access: Access): boolean {
	return ROLES[access].length === 0 || ROLES[access].some((role) => hasRole(key, role));
}
