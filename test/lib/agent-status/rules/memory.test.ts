import fc from 'fast-check';

import type { AgentMemory } from '../../../../lib/agent-status/rules/agent-memory';
import {
	FORGOTTEN_AFTER,
	MOST_AGENTS,
	MOST_SUBJECTS,
	emptyMemory,
	hourOf,
	readMemory,
	writeMemory,
} from '../../../../lib/agent-status/rules/memory';

const NOW = Date.parse('2026-03-01T12:00:00Z');

const side = fc.constantFrom('kustomer' as const, 'platform' as const);
const text = fc.string({ minLength: 1 });
const agent: fc.Arbitrary<AgentMemory> = fc.record({
	kustomer: fc.string(),
	session: fc.option(text, { nil: undefined }),
	platform: fc.option(fc.string(), { nil: undefined }),
	hidden: fc.constantFrom(true, undefined),
	missed: fc.constantFrom(true, undefined),
	lead: fc.option(side, { nil: undefined }),
	write: fc.option(
		fc.record({ side, to: fc.string(), at: fc.nat({ max: NOW }), count: fc.nat({ max: 99 }) }),
		{ nil: undefined },
	),
	reported: fc.option(text, { nil: undefined }),
});

it('comes back as it was written, whatever the names', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.tuple(text, agent), { selector: ([id]) => id }), (agents) => {
			const memory = emptyMemory();
			for (const [id, value] of agents) memory.agents.set(id, { value, seen: hourOf(NOW) });
			memory.agents.set('__proto__', { value: { kustomer: 'k' }, seen: hourOf(NOW) });
			memory.subjects.set('match p1', { value: 'noEmail', seen: hourOf(NOW) });
			const read = readMemory(writeMemory(memory, NOW));
			expect(read).toEqual(memory);
		}),
	);
});

it('ignores whatever is not its own', () => {
	const hostile: unknown[] = [
		undefined,
		null,
		7,
		{},
		[],
		'',
		'null',
		'[]',
		'{"v":2,"texts":["a"],"agents":[["1",1,0,0,0,0,0,0,0]]}',
		'{"v":1}',
		'{"v":1,"texts":{},"agents":{},"subjects":7}',
		'{"v":1,"texts":["a"],"agents":[[],null,7,["1"],["",1,0],["1","x",0],["1",1,9],["1",-1,0],["1",1,"0"]]}',
		'{"v":1,"texts":[7],"agents":[["1",1,0]]}',
	];
	for (const one of hostile) expect(readMemory(one)).toEqual(emptyMemory());
	fc.assert(fc.property(fc.json(), (json) => void readMemory(json)));
	fc.assert(
		fc.property(fc.array(fc.jsonValue()), fc.array(fc.jsonValue()), (texts, agents) => {
			const read = readMemory(JSON.stringify({ v: 1, texts, agents, subjects: agents }));
			for (const { value } of read.agents.values()) expect(typeof value.kustomer).toBe('string');
		}),
	);
});

it('keeps what can be used of a damaged entry', () => {
	const damaged = '{"v":1,"texts":["a"],"agents":[["1",1,0,{},"x",5,9,[1,0,-4,1],[]]]}';
	expect(readMemory(damaged).agents.get('1')?.value).toEqual({ kustomer: 'a' });
	// Times and numbers that are none: as text, broken, or negative.
	for (const count of ['"4"', '1.5', '-1', 'null', 'true', '[4]']) {
		const text = `{"v":1,"texts":["a"],"agents":[["1",${count},0],["2",1,0,0,0,0,0,[1,0,${count},1],0]]}`;
		const { agents } = readMemory(text);
		expect([agents.has('1'), agents.get('2')?.value.write]).toEqual([false, undefined]);
	}
});

it('forgets agents who were not seen for a week', () => {
	const memory = emptyMemory();
	memory.agents.set('left', { value: { kustomer: 'a' }, seen: hourOf(NOW) });
	const later = NOW + FORGOTTEN_AFTER;
	expect(readMemory(writeMemory(memory, later)).agents.size).toBe(1);
	expect(readMemory(writeMemory(memory, later + 3_600_000)).agents.size).toBe(0);
});

it('is bounded, and keeps those who were seen last', () => {
	const memory = emptyMemory();
	const id = '0'.repeat(36);
	const value: AgentMemory = {
		kustomer: 'a',
		session: id,
		platform: 'b',
		write: { side: 'platform', to: 'c', at: NOW, count: 9 },
		reported: `unmappedKustomerStatus:${id}`,
	};
	for (let index = 0; index < MOST_AGENTS + 10; index += 1) {
		const seen = hourOf(NOW) - (index < 10 ? 5 : 0);
		memory.agents.set(`agent ${index}`, { value, seen });
		memory.subjects.set(`subject ${index} ${id.repeat(5)}`, { value: 'duplicateOnPlatform', seen });
	}
	// All of it is not too much to be believed.
	const read = readMemory(writeMemory(memory, NOW));
	expect(read.agents.size).toBe(MOST_AGENTS);
	expect(read.agents.has('agent 0')).toBe(false);
	expect(read.subjects.size).toBe(MOST_SUBJECTS);
});
