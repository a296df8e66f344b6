import fc from 'fast-check';

import { isSameQueue, namesQueue, queueKey, queueOf } from '../../../../lib/session-log/rules/queue-key';
import type { Session } from '../../../../lib/domain/session';

type Selection = Pick<Session, 'menuPath' | 'queue'>;

describe('the key of a queue', () => {
	it.each<[string, Selection, string]>([
		['the menu selection', { menuPath: ['Orders', 'Delivery'] }, 'orders / delivery'],
		[
			'the menu selection rather than the queue that a transfer led to',
			{ menuPath: ['Orders', 'Delivery'], queue: { id: '12', name: 'Billing' } },
			'orders / delivery',
		],
		[
			'the name of the queue, as another event tells the menu',
			{ queue: { id: '252', name: 'Orders / Delivery' } },
			'orders / delivery',
		],
		['the id of a queue without a name', { queue: { id: ' Q12 ' } }, 'q12'],
		['the name of the queue', { queue: { name: 'HB TEAM / Ariel' } }, 'hb team / ariel'],
		['the queue when the menu selection is empty', { menuPath: ['', ' '], queue: { id: '12' } }, '12'],
		['nothing', {}, ''],
		['nothing of an empty queue', { menuPath: [], queue: { name: '  ' } }, ''],
	])('D1: is made of %s', (_, session, expected) => {
		expect(queueKey(queueOf(session))).toBe(expected);
	});

	it.each<[string, Selection]>([
		['capital letters', { menuPath: ['ORDERS', 'delivery'] }],
		['spaces', { menuPath: [' Orders ', 'Delivery\u00a0'] }],
		['one text with a slash', { menuPath: ['Orders/Delivery'] }],
		['one text with an arrow', { menuPath: ['Orders -> Delivery'] }],
		['a path instead of a list', { menuPath: 'Orders > Delivery' as never }],
		['full-width letters', { menuPath: ['Ｏｒｄｅｒｓ', 'Delivery'] }],
		['the path as the name of the queue', { queue: { name: 'Orders / Delivery' } }],
	])('C6: is the same whatever the spelling: %s', (_, session) => {
		expect(queueKey(queueOf(session))).toBe(queueKey(queueOf({ menuPath: ['Orders', 'Delivery'] })));
	});

	it('D1: tells leaves of the same name apart', () => {
		expect(queueKey(queueOf({ menuPath: ['Orders', 'Delivery'] }))).not.toBe(
			queueKey(queueOf({ menuPath: ['Returns', 'Delivery'] })),
		);
		expect(queueKey(queueOf({ menuPath: ['Orders', 'Delivery'] }))).not.toBe(
			queueKey(queueOf({ menuPath: ['Delivery'] })),
		);
	});

	it('C6: is made of anything without failing, and is short', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), (menuPath, queue) => {
				expect(typeof queueKey(queueOf({ menuPath, queue } as never))).toBe('string');
			}),
		);
		expect(queueKey(queueOf(null as never))).toBe('');
		expect(queueKey(queueOf({ menuPath: [{}, null, 3] as never }))).toBe('3');
		const huge = { menuPath: Array.from({ length: 100_000 }, () => 'x'.repeat(10_000)) };
		expect(queueKey(queueOf(huge)).length).toBeLessThan(21_000);
	});
});

describe('two sessions of the same queue', () => {
	const menuPath = ['Orders', 'Delivery'];
	const queue = { id: '252', name: 'Orders / Delivery' };

	it.each<[string, Selection, Selection, boolean]>([
		['both know the menu selection', { menuPath }, { menuPath }, true],
		['one was transferred', { menuPath, queue: { id: '9', name: 'Billing' } }, { menuPath, queue }, true],
		['of one only the queue is known', { queue }, { menuPath, queue }, true],
		['of one only the name, of the other only the menu', { queue: { name: queue.name } }, { menuPath }, true],
		['of one only the id', { queue: { id: '252' } }, { menuPath, queue }, true],
		['nothing is known of either', {}, {}, true],
		['nothing is known of one', {}, { menuPath, queue }, false],
		[
			'another menu, the same queue after a transfer',
			{ menuPath, queue },
			{ menuPath: ['Returns'], queue },
			false,
		],
		[
			'another queue, and no menu of one',
			{ queue: { id: '9', name: 'Billing' } },
			{ menuPath, queue },
			false,
		],
		[
			'two queues of the same name',
			{ queue: { id: '1', name: 'Delivery' } },
			{ queue: { id: '2', name: 'Delivery' } },
			false,
		],
		['another id, and no name of one', { queue: { id: '9' } }, { menuPath, queue }, false],
		['only an id, only a name', { queue: { id: '252' } }, { menuPath }, false],
	])('C6, D1: %s', (_, one, other, same) => {
		expect(isSameQueue(queueOf(one), queueOf(other))).toBe(same);
		expect(isSameQueue(queueOf(other), queueOf(one))).toBe(same);
	});
});

describe('the queue that somebody meant', () => {
	const delivery: Selection = { menuPath: ['Orders', 'Delivery'], queue: { id: '8469', name: 'Couriers' } };

	it.each([
		'Orders / Delivery',
		'Orders/Delivery',
		'orders>delivery',
		'Orders > Delivery',
		'Orders -> Delivery',
		'ORDERS \\ DELIVERY',
		'/Orders/Delivery/',
		'Delivery',
		' delivery ',
		'8469',
		'Couriers',
	])('U8: %j names it', (written) => {
		expect(namesQueue(written, delivery)).toBe(true);
	});

	it.each([
		'',
		' ',
		'/',
		'Orders',
		'Deliver',
		'Returns / Delivery',
		'Orders / Delivery / Express',
		'846',
		'*',
	])('U8: %j does not name it', (written) => {
		expect(namesQueue(written, delivery)).toBe(false);
	});

	it('U8: a slash inside of a name makes no difference', () => {
		const session = { menuPath: ['Phones', '24/7 Support'] };
		expect(namesQueue('24/7 Support', session)).toBe(true);
		expect(namesQueue('Phones / 24/7 Support', session)).toBe(true);
		expect(namesQueue('Phones', session)).toBe(false);
	});

	it('U8: an id may be a number, or hold a slash', () => {
		expect(namesQueue('8469', { queue: { id: 8469 as never } })).toBe(true);
		expect(namesQueue(8469 as never, { queue: { id: '8469' } })).toBe(true);
		expect(namesQueue('eu/8469', { queue: { id: 'EU/8469' } })).toBe(true);
	});

	it('U8: the leaf of a queue whose name is a path counts', () => {
		expect(namesQueue('Ariel', { queue: { name: 'HB TEAM / Ariel' } })).toBe(true);
		expect(namesQueue('HB TEAM', { queue: { name: 'HB TEAM / Ariel' } })).toBe(false);
		expect(namesQueue('Ariel', { menuPath: ['HB TEAM / Ariel'] })).toBe(true);
		expect(namesQueue('HB TEAM', { menuPath: ['HB TEAM / Ariel'] })).toBe(false);
	});

	it('U8: nothing names a queue that is not known', () => {
		fc.assert(
			fc.property(fc.anything(), (written) => {
				expect(namesQueue(written as string, {})).toBe(false);
				expect(namesQueue(written as string, { menuPath: [], queue: { id: '', name: '' } })).toBe(false);
			}),
		);
	});

	it('U8: anything is read without failing', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), fc.anything(), (written, menuPath, queue) => {
				expect(typeof namesQueue(written as string, { menuPath, queue } as never)).toBe('boolean');
			}),
		);
	});

	it('U8: the key of a session names its queue', () => {
		const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9 ]{0,8}[a-z]$/);
		fc.assert(
			fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (menuPath) => {
				expect(namesQueue(queueKey(queueOf({ menuPath })), { menuPath })).toBe(true);
				expect(namesQueue(menuPath.join(' > ').toUpperCase(), { menuPath })).toBe(true);
			}),
		);
	});
});
