/** What the panel shows of each platform, from what the platform says of itself. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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

/** For each platform, the parameter 'Events'. */
export function eventParameters(): INodeProperties[] {
	return PLATFORMS.map(({ name, eventKinds, defaultEvents }) => ({
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		displayOptions: { show: { platform: [name] } },
		options: eventOptions(eventKinds),
		default: [...defaultEvents],
		description:
			'Events that start the workflow. Other known events are answered with 200 and start nothing.',
	}));
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
