/** Turns records into Kustomer's JSON:API-like answers. Links are relative paths. */
import type {
	AgentStatusRecord,
	AttachmentRecord,
	ConversationRecord,
	CustomerRecord,
	CustomizableKind,
	MessageRecord,
	NoteRecord,
	QueueRecord,
	TagRecord,
	TeamRecord,
	UserRecord,
	WorkSessionRecord,
} from './records';
import type { KustomerStore } from './store';

interface Relation {
	links: { self: string };
	data: { type: string; id: string };
}

/** One object of an answer. */
export interface Resource {
	type: string;
	id: string;
	attributes: Record<string, unknown>;
	relationships: Record<string, unknown>;
	links: { self: string; related?: string };
}

/** Makes answers for one organization. assumes: quiet-defaults */
export class Documents {
	private readonly org: Relation;

	constructor(
		private readonly store: KustomerStore,
		organizationId: string,
		/** Absolute address of the stand-in: uploads and downloads leave the API. */
		private readonly address: () => string,
		/** Absolute address that uploads are told to go to. */
		private readonly storage: () => string,
	) {
		this.org = relation('org', `/v1/orgs/${organizationId}`, organizationId);
	}

	customer(record: CustomerRecord): Resource {
		const { id, other, counts } = record;
		const lastConversation = this.store.conversations.get(record.conversationIds.at(-1) ?? '');
		const name = record.name ?? '';
		return {
			type: 'customer',
			id,
			attributes: {
				company: undefined,
				username: null,
				signedUpAt: null,
				avatarUrl: null,
				locale: null,
				timeZone: null,
				birthdayAt: null,
				gender: null,
				facebookIds: [],
				instagramIds: [],
				sharedExternalIds: [],
				sharedSocials: [],
				defaultLang: 'en_us',
				sentiment: { polarity: 0, confidence: 0 },
				lastSeenAt: record.lastActivityAt,
				lastCustomerActivityAt: record.lastMessageInAt ?? record.lastActivityAt,
				...other,
				urls: withId(other.urls, { type: 'other' }),
				locations: withId(other.locations, {}),
				name: record.name,
				displayName: name !== '' ? name : (record.emails[0]?.email ?? record.phones[0]?.phone ?? 'Unknown'),
				displayColor: DISPLAY_COLORS[Number.parseInt(id.slice(-2), 16) % DISPLAY_COLORS.length],
				displayIcon: 'circle',
				externalId: record.externalId,
				externalIds: withId(record.externalIds, { verified: false }),
				emails: withId(record.emails, { type: 'other', verified: false }),
				sharedEmails: withId(record.sharedEmails, { type: 'other', verified: false }),
				phones: withId(record.phones, { type: 'other', verified: false }),
				sharedPhones: withId(record.sharedPhones, { type: 'other', verified: false }),
				whatsapps: withId(record.whatsapps, { type: 'mobile', verified: false }),
				socials: withId(record.socials, { userid: '', url: '', verified: false }),
				activeUsers: [],
				watchers: [],
				recentLocation: { updatedAt: record.updatedAt },
				presence: 'offline',
				createdAt: record.createdAt,
				updatedAt: record.updatedAt,
				modifiedAt: record.modifiedAt,
				lastActivityAt: record.lastActivityAt,
				...(record.lastMessageInAt === undefined
					? {}
					: { lastMessageIn: { sentAt: record.lastMessageInAt, sentiment: null } }),
				...(lastConversation === undefined
					? { lastConversation: { tags: [] } }
					: {
							lastConversation: {
								id: lastConversation.id,
								sentiment: { polarity: 0, confidence: 0 },
								channels: lastConversation.channels,
								tags: lastConversation.tags,
							},
						}),
				conversationCounts: { ...counts },
				...(record.lastMessagePreview === undefined
					? {}
					: {
							preview: {
								previewAt: record.lastMessagePreview.at,
								type: record.lastMessagePreview.channel,
								text: record.lastMessagePreview.text,
								subject: record.lastMessagePreview.subject,
							},
						}),
				tags: record.tags,
				progressiveStatus:
					counts.open > 0 ? 'open' : counts.snoozed > 0 ? 'snoozed' : counts.done > 0 ? 'done' : null,
				verified: false,
				custom: record.custom,
				rev: record.rev,
			},
			relationships: {
				org: this.org,
				messages: { links: { self: `/v1/customers/${id}/messages` } },
				createdBy: user(record.createdBy),
				modifiedBy: user(record.modifiedBy),
				...(typeof other.company === 'string'
					? { company: relation('company', `/v1/companies/${other.company}`, other.company) }
					: {}),
			},
			links: { self: `/v1/customers/${id}` },
		};
	}

	conversation(record: ConversationRecord): Resource {
		const { id } = record;
		return {
			type: 'conversation',
			id,
			attributes: {
				...record.other,
				...(record.externalId === undefined ? {} : { externalId: record.externalId }),
				name: record.name,
				channels: record.channels,
				status: record.status,
				open: { statusAt: record.openedAt },
				messageCount: record.messageIds.length,
				noteCount: record.noteIds.length,
				satisfaction: record.satisfaction ?? 0,
				createdAt: record.createdAt,
				updatedAt: record.updatedAt,
				modifiedAt: record.modifiedAt,
				...(record.lastMessageAt === undefined ? {} : { lastMessageAt: record.lastMessageAt }),
				...(record.priority === undefined ? {} : { priority: record.priority }),
				tags: record.tags,
				suggestedTags: record.other.suggestedTags ?? [],
				sentiment: record.other.sentiment ?? { polarity: 0, confidence: 0 },
				lastMessageIn: record.lastMessageIn ?? {},
				...(record.lastMessageOut === undefined ? {} : { lastMessageOut: record.lastMessageOut }),
				...(record.lastMessageDirection === undefined
					? {}
					: { lastMessageDirection: record.lastMessageDirection }),
				...(record.preview === undefined ? {} : { preview: record.preview }),
				assignedUsers: record.assignedUsers,
				assignedTeams: record.assignedTeams,
				firstResponse: record.firstResponse ?? {},
				// assumes: direction-default
				direction: record.direction ?? 'in',
				inboundMessageCount: record.inboundCount,
				outboundMessageCount: record.outboundCount,
				doneCount: record.doneCount,
				reopenCount: record.reopenCount,
				snoozeCount: record.snoozeCount,
				...(record.snooze === undefined ? {} : { snooze: record.snooze }),
				...(record.firstDoneAt === undefined ? {} : { firstDone: { createdAt: record.firstDoneAt } }),
				// assumes: last-done-stays
				...(record.lastDoneAt === undefined ? {} : { lastDone: { createdAt: record.lastDoneAt } }),
				// assumes: modification-history
				modificationHistory: {
					statusAt: record.statusAt,
					...(record.assignedUsersAt === undefined ? {} : { assignedUsersAt: record.assignedUsersAt }),
				},
				...(record.externalQueue === undefined ? {} : { externalQueue: record.externalQueue }),
				custom: record.custom,
				rev: record.rev,
			},
			relationships: {
				org: this.org,
				customer: relation('customer', `/v1/customers/${record.customerId}`, record.customerId),
				messages: { links: { self: `/v1/conversations/${id}/messages` } },
				createdBy: user(record.createdBy),
				modifiedBy: user(record.modifiedBy),
				...(record.queueId === undefined
					? {}
					: { queue: relation('queue', `/v1/routing/queues/${record.queueId}`, record.queueId) }),
			},
			links: { self: `/v1/conversations/${id}` },
		};
	}

	message(record: MessageRecord): Resource {
		const { id } = record;
		return {
			type: 'message',
			id,
			attributes: {
				auto: false,
				sentiment: { polarity: 0, confidence: 0 },
				lang: 'en_us',
				...record.other,
				...(record.externalId === undefined ? {} : { externalId: record.externalId }),
				channel: record.channel,
				app: record.app,
				size: record.size,
				direction: record.direction,
				directionType: record.directionType,
				preview: record.preview,
				subject: record.subject,
				meta: record.meta,
				status: record.status,
				sentAt: record.sentAt,
				createdAt: record.createdAt,
				updatedAt: record.updatedAt,
				modifiedAt: record.modifiedAt,
				custom: record.custom,
				rev: record.rev,
			},
			relationships: {
				org: this.org,
				createdBy: user(record.createdBy),
				modifiedBy: user(record.modifiedBy),
				// The plural type is how the documentation shows it.
				customer: relation('customers', `/v1/customers/${record.customerId}`, record.customerId),
				conversation: conversationRelation(record.conversationId),
				...(record.attachments.length === 0
					? {}
					: {
							attachments: {
								links: { self: `/v1/messages/${id}/attachments` },
								data: record.attachments.map(({ _id }) => ({ type: 'attachment', id: _id })),
							},
						}),
			},
			links: { self: `/v1/messages/${id}`, related: `/v1/conversations/${record.conversationId}` },
		};
	}

	note(record: NoteRecord): Resource {
		return {
			type: 'note',
			id: record.id,
			attributes: {
				...record.other,
				body: record.body,
				...(record.externalId === undefined ? {} : { externalId: record.externalId }),
				...(record.attachments.length === 0 ? {} : { attachments: record.attachments }),
				createdAt: record.createdAt,
				updatedAt: record.updatedAt,
				modifiedAt: record.modifiedAt,
			},
			relationships: {
				org: this.org,
				customer: relation('customer', `/v1/customers/${record.customerId}`, record.customerId),
				createdBy: user(record.createdBy),
				modifiedBy: user(record.modifiedBy),
				conversation: conversationRelation(record.conversationId),
				userMentions: {
					data: record.userMentions.flatMap(({ user: userId, team }) => [
						...(userId === undefined ? [] : [{ type: 'user', id: userId }]),
						...(team === undefined ? [] : [{ type: 'team', id: team }]),
					]),
				},
			},
			links: { self: `/v1/notes/${record.id}` },
		};
	}

	attachment(record: AttachmentRecord): Resource {
		const { id, messageId } = record;
		return {
			type: 'attachment',
			id,
			attributes: {
				name: record.name,
				contentType: record.contentType,
				contentLength: record.contentLength,
				uploaded: record.content !== undefined || record.externalUrl !== undefined,
				redacted: record.redacted,
				...(record.renderMode === undefined ? {} : { renderMode: record.renderMode }),
			},
			relationships: {
				org: this.org,
				...(messageId === undefined
					? {}
					: { message: relation('message', `/v1/messages/${messageId}`, messageId) }),
			},
			links: {
				self: `/v1/attachments/${id}`,
				related: record.externalUrl ?? `${this.address()}/files/${id}?signature=${record.signature}`,
			},
		};
	}

	/** Where and with which fields the file of an attachment is uploaded. */
	upload(record: AttachmentRecord): { url: string; fields: Record<string, string> } {
		const day = record.createdAt.slice(0, 10).replaceAll('-', '');
		return {
			url: this.storage(),
			fields: {
				key: `attachments/${record.id}`,
				acl: 'private',
				'Content-Type': record.contentType,
				'X-Amz-Meta-Attachment-Id': record.id,
				bucket: 'sandbox-attachments',
				'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
				'X-Amz-Credential': `SANDBOX/${day}/sandbox/s3/aws4_request`,
				'X-Amz-Date': record.createdAt.replace(/[-:]|\.\d+/g, ''),
				Policy: Buffer.from(JSON.stringify({ length: record.contentLength })).toString('base64'),
				'X-Amz-Signature': record.signature,
			},
		};
	}

	user(record: UserRecord, roles: readonly string[] = []): Resource {
		return {
			type: 'user',
			id: record.id,
			attributes: {
				name: record.name,
				displayName: record.name,
				email: record.email,
				userType: record.userType,
				roles,
				roleGroups: [],
				createdAt: record.createdAt,
				updatedAt: record.createdAt,
				modifiedAt: record.createdAt,
				...(record.deletedAt === undefined ? {} : { deletedAt: record.deletedAt }),
			},
			relationships: { org: this.org },
			links: { self: `/v1/users/${record.id}` },
		};
	}

	team(record: TeamRecord): Resource {
		return {
			type: 'team',
			id: record.id,
			attributes: {
				name: record.name,
				displayName: record.name,
				members: record.members,
				createdAt: record.createdAt,
				updatedAt: record.createdAt,
			},
			relationships: { org: this.org },
			links: { self: `/v1/teams/${record.id}` },
		};
	}

	queue(record: QueueRecord): Resource {
		return {
			type: 'queue',
			id: record.id,
			attributes: {
				name: record.name,
				displayName: record.name,
				priority: 1,
				itemSize: 1,
				system: false,
				description: '',
				createdAt: record.createdAt,
				updatedAt: record.createdAt,
			},
			relationships: { org: this.org },
			links: { self: `/v1/routing/queues/${record.id}` },
		};
	}

	agentStatus(record: AgentStatusRecord): Resource {
		return {
			type: 'routing_status',
			id: record.id,
			attributes: {
				name: record.name,
				description: '',
				statusType: record.statusType,
				selectable: record.selectable ?? record.statusType !== 'busy',
				system: record.system,
				enabled: record.enabled !== false,
				routable: record.statusType === 'available',
				createdAt: record.createdAt,
				updatedAt: record.createdAt,
			},
			relationships: { org: this.org },
			links: { self: `/v1/routing/statuses/${record.id}` },
		};
	}

	/** assumes: work-session-attributes */
	workSession(record: WorkSessionRecord): Resource {
		const { id, userId, teamId, statusId } = record;
		const statusType = this.store.statuses.get(statusId)?.statusType ?? 'unavailable';
		const times = [...record.times].map(([status, { statusAt, time, count }]) => [
			status,
			{
				statusAt,
				statusSelectedCount: count,
				...(time === undefined ? {} : { time, businessTime: time }),
			},
		]);
		return {
			type: 'work_session',
			id,
			attributes: {
				routable: statusType === 'available',
				active: record.signedOutAt === undefined,
				statusType,
				capacityStatus: 'idle',
				workItemCount: 0,
				pausedWorkItemCount: 0,
				signedInAt: record.signedInAt,
				...(record.signedOutAt === undefined ? {} : { signedOutAt: record.signedOutAt }),
				capacity: [],
				capacityRemaining: 4,
				totalCapacity: 4,
				handledItemCount: 0,
				handledConversationCount: 0,
				totalTimeByStatus: Object.fromEntries(times) as Record<string, unknown>,
				createdAt: record.createdAt,
				updatedAt: record.updatedAt,
				modifiedAt: record.modifiedAt,
				rev: record.rev,
			},
			relationships: {
				org: this.org,
				user: user(userId),
				...(teamId === undefined ? {} : { team: relation('team', `/v1/teams/${teamId}`, teamId) }),
				status: relation('status', `/v1/routing/statuses/${statusId}`, statusId),
				queues: { data: [] },
				modifiedBy: user(record.modifiedBy),
			},
			links: { self: `/v1/routing/work-sessions/${id}` },
		};
	}

	tag(record: TagRecord): Resource {
		return {
			type: 'tag',
			id: record.id,
			attributes: {
				name: record.name,
				color: record.color,
				deleted: record.deleted,
				createdAt: record.createdAt,
				updatedAt: record.createdAt,
			},
			relationships: { org: this.org },
			links: { self: `/v1/tags/${record.id}` },
		};
	}

	metadata(kind: CustomizableKind): Resource {
		return {
			type: 'metadata',
			id: kind,
			attributes: { properties: Object.fromEntries(this.store.definitions[kind]) },
			relationships: { org: this.org },
			links: { self: `/v1/metadata/${kind}` },
		};
	}

	token(name: string, roles: readonly string[], token: string, userId: string, now: string): Resource {
		return {
			type: 'token',
			id: userId.replace(/^.{2}/, 'aa'),
			attributes: {
				name,
				lastTokenChars: token.slice(-4),
				ipAddress: '127.0.0.1',
				userAgent: '',
				roles,
				createdAt: now,
				updatedAt: now,
				lastAccessedAt: now,
			},
			relationships: { org: this.org, user: user(userId) },
			links: { self: '/v1/auth/tokens/current' },
		};
	}
}

/** Entries of a list as answers show them: each has an id, which is null for what was written here. */
function withId(entries: unknown, defaults: object): object[] {
	return ((entries ?? []) as object[]).map((entry) => ({ ...defaults, ...entry, id: null }));
}

const DISPLAY_COLORS = ['teal', 'indigo', 'plum', 'olive', 'rust', 'navy'] as const;

function relation(type: string, self: string, id: string): Relation {
	return { links: { self }, data: { type, id } };
}

function user(id: string): Relation {
	return relation('user', `/v1/users/${id}`, id);
}

function conversationRelation(id: string): Relation {
	return relation('conversation', `/v1/conversations/${id}`, id);
}
