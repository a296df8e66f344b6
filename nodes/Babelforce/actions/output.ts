/** What the node gives back: a flat object with the fields that workflows use, or what babelforce answered. */
import type { IDataObject } from 'n8n-workflow';

import { holdOf, isEnabled, lineStatusOf } from '../../../lib/platforms/babelforce/agent-hold';
import type { Agent, Call, Recording } from '../../../lib/platforms/babelforce/api/documents';
import { plainId } from '../../../lib/platforms/babelforce/api/ids';
import {
	presenceOf,
	type StatusOutcome,
} from '../../../lib/platforms/babelforce/api/resources/agent-statuses';
import { availabilityOf } from '../../../lib/platforms/babelforce/api/resources/recordings';
import { objectsIn } from '../../../lib/platforms/item-fields';
import type { ItemParameters } from '../../../lib/n8n/panel/parameters';
import { filled } from '../../../lib/n8n/run/present';

/** A call, flat. `agentId` and `agentName` are whom it was connected to; `ready` says whether a recording can be fetched. */
export function simpleCall(call: Call): IDataObject {
	const bridged = call.bridged ?? {};
	const recordings = objectsIn(call.recordings);
	return filled({
		id: plainId(call.id),
		parentId: plainId(call.parentId),
		sessionId: plainId(call.sessionId),
		conversationId: plainId(call.conversationId),
		type: call.type,
		state: call.state,
		finishReason: call.finishReason,
		from: call.from,
		to: call.to,
		anonymous: call.anonymous,
		source: call.source,
		domain: call.domain,
		agentId: plainId(bridged.agent?.id ?? bridged.id),
		agentName: bridged.agent?.name ?? bridged.name,
		queueId: plainId(bridged.queueId),
		queueName: bridged.queueName,
		duration: call.duration,
		dateCreated: call.dateCreated,
		dateEstablished: call.dateEstablished,
		dateFinished: call.dateFinished,
		lastUpdated: call.lastUpdated,
		recordingIds: recordings.map(({ id }) => plainId(id)),
		recordingReady: recordings.some((recording) => availabilityOf(recording) === 'ready'),
	});
}

/** A recording, flat. `ready` says whether its file can be fetched. */
export function simpleRecording(recording: Recording): IDataObject {
	const { call, agent, file } = recording;
	return filled({
		id: plainId(recording.id),
		ready: availabilityOf(recording) === 'ready',
		state: recording.state,
		duration: recording.duration,
		callId: plainId(call?.id),
		conversationId: plainId(call?.conversationId),
		type: call?.type,
		from: call?.from,
		to: call?.to,
		agentId: plainId(agent?.id),
		agentName: agent?.name,
		fileId: plainId(file?.id),
		fileState: file?.state,
		fileName: file?.name,
		fileSize: file?.size,
		contentType: file?.contentType,
		url: recording.url,
		tags: recording.tags ?? [],
	});
}

/** An agent, flat. */
export function simpleAgent(agent: Agent): IDataObject {
	return filled({
		id: plainId(agent.id),
		name: agent.name,
		email: agent.email,
		number: agent.number,
		sourceId: agent.sourceId,
		agentSource: agent.agentSource,
		enabled: agent.enabled,
		available: agent.available,
		lineStatus: agent.state ?? agent.status?.line_status,
		presence: agent.presence?.name,
		displayStatus: agent.display_status ?? agent.status?.display_status,
		groups: objectsIn(agent.groups).map(({ id, name }) => name ?? id),
		tags: agent.tags ?? [],
		dateCreated: agent.dateCreated,
		lastUpdated: agent.lastUpdated,
	});
}

/**
 * What an agent is doing, flat. `hold` says why the agent should not be touched now, and is absent when nothing speaks
 * against it (rule S8).
 */
export function agentStatusItem(agent: Agent): IDataObject {
	const { status } = agent;
	const presence = status?.presence ?? agent.presence;
	return filled({
		id: plainId(agent.id),
		sourceId: agent.sourceId,
		name: agent.name,
		email: agent.email,
		number: agent.number,
		enabled: isEnabled(agent),
		available: status?.available ?? agent.available,
		presence: presenceOf(agent),
		presenceLabel: presence?.label,
		lineStatus: lineStatusOf(agent),
		outboundStatus: status?.outbound_status,
		displayStatus: status?.display_status ?? agent.display_status,
		hold: holdOf(agent),
		groups: objectsIn(agent.groups).map(({ id, name }) => name ?? id),
	});
}

/** What came of setting something: the outcome, and the agent as known afterwards. */
export function outcomeItem({ agent, outcome, hold, reason, previousPresence }: StatusOutcome): IDataObject {
	return { ...agentStatusItem(agent), ...filled({ outcome, hold, reason, previousPresence }) };
}

/** The object flat when Simplify is on, else as babelforce answered it. */
export function result<T extends object>(
	parameters: ItemParameters,
	object: T,
	simple: (object: T) => IDataObject,
): IDataObject {
	return parameters.get('simplify') === false ? (object as IDataObject) : simple(object);
}
