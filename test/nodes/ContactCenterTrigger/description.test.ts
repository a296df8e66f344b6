import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { findPlatform } from '../../../lib/platforms/find-platform';
import { PLATFORMS } from '../../../lib/platforms/platforms';
import { EVENT_KINDS } from '../../../lib/domain/session';
import { ContactCenterTrigger } from '../../../nodes/ContactCenterTrigger/ContactCenterTrigger.node';
import { EVENT_LABELS, outputIndex, tickedEvents } from '../../../nodes/ContactCenterTrigger/outputs';
import { namesOf, testIconsAndCodex, valuesOf } from '../panel-rules';
import { words } from '../../setup/words';

const FOLDER = join(__dirname, '../../../nodes/ContactCenterTrigger');
const { description } = new ContactCenterTrigger();

function parameters(name: string): INodeProperties[] {
	return description.properties.filter((property) => property.name === name);
}

describe('the description of contactCenterTrigger', () => {
	testIconsAndCodex(new ContactCenterTrigger(), 'ContactCenterTrigger');

	it('has the names on which workflows rely', () => {
		expect(description).toMatchObject({
			name: 'contactCenterTrigger',
			version: [2, 2.1],
			group: ['trigger'],
			inputs: [],
		});
		expect(namesOf(description.properties)).toEqual(
			words(
				'platform credentialInUse setupBabelforce setupCcaip setupGeneric path events outputs respond options',
			),
		);
		expect(valuesOf(parameters('outputs')[0])).toEqual(['perEvent', 'single']);
		expect(valuesOf(parameters('respond')[0])).toEqual(['immediately', 'whenFinished']);
		const [options] = parameters('options');
		expect((options?.options ?? []).map(({ name }) => name).sort()).toEqual([
			'allowedOrigins',
			'externalIdPrefix',
			'sessionIdField',
			'sessionIdFrom',
			'sourceName',
		]);
	});

	it('offers every platform, with its events in the order of a call and a notice for its side', () => {
		expect(valuesOf(parameters('platform')[0])).toEqual(PLATFORMS.map(({ name }) => name));
		for (const platform of PLATFORMS) {
			const [ofAll, ...ofEach] = parameters('events');
			const [before, ...more] = ofEach.filter(({ displayOptions }) =>
				displayOptions?.show?.platform?.includes(platform.name),
			);
			expect(more).toEqual([]);
			expect(valuesOf(before)).toEqual([...platform.eventKinds]);
			const offered = ((ofAll?.options ?? []) as INodePropertyOptions[]).filter(
				({ displayOptions }) => displayOptions?.show?.platform?.includes(platform.name) ?? true,
			);
			expect(offered.map(({ value }) => value)).toEqual([...platform.eventKinds]);
			const notice = description.properties.filter(
				({ type, displayOptions }) =>
					type === 'notice' && displayOptions?.show?.platform?.includes(platform.name),
			);
			expect(notice).toHaveLength(1);
			expect(notice[0]?.displayName).toMatch(/<a href="https:[^"]*\.md".*<li>.*<li>.*<li>/s);
		}
	});

	it('B6: starts with the events that the ready-made workflows need, and none that is not about a session', () => {
		const defaults = parameters('events').map(({ displayOptions, default: ticked }) => [
			displayOptions?.show?.platform ?? displayOptions?.show?.['@version'],
			ticked,
		]);
		expect(defaults).toEqual([
			[[2.1], ['incoming', 'bridged']],
			[['babelforce'], ['incoming', 'bridged']],
			[['ccaip'], EVENT_KINDS.filter((kind) => kind !== 'message' && kind !== 'other')],
			[['generic'], ['incoming', 'bridged']],
		]);
	});

	it('X2: only CCAI Platform hands on events that are about no session', () => {
		expect(PLATFORMS.filter(({ eventKinds }) => (eventKinds as readonly string[]).includes('other'))).toEqual(
			[findPlatform('ccaip')],
		);
	});

	it('U1: the notice for CCAI Platform names the settings of the usual way, and leaves the others to its page', () => {
		const text = parameters('setupCcaip')[0]?.displayName ?? '';
		for (const word of [
			'UJET',
			'Developer Settings',
			'External Session Events',
			'user and password',
			'ccaip.md',
		]) {
			expect(text).toContain(word);
		}
		expect(text).not.toContain('X-Signature');
		const page = readFileSync(join(__dirname, '../../../docs/ccaip.md'), 'utf8');
		for (const word of [
			'X-Signature',
			'X-Signature-Timestamp',
			'Base64',
			'call-123.json',
			'## Agent adapter',
		]) {
			expect(page).toContain(word);
		}
	});

	it('B6: no notice is longer than a person reads: four lines, and none of more than 250 characters', () => {
		for (const { displayName } of description.properties.filter(({ type }) => type === 'notice')) {
			const lines = [...displayName.matchAll(/<li>(.*?)<\/li>/g)].map(([, line = '']) => line);
			expect(lines.length).toBeLessThanOrEqual(4);
			for (const line of lines) expect(line.length).toBeLessThanOrEqual(250);
		}
	});

	it('B6: the notice for babelforce names both automations, their addresses and their buckets', () => {
		const [notice] = parameters('setupBabelforce');
		for (const word of [
			'Inbound call',
			'Call bridged',
			'?event=call.inbound',
			'?event=call.bridged',
			'Agent',
			'Queue',
			'POST',
			'header',
		]) {
			expect(notice?.displayName).toContain(word);
		}
	});

	it('B6: listens to POST and GET on one path, of which the panel shows one', () => {
		const webhooks = description.webhooks ?? [];
		expect(webhooks.map(({ httpMethod, ndvHideUrl }) => [httpMethod, ndvHideUrl])).toEqual([
			['POST', undefined],
			['GET', true],
		]);
		expect(new Set(webhooks.map(({ path }) => path)).size).toBe(1);
		expect(new Set(webhooks.map(({ name }) => name)).size).toBe(2);
	});

	it('B6: requires the credential, and has the test that it names', () => {
		const [credential] = description.credentials ?? [];
		expect(credential).toMatchObject({ name: 'contactCenterWebhookApi', required: true });
		expect(Object.keys(new ContactCenterTrigger().methods.credentialTest)).toEqual([credential?.testedBy]);
	});
});

describe('the outputs', () => {
	it('B6: have a name of their own for every kind of event', () => {
		const names = EVENT_KINDS.map((kind) => EVENT_LABELS[kind].output);
		expect(new Set(names).size).toBe(EVENT_KINDS.length);
		expect(names).toEqual(
			words(`
			Incoming Outgoing Queued Assigned Answered Message Transferred Ended Voicemail Recording Disposition
			Rated Metadata Updated Other
		`),
		);
		for (const name of names) expect(name.length).toBeLessThanOrEqual(12);
	});

	it('B6: do not depend on the order in which events were ticked', () => {
		expect(tickedEvents(['ended', 'nonsense', 'incoming'])).toEqual(['incoming', 'ended']);
		expect(tickedEvents('ended')).toEqual([]);
		expect(outputIndex('ended', ['incoming', 'ended'], 'perEvent')).toBe(1);
		expect(outputIndex('ended', ['incoming', 'ended'], 'single')).toBe(0);
		expect(outputIndex('rated', ['incoming', 'ended'], 'single')).toBeUndefined();
	});
});

describe('the output schema', () => {
	it('describes every field of the item, and no other', () => {
		const schema = JSON.parse(readFileSync(join(FOLDER, '__schema__/v2.0.0/output.json'), 'utf8')) as {
			properties: Record<string, { properties?: Record<string, unknown> }>;
		};
		expect(Object.keys(schema.properties)).toEqual(
			words('event eventName occurredAt receivedAt externalId callId session raw agent problem'),
		);
		const source = readFileSync(join(__dirname, '../../../lib/domain/session.ts'), 'utf8');
		const [, session = ''] = /export interface Session \{(.*?)\n\}/s.exec(source) ?? [];
		const declared = [...session.matchAll(/^\t(\w+)\??:/gm)].map(([, name]) => name);
		expect(Object.keys(schema.properties.session?.properties ?? {}).sort()).toEqual(declared.sort());
	});
});
