/** What the panel shows of each platform, from what the platform says of itself. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { EVENT_KINDS, type EventKind } from '../../lib/domain/session';
import type { PlatformSettings, PlatformSetup } from '../../lib/platforms/platform';
import { PLATFORMS } from '../../lib/platforms/platforms';
import { eventOptions } from './outputs';

const DOCS = 'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs';

/** The choices of the parameter 'Platform'. */
export function platformOptions(): INodePropertyOptions[] {
	return PLATFORMS.map(({ name, label, description }) => ({ name: label, value: name, description }));
}

/** For each platform, what a person does on its side. */
export function setupNotices(): INodeProperties[] {
	return PLATFORMS.map(({ name, setup }) => ({
		displayName: notice(setup),
		name: `setup${name.charAt(0).toUpperCase()}${name.slice(1)}`,
		type: 'notice',
		default: '',
		displayOptions: { show: { platform: [name] } },
	}));
}

/** The version of the node from which on all platforms share one list of events. */
const WITH_ONE_LIST = 2.1;

/** What is common to all lists of events. */
const EVENTS: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	default: ['incoming', 'bridged'],
	required: true,
	description:
		'Events that start the workflow. Others that the platform sends are received and start nothing. With Session: Log behind this step, tick all that the platform sends.',
};

/**
 * The parameter 'Events'. Ticks stay when the platform is changed: outputs keep their steps.
 *
 * Up to version 2 each platform has a list of its own under this name. n8n then ticks the usual events of the other platform
 * as soon as it is chosen, and outputs change their places. Saved workflows rely on what those lists tick by themselves.
 */
export function eventParameters(): INodeProperties[] {
	const ofAll: INodeProperties = {
		...EVENTS,
		displayOptions: { show: { '@version': [WITH_ONE_LIST] } },
		options: eventOptions(EVENT_KINDS).map((option) => ({
			...option,
			...onlyFor(option.value as EventKind),
		})),
	};
	const ofEach = PLATFORMS.map(
		({ name, eventKinds, defaultEvents }): INodeProperties => ({
			...EVENTS,
			displayOptions: { show: { platform: [name], '@version': [2] } },
			options: eventOptions(eventKinds),
			default: [...defaultEvents],
		}),
	);
	return [ofAll, ...ofEach];
}

/** Shows an event with the platforms that send it; with all of them, it needs no condition. */
function onlyFor(kind: EventKind): Pick<INodePropertyOptions, 'displayOptions'> {
	const senders = PLATFORMS.filter(({ eventKinds }) => eventKinds.includes(kind)).map(({ name }) => name);
	return senders.length === PLATFORMS.length ? {} : { displayOptions: { show: { platform: senders } } };
}

/** Names of the platforms to which a setting means something. */
export function platformsWith(setting: keyof PlatformSettings): string[] {
	return PLATFORMS.flatMap(({ name, ownSettings }) =>
		ownSettings?.includes(setting) === true ? [name] : [],
	);
}

/** n8n's notices keep only links and lists with bullets. */
function notice({ title, page, steps }: PlatformSetup): string {
	const list = steps.map((step) => `<li>${step.replaceAll('>', '&gt;')}</li>`).join('');
	const samples = `<a href="${DOCS}/sample-events.md" target="_blank">sample events and a test call</a>`;
	return `${title} (<a href="${DOCS}/${page}" target="_blank">step by step</a>):<ul>${list}</ul>Nothing to send yet? Take ${samples}.`;
}
