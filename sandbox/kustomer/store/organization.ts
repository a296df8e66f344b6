/** People, teams, queues, statuses, tags, and the definitions of custom attributes. */
import { badParameter } from '../errors';
import type {
	AgentStatusRecord,
	AttributeDefinition,
	CustomizableKind,
	QueueRecord,
	TagRecord,
	TeamRecord,
	UserRecord,
} from '../records';
import { attributeType, defaultDisplayName } from '../schemas/custom';
import { StoredObjects } from './collections';

const TAG_COLORS = ['#2f6f8f', '#8f5f2f', '#5f7f3f', '#7f4f7f', '#3f5f9f', '#9f4f4f'] as const;

export abstract class Organization extends StoredObjects {
	addUser(user: UserRecord): void {
		this.users.set(user.id, user);
		this.tell({ type: 'user', id: user.id });
	}

	addTeam(team: TeamRecord): void {
		this.teams.set(team.id, team);
		this.tell({ type: 'team', id: team.id });
	}

	addQueue(queue: QueueRecord): void {
		this.queues.set(queue.id, queue);
	}

	addStatus(status: AgentStatusRecord): void {
		this.statuses.set(status.id, status);
	}

	/** Adds a tag unless there is one with this name. */
	addTag(name: string, id = this.newId(), createdAt = new Date().toISOString()): TagRecord {
		const known = this.tagIdsByName.get(name);
		if (known !== undefined) return this.tags.get(known)!;
		const tag: TagRecord = {
			id,
			name,
			color: TAG_COLORS[this.tags.size % TAG_COLORS.length]!,
			deleted: false,
			createdAt,
		};
		this.tags.set(id, tag);
		this.tagIdsByName.set(name, id);
		this.tell({ type: 'tag', id });
		return tag;
	}

	/** Adds or changes definitions of custom attributes. @throws 400 for a name without a known suffix */
	defineAttributes(kind: CustomizableKind, attributes: Record<string, Partial<AttributeDefinition>>): void {
		this.changeAttributes(kind, attributes);
	}

	/** The same, as the API does it. assumes: metadata-put-merges */
	putAttributes(kind: CustomizableKind, attributes: Record<string, Partial<AttributeDefinition>>): void {
		this.changeAttributes(kind, attributes, this.options.metadataPut === 'replace');
	}

	/** @param replace removes what is not named */
	private changeAttributes(
		kind: CustomizableKind,
		attributes: Record<string, Partial<AttributeDefinition>>,
		replace = false,
	): void {
		for (const name of Object.keys(attributes)) {
			if (attributeType(name) === undefined) {
				throw badParameter(name, 'Unknown suffix', '/properties/properties/additionalProperties');
			}
		}
		for (const name of replace ? [...this.definitions[kind].keys()] : []) {
			if (!Object.hasOwn(attributes, name)) this.definitions[kind].delete(name);
		}
		for (const [name, definition] of Object.entries(attributes)) {
			const before = replace ? undefined : this.definitions[kind].get(name);
			this.definitions[kind].set(name, {
				displayName: defaultDisplayName(name),
				...before,
				...definition,
				type: attributeType(name)!,
			});
		}
		this.tell({ type: 'metadata', id: kind });
	}

	/** Names of tags, for people and tests. */
	tagNames(tagIds: readonly string[]): string[] {
		return tagIds.map((id) => this.tags.get(id)?.name ?? id);
	}

	/** Ids of tags given by name or id; makes the tags that are missing. assumes: tags-by-name-or-id */
	protected tagIds(namesOrIds: string[]): string[] {
		return [...new Set(namesOrIds.map((tag) => (this.tags.has(tag) ? tag : this.addTag(tag).id)))];
	}
}
