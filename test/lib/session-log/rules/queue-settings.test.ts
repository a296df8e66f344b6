import fc from 'fast-check';

import { settingsFor } from '../../../../lib/session-log/rules/queue-settings';
import {
	DEFAULT_RECORD_SETTINGS,
	type QueueSettings,
	type RecordSettings,
} from '../../../../lib/session-log/rules/record-settings';

const session = { menuPath: ['Orders', 'Delivery'], queue: { id: '8469' } };

const everywhere = (settings: Partial<RecordSettings>): RecordSettings => ({
	...DEFAULT_RECORD_SETTINGS,
	...settings,
});

describe('settings of single queues', () => {
	// The four rows of the platform's table "Settings inheritance and overriding", and the sentence about empty values.
	it.each<[string, Partial<RecordSettings>, Partial<RecordSettings>, Partial<RecordSettings>]>([
		[
			'off and not set for the queue: off',
			{ delayUntilConnected: false },
			{},
			{ delayUntilConnected: false },
		],
		[
			'off and on for the queue: the queue overrides',
			{ delayUntilConnected: false },
			{ delayUntilConnected: true },
			{ delayUntilConnected: true },
		],
		['on and not set for the queue: inherited', { reopenDays: 7 }, {}, { reopenDays: 7 }],
		['on and on for the queue: the queue overrides', { reopenDays: 7 }, { reopenDays: 2 }, { reopenDays: 2 }],
		[
			'on and set to nothing for the queue: nothing',
			{ reopenDays: 7, chatMinMessages: 3, abandonedChats: 'all', append: true },
			{ reopenDays: 0, chatMinMessages: 0, abandonedChats: 'none', append: false },
			{ reopenDays: 0, chatMinMessages: 0, abandonedChats: 'none', append: false },
		],
	])('U8: %s', (_, global, queue, expected) => {
		expect(settingsFor(session, everywhere(global), [{ queue: 'Delivery', settings: queue }])).toEqual({
			settings: everywhere(expected),
			queue: 'Delivery',
		});
	});

	it('U8: what a queue does not set is inherited one by one', () => {
		const global = everywhere({ append: false, reopenDays: 7, abandonedCalls: false });
		const queues = [{ queue: 'Delivery', settings: { append: true } }];
		expect(settingsFor(session, global, queues).settings).toEqual({ ...global, append: true });
	});

	it('U8: the first row that names the queue counts alone', () => {
		const queues: QueueSettings[] = [
			{ queue: 'Returns', settings: { reopenDays: 1 } },
			{ queue: '', settings: { reopenDays: 2 } },
			{ queue: 'orders > delivery', settings: { reopenDays: 3 } },
			{ queue: '8469', settings: { reopenDays: 4, append: false } },
		];
		const found = settingsFor(session, DEFAULT_RECORD_SETTINGS, queues);
		expect(found).toEqual({ settings: everywhere({ reopenDays: 3 }), queue: 'orders > delivery' });
	});

	it.each<[string, Parameters<typeof settingsFor>[0]]>([
		['a queue without a row', { menuPath: ['Returns'] }],
		['a session of no known queue', {}],
	])('U8: the global settings hold for %s', (_, other) => {
		const global = everywhere({ reopenDays: 7 });
		const queues = [{ queue: 'Delivery', settings: { reopenDays: 1 } }];
		expect(settingsFor(other, global, queues)).toEqual({ settings: global });
	});

	it('U8: values of the wrong type are inherited', () => {
		const global = everywhere({ append: false, reopenDays: 7, abandonedChats: 'all', chatMinMessages: 3 });
		const wrong = {
			append: 'yes',
			reopenDays: Number.NaN,
			chatMinMessages: -1,
			abandonedChatMinMessages: Infinity,
			abandonedCalls: null,
			abandonedChats: 'some',
			delayUntilConnected: undefined,
			other: true,
			['__proto__']: true,
		} as never;
		expect(settingsFor(session, global, [{ queue: 'Delivery', settings: wrong }]).settings).toEqual(global);
	});

	it('U8: changes neither the global settings nor the rows', () => {
		const global = Object.freeze(everywhere({ reopenDays: 7 }));
		const queues = [Object.freeze({ queue: 'Delivery', settings: Object.freeze({ reopenDays: 1 }) })];
		expect(settingsFor(session, global, queues).settings.reopenDays).toBe(1);
		expect(global.reopenDays).toBe(7);
	});

	it('U8: always gives complete settings, whatever was set', () => {
		const row = fc.oneof(
			fc.anything(),
			fc.record({ queue: fc.constantFrom('Delivery', '', 3), settings: fc.anything() }),
		);
		fc.assert(
			fc.property(fc.anything(), fc.oneof(fc.array(row), fc.anything()), (global, queues) => {
				const { settings } = settingsFor(session, global as never, queues as never);
				expect(Object.keys(settings).sort()).toEqual(Object.keys(DEFAULT_RECORD_SETTINGS).sort());
				for (const [name, value] of Object.entries(settings)) {
					expect(typeof value).toBe(typeof DEFAULT_RECORD_SETTINGS[name as keyof RecordSettings]);
				}
			}),
		);
	});
});
