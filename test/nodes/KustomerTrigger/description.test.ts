import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv';
import { EVENT_NAMES } from '../../../lib/kustomer/events/names';
import { KustomerTrigger } from '../../../nodes/KustomerTrigger/KustomerTrigger.node';
import { changeItem } from '../../../nodes/KustomerTrigger/outputs';
import { webhookDescription } from '../../../nodes/KustomerTrigger/webhook-description';
import { namesOf, testIconsAndCodex, valuesOf } from '../panel-rules';
import { words } from '../../setup/words';

const FOLDER = join(__dirname, '../../../nodes/KustomerTrigger');
const { description } = new KustomerTrigger();
const named = (name: string) => description.properties.filter((property) => property.name === name);
const values = (name: string) => named(name).map(valuesOf);

describe('the description of kustomerTrigger', () => {
	it('has the names on which workflows rely', () => {
		expect(description).toMatchObject({
			name: 'kustomerTrigger',
			version: 1,
			group: ['trigger'],
			inputs: [],
		});
		expect(namesOf(description.properties)).toEqual(
			words(
				'authentication triggerOn noticeEvents events simplify interval teams acceptPushes noticePushes options',
			),
		);
		expect(values('triggerOn')).toEqual([['events', 'agentStatus']]);
		expect(values('events')).toEqual([[...EVENT_NAMES]]);
		expect(named('options').map(({ options }) => (options ?? []).map(({ name }) => name))).toEqual([
			['changedTo', 'ignoreOwnChanges', 'includeRaw', 'changedFields'],
			['emitAtStart', 'keepMemory', 'teamBy'],
		]);
	});

	testIconsAndCodex(new KustomerTrigger(), 'KustomerTrigger');

	it('has names short enough for the panel', () => {
		for (const { type, displayName } of description.properties) {
			if (type !== 'notice') expect(displayName.length).toBeLessThanOrEqual(26);
		}
	});

	it('registers no webhook where nothing may call it', () => {
		const resolve = (parameters: Record<string, unknown>) => {
			const webhook = webhookDescription();
			const [symbol] = Object.getOwnPropertySymbols(webhook);
			const resolvers = (
				webhook as unknown as Record<symbol, Record<string, { resolve: (p: unknown) => unknown }>>
			)[symbol as symbol];
			return resolvers?.httpMethod?.resolve(parameters);
		};
		expect(resolve({ triggerOn: 'events' })).toBe('POST');
		expect(resolve({ triggerOn: 'agentStatus' })).toBe('');
		expect(resolve({ triggerOn: 'agentStatus', acceptPushes: true })).toBe('POST');
		expect(resolve({})).toBe('POST');
	});

	it('has an output schema that its items fit', () => {
		const { version, ...schema } = JSON.parse(
			readFileSync(join(FOLDER, '__schema__/v1.0.0/output.json'), 'utf8'),
		) as { version: number; properties: Record<string, unknown> };
		expect(version).toBe(1);
		const item = changeItem({
			id: 'i',
			agent: { id: 'a', name: 'A', email: 'a@example.com', teams: ['t'] },
			before: { id: 'b', name: 'B', statusType: 'busy' },
			after: { id: 'c', name: 'C', statusType: 'available' },
			changedAt: '2026-03-02T10:00:00.000Z',
			login: true,
			logout: false,
			initial: false,
			session: { id: 's', signedInAt: '2026-03-02T10:00:00.000Z', teamId: 't' },
		});
		const check = new Ajv().compile(schema);
		expect([check(item), check.errors]).toEqual([true, null]);
		expect(Object.keys(item).filter((field) => !(field in schema.properties))).toEqual([]);
	});
});
