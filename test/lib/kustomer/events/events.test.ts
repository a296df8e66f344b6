import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import { readEvent } from '../../../../lib/kustomer/events/envelope';
import { whyIgnored, type EventFilter } from '../../../../lib/kustomer/events/filter';
import { EVENT_NAMES, eventOf, kustomerName, tickedEvents } from '../../../../lib/kustomer/events/names';
import { isSignedWith } from '../../../../lib/kustomer/events/signature';

const ALL: EventFilter = { events: EVENT_NAMES, changedFields: [], changedTo: [] };

function update(attributes: Record<string, unknown>, changes: Record<string, unknown>) {
	const event = readEvent({
		id: 'e1',
		name: 'kustomer.conversation.update',
		data: {
			id: 'c1',
			type: 'conversation',
			attributes,
			relationships: { modifiedBy: { data: { type: 'user', id: 'u1' } } },
		},
		changes: { attributes: changes },
	});
	if ('reason' in event) throw new Error(event.reason);
	return event;
}

describe('reading events', () => {
	it('tells who made the change and what it is, custom attributes one by one', () => {
		const event = update(
			{ status: 'done' },
			{
				status: { op: 'replace', before: 'open', after: 'done' },
				custom: { op: 'replace', before: { a: 1, b: 2 }, after: { a: 1, b: 3, c: true } },
				odd: 'no change',
			},
		);
		expect(event).toMatchObject({ id: 'e1', name: 'conversation.update', by: 'u1' });
		expect(event.changes).toEqual({
			status: { before: 'open', after: 'done' },
			'custom.b': { before: 2, after: 3 },
			'custom.c': { before: null, after: true },
		});
	});

	it('never throws, whatever comes', () => {
		const nested = fc.letrec((tie) => ({
			value: fc.oneof(
				{ maxDepth: 3 },
				fc.jsonValue(),
				fc.record({ id: fc.string(), attributes: tie('value') }),
			),
		})).value;
		fc.assert(
			fc.property(
				fc.record({
					name: fc.constantFrom(...EVENT_NAMES.map(kustomerName)),
					data: nested,
					changes: nested,
					id: nested,
				}),
				(body) => {
					const event = readEvent(body);
					if ('reason' in event) expect(event.reason).toMatch(/\.$/);
					else
						whyIgnored(event, { ...ALL, changedFields: ['custom'], changedTo: [{ field: 'a', value: '' }] });
				},
			),
		);
	});

	it('knows exactly the twelve events', () => {
		expect(EVENT_NAMES).toHaveLength(12);
		expect(EVENT_NAMES.map((name) => eventOf(kustomerName(name)))).toEqual(EVENT_NAMES);
		expect(eventOf('kustomer.note.create')).toBeUndefined();
		expect(tickedEvents(['tag.update', 'customer.create', 'x', 5])).toEqual([
			'customer.create',
			'tag.update',
		]);
		expect(tickedEvents('customer.create')).toEqual([]);
	});
});

describe('filtering events', () => {
	const done = update({ status: 'done' }, { status: { op: 'replace', before: 'open', after: 'done' } });

	it.each<[string, Partial<EventFilter>, boolean]>([
		['everything', {}, true],
		['not ticked', { events: ['tag.create'] }, false],
		['a field that changed', { changedFields: ['priority', 'status'] }, true],
		['fields that did not', { changedFields: ['priority', 'custom'] }, false],
		['the value it got, whatever its case', { changedTo: [{ field: 'status', value: ' DONE' }] }, true],
		['the value it had', { changedTo: [{ field: 'status', value: 'open' }] }, false],
		['another field', { changedTo: [{ field: 'name', value: '' }] }, false],
		['changed by ourselves', { ignoreBy: 'u1' }, false],
		['changed by somebody else', { ignoreBy: 'u2' }, true],
	])('%s', (_, filter, wanted) => {
		const reason = whyIgnored(done, { ...ALL, ...filter });
		if (wanted) expect(reason).toBeUndefined();
		else expect(reason).toMatch(/\.$/);
	});

	it('an entry of a list counts as a value, but not one that was there before', () => {
		const event = update({}, { tags: { op: 'replace', before: ['a'], after: ['a', 'b'] } });
		expect(whyIgnored(event, { ...ALL, changedTo: [{ field: 'tags', value: 'b' }] })).toBeUndefined();
		expect(whyIgnored(event, { ...ALL, changedTo: [{ field: 'tags', value: 'a' }] })).toBeDefined();
	});

	it('something new counts with the values that it has', () => {
		const event = readEvent({
			name: 'kustomer.customer.create',
			data: { id: '1', attributes: { custom: { vipBool: true } } },
		});
		if ('reason' in event) throw new Error(event.reason);
		const filter = { ...ALL, changedFields: ['status'] };
		expect(
			whyIgnored(event, { ...filter, changedTo: [{ field: 'custom.vipBool', value: 'true' }] }),
		).toBeUndefined();
		expect(
			whyIgnored(event, { ...filter, changedTo: [{ field: 'custom.vipBool', value: 'no' }] }),
		).toBeDefined();
	});
});

it('only the signature of exactly this body with exactly this token is accepted', () => {
	const body = Buffer.from('{"a":"é"}');
	const signature = createHmac('sha256', 'token').update(body).digest('hex');
	expect(isSignedWith('token', body, signature)).toBe(true);
	expect(isSignedWith('token', body, signature.toUpperCase())).toBe(true);
	for (const [token, bytes, given] of [
		['Token', body, signature],
		['token', Buffer.from('{"a":"é"} '), signature],
		['token', body, signature.slice(1)],
		['token', body, `${signature}00`],
		['token', body, ''],
		['', body, createHmac('sha256', '').update(body).digest('hex')],
	] as const) {
		expect(isSignedWith(token, bytes, given)).toBe(false);
	}
});
