import type { Agent, Session } from '../../../lib/domain/session';
import { babelforce } from '../../../lib/platforms/babelforce/platform';
import { ccaip } from '../../../lib/platforms/ccaip/platform';
import { generic } from '../../../lib/platforms/generic/platform';
import { forgetEverything } from '../../../lib/process/forget';
import { SANDBOX } from '../../../sandbox/kustomer';
import { conversationLanguage } from '../../../lib/session-log/rules/conversation-language';
import type { RecordSettings } from '../../../lib/session-log/rules/record-settings';
import {
	AGENT_ANA,
	AGENT_BEN,
	ANA,
	at,
	BEN,
	inboundCall,
	KNOWN,
	stages,
	UNKNOWN_PHONE,
	useWorld,
	writes,
} from './world';

const world = useWorld();

/** A conversation as Kustomer has it now. */
const conversationOf = ({ conversationId = '' }: { conversationId?: string }) =>
	world.standIn.store.conversations.get(conversationId);
/** Somebody closes the conversation. */
const close = ({ conversationId = '' }: { conversationId?: string }) =>
	world.standIn.store.updateConversation(conversationId, { status: 'done' }, ANA.id);

/** Events of one answered call in the order in which they happen. */
function answeredCall(call: Session = inboundCall()): Session[] {
	return [
		call,
		stages.queued(call),
		stages.assigned(call),
		stages.connected(call),
		stages.ended(call),
		{ ...stages.ended(call), state: 'completed', disposition: { code: 'SALE', note: 'Wants a lamp' } },
	];
}

describe('a call from its first event to its last', () => {
	it('C2, D3: nothing is written before an agent is assigned, and waiting costs one read', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const mark = world.mark;

		expect(await worker.log(call)).toMatchObject({ outcome: 'waiting', done: [] });
		expect(await worker.log(stages.queued(call))).toMatchObject({ outcome: 'waiting' });
		expect(world.requestsSince(mark)).toHaveLength(1);
		expect(writes(world.requestsSince(mark))).toEqual([]);
	});

	it('C16, C20, C21, C22, D7, D8, D9: assigned to an agent, it gets a conversation with everything that is known', async () => {
		const call = inboundCall();
		const result = await world.worker().log(stages.assigned(call));

		expect(result).toMatchObject({ outcome: 'created', customer: 'found', customerId: KNOWN.id });
		const { conversations, messages } = world.written;
		expect(conversations).toHaveLength(1);
		expect(conversations[0]).toMatchObject({
			id: result.conversationId,
			externalId: `ccaip:${call.id}`,
			name: `IVR call: ${KNOWN.phone}`,
			status: 'open',
			direction: 'in',
			assignedUsers: [ANA.id],
			custom: {
				callIdStr: call.id.replace('call-', ''),
				languageStr: 'en',
				customerMenuSelectionStr: 'Orders / Delivery',
			},
			other: { defaultLang: 'en' },
		});
		const tags = [...world.standIn.store.tags.values()]
			.filter(({ id }) => conversations[0]?.tags.includes(id))
			.map(({ name }) => name);
		expect(tags.sort()).toEqual(['UJET', 'Voice Inbound - IVR']);
		expect(messages).toHaveLength(1);
		expect(messages[0]).toMatchObject({
			externalId: `ccaip:${call.id}`,
			channel: 'voice',
			direction: 'in',
			custom: {
				queueNameStr: expect.stringContaining('Delivery') as string,
				sessionTypeStr: 'Voice Inbound (IVR)',
				sessionIdStr: call.id,
				fromPhoneNumberStr: KNOWN.phone,
				customerMenuSelectionStr: expect.stringContaining('Orders') as string,
				languageStr: 'en',
			},
		});
		expect(world.notes).toContain(`Phone number: ${KNOWN.phone}`);
	});

	it('C17: an unknown number becomes a customer', async () => {
		const call = inboundCall({ endUser: { phone: UNKNOWN_PHONE } });
		const result = await world.worker().log(stages.assigned(call));
		expect(result).toMatchObject({ outcome: 'created', customer: 'created' });
		const customer = world.standIn.store.customers.get(result.customerId ?? '');
		expect(customer?.phones).toEqual([expect.objectContaining({ phone: UNKNOWN_PHONE })]);
	});

	it('C17: a caller whose call is not recorded becomes a customer only when that is wanted', async () => {
		const gaveUp = (phone: string = UNKNOWN_PHONE) => stages.abandoned(inboundCall({ endUser: { phone } }));
		const rules = { abandonedCalls: false };
		const wanted = { rules, customer: { createUnrecorded: true } };
		const before = world.standIn.store.customers.size;
		const off = await world.worker().log(gaveUp(), { rules });
		expect(off).toMatchObject({ outcome: 'skipped', rule: 'D5' });
		expect(world.standIn.store.customers.size).toBe(before);

		const on = await world.worker().log(gaveUp(), wanted);
		expect(on).toMatchObject({ outcome: 'skipped', rule: 'D5', customer: 'created' });
		expect(world.standIn.store.customers.get(on.customerId ?? '')?.phones).toEqual([
			expect.objectContaining({ phone: UNKNOWN_PHONE }),
		]);
		const again = await world.worker().log(gaveUp(), wanted);
		expect(again).toMatchObject({ customer: 'found', customerId: on.customerId });
		// Nobody is created of whom nothing is known.
		expect(await world.worker().log(gaveUp(''), wanted)).not.toHaveProperty('customer');
		expect(world.standIn.store.customers.size).toBe(before + 1);
		expect(world.written.conversations).toEqual([]);
	});

	it.each([
		['an outbound call that nobody answers', { direction: 'out' }],
		['a call between colleagues', { direction: 'internal' }],
		["a call between two of the company's numbers", { endUser: { phone: SANDBOX.ownNumbers[0] } }],
	] as const)('C17, X4: nobody becomes a customer by %s', async (_what, facts) => {
		const call = stages.abandoned(inboundCall({ endUser: { phone: UNKNOWN_PHONE }, ...facts }));
		const before = world.standIn.store.customers.size;
		const logged = await world.worker().log(call, {
			rules: { abandonedCalls: false, delayUntilConnected: true },
			customer: { createUnrecorded: true },
		});
		expect(logged).toMatchObject({ outcome: 'skipped' });
		expect(logged).not.toHaveProperty('customer');
		expect(world.standIn.store.customers.size).toBe(before);
	});

	it('C18: a new app user becomes a customer under their identifier, and is found by it the next time', async () => {
		const app = {
			origin: 'app',
			type: 'Voice Inbound (Mobile)',
			endUser: { identifier: 'user-77' },
		} as const;
		const first = await world.worker().log(stages.assigned(inboundCall(app)));
		const second = await world.worker().log(stages.assigned(inboundCall(app)));
		expect(first).toMatchObject({ customer: 'created' });
		expect(second).toMatchObject({ customer: 'found', customerId: first.customerId });
		const customer = world.standIn.store.customers.get(first.customerId ?? '');
		expect(customer).toMatchObject({ externalId: 'user-77', custom: { customUserIdStr: 'user-77' } });
	});

	it('C19: a new customer gets the agent in the attribute that was named for it, a known one does not', async () => {
		world.standIn.store.defineAttributes('customer', { ownerStr: { displayName: 'Owner' } });
		const changes = { customer: { assigneeAttribute: 'ownerStr' } };
		const unknown = inboundCall({ endUser: { phone: UNKNOWN_PHONE } });
		const first = await world.worker().log(stages.assigned(unknown), changes);
		const second = await world.worker().log(stages.assigned(inboundCall()), changes);
		const ownerOf = (id: string | undefined) => world.standIn.store.customers.get(id ?? '')?.custom.ownerStr;
		expect(ownerOf(first.customerId)).toBe(ANA.name);
		expect(ownerOf(second.customerId)).toBeUndefined();
	});

	it('C19: a new customer gets the agent in the session field, with nothing to set', async () => {
		const unknown = inboundCall({ endUser: { phone: UNKNOWN_PHONE } });
		const { customerId } = await world.worker().log(stages.assigned(unknown));
		const customOf = (id = '') => world.standIn.store.customers.get(id)?.custom;
		expect(customOf(customerId)).toEqual({ assignedAgentStr: ANA.name });
		const known = await world.worker().log(stages.assigned(inboundCall()));
		expect(customOf(known.customerId)?.assignedAgentStr).toBeUndefined();
	});

	it('C19: the agent is known by the address where there is no name, and is written also when told after the creation', async () => {
		const worker = world.worker();
		const call = inboundCall({ endUser: { phone: UNKNOWN_PHONE }, origin: 'app' });
		const customOf = (id = '') => world.standIn.store.customers.get(id)?.custom;
		const { customerId } = await worker.log(call);
		expect(customOf(customerId)).toEqual({});
		await worker.log(stages.assigned(call, { id: '11', email: ANA.email }));
		expect(customOf(customerId)).toEqual({ assignedAgentStr: ANA.email });
	});

	it('C19: without session fields no attribute is written that nobody has named', async () => {
		const unknown = inboundCall({ endUser: { phone: UNKNOWN_PHONE } });
		const off = { other: { sessionFields: false } };
		const { customerId = '', leftOut } = await world.worker().log(stages.assigned(unknown), off);
		expect(world.standIn.store.customers.get(customerId)?.custom).toEqual({});
		expect(leftOut).toEqual([]);
	});

	it('C21: what is learned after the creation is added, and the fields of the first session stay when another is appended', async () => {
		const worker = world.worker();
		const call = inboundCall({ language: undefined });
		const first = await worker.log(stages.assigned(call));
		expect(conversationOf(first)?.custom.languageStr).toBeUndefined();
		await worker.log({ ...stages.ended(call), language: 'de' });
		expect(conversationOf(first)?.custom.languageStr).toBe('de');
		const second = await worker.log(stages.ended(inboundCall({ language: 'fr' })));
		expect(second).toMatchObject({ outcome: 'appended', conversationId: first.conversationId });
		expect(conversationOf(first)?.custom).toMatchObject({
			callIdStr: call.id.replace('call-', ''),
			languageStr: 'de',
		});
	});

	it("C21: a language that is no code is left out of the conversation's own one", async () => {
		const { conversationId = '' } = await world
			.worker()
			.log(stages.assigned(inboundCall({ language: 'Deutsch (Schweiz)' })));
		expect(world.standIn.store.conversations.get(conversationId)).toMatchObject({
			custom: { languageStr: 'Deutsch (Schweiz)' },
			other: {},
		});
		expect(['pt-BR', 'en', 'en_US', ' de '].map(conversationLanguage)).toEqual([
			'pt_br',
			'en',
			'en_us',
			'de',
		]);
	});

	it('X1: the whole call takes at most fourteen requests, and every event again none', async () => {
		const worker = world.worker();
		const events = answeredCall();
		const mark = world.mark;
		const usual = { other: { comments: new Set(['phone', 'rating', 'disposition'] as const) } };
		for (const event of events) await worker.log(event, usual);
		expect(world.requestsSince(mark).length).toBeLessThanOrEqual(14);

		const before = world.picture;
		const again = world.mark;
		for (const event of events) {
			expect(await worker.log(event, usual)).toMatchObject({ outcome: 'unchanged', done: [] });
		}
		expect(world.requestsSince(again)).toEqual([]);
		expect(world.picture).toEqual(before);
	});

	it('X1: an event again, in a process that knows nothing, costs one read and no write', async () => {
		const events = answeredCall();
		for (const event of events) await world.worker().log(event);
		const before = world.picture;
		for (const event of events) {
			forgetEverything();
			const mark = world.mark;
			expect(await world.worker().log(event)).toMatchObject({ outcome: 'unchanged' });
			expect(world.requestsSince(mark)).toHaveLength(1);
		}
		expect(world.picture).toEqual(before);
	});

	it('C14, G10: end, disposition, rating, survey and transfer leave one comment each', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const full: Session = {
			...stages.ended(call),
			rating: { score: 4, comment: 'Very friendly' },
			disposition: { code: 'SALE', note: 'Wants a lamp' },
			survey: [{ question: 'Was it solved?', answer: 'Yes' }],
			transfers: [{ id: '3', at: at(100), from: { agent: AGENT_BEN }, to: { agent: AGENT_ANA } }],
		};
		await worker.log(full);
		await worker.log(full);
		const text = world.notes.join('\n');
		for (const part of ['Very friendly', '4', 'Wants a lamp', 'Was it solved?', BEN.name]) {
			expect(text).toContain(part);
		}
		expect(new Set(world.notes).size).toBe(world.notes.length);
	});

	it('C14: a rating that is changed changes its note instead of adding one', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const first = { ...stages.ended(call), rating: { score: 2 } };
		const { done, alreadyDone } = await worker.log(first, { other: { observedAt: at(300) } });
		expect([done.includes('note: rating'), alreadyDone]).toEqual([true, []]);
		const count = world.notes.length;
		const changed = { ...stages.ended(call), rating: { score: 5, comment: 'On second thought' } };
		const again = await worker.log(changed, { other: { observedAt: at(400) } });
		expect(again.done).toContain('note changed: rating');
		expect(world.notes).toHaveLength(count);
		expect(world.notes.join('\n')).toContain('On second thought');
		expect(world.written.messages[0]?.custom).toMatchObject({ csatRatingNum: 5 });
	});

	it('C11, C12: results and failures of SmartActions are added', async () => {
		await world.worker().log({
			...stages.ended(inboundCall()),
			smartActions: [
				{ id: '1', type: 'verification', result: 'succeeded', detail: 'Face recognized' },
				{ id: '2', type: 'fingerprint', result: 'failed', detail: 'Fingerprint is not enabled' },
			],
		});
		expect(world.notes.filter((note) => /Face recognized/.test(note))).toHaveLength(1);
		expect(world.notes.filter((note) => /Fingerprint is not enabled/.test(note))).toHaveLength(1);
	});
});

describe('where a session goes', () => {
	it('C6, D1: another call for the same menu selection is appended to the open conversation', async () => {
		const worker = world.worker();
		const first = await worker.log(stages.ended(inboundCall()));
		const second = await worker.log(stages.assigned(inboundCall()));
		expect(second).toMatchObject({ outcome: 'appended', conversationId: first.conversationId });
		expect(world.written.conversations).toHaveLength(1);
		expect(world.written.messages).toHaveLength(2);
	});

	it.each([
		['C6: not with another menu selection', inboundCall({ menuPath: ['Orders', 'Returns'] }), {}],
		['C6: not from another channel', inboundCall({ channel: 'chat', type: 'Messaging (Web)' }), {}],
		['D1: not when appending is off', inboundCall(), { rules: { append: false } }],
	])('%s', async (_name, call, changes) => {
		const worker = world.worker();
		const first = await worker.log(stages.assigned(inboundCall()), changes);
		const second = await worker.log(stages.connected(call), changes);
		expect(second).toMatchObject({ outcome: 'created' });
		expect(second.conversationId).not.toBe(first.conversationId);
	});

	it.each(['snoozed', 'done'] as const)('C6: a conversation that is %s is left alone', async (status) => {
		const worker = world.worker();
		const first = await worker.log(stages.ended(inboundCall()));
		world.standIn.store.updateConversation(
			first.conversationId ?? '',
			status === 'done'
				? { status }
				: { status, snooze: { status: 'scheduled', time: '2030-01-01T00:00:00.000Z' } },
			ANA.id,
		);
		expect(await worker.log(stages.assigned(inboundCall()))).toMatchObject({ outcome: 'created' });
		expect(conversationOf(first)?.status).toBe(status);
	});

	it('D2: one that was closed a moment ago is opened again when that is wanted', async () => {
		const worker = world.worker();
		const first = await worker.log(stages.ended(inboundCall()));
		close(first);
		const second = await worker.log(stages.assigned(inboundCall()), { rules: { reopenDays: 3 } });
		expect(second).toMatchObject({ outcome: 'reopened', conversationId: first.conversationId, rule: 'D2' });
		expect(conversationOf(first)?.status).toBe('open');
	});

	it('C3: an outbound call is appended to the most recent conversation when that is open, else it gets its own', async () => {
		const outbound = (): Session =>
			stages.connected(inboundCall({ direction: 'out', type: 'Voice Outbound', menuPath: undefined }));
		const worker = world.worker();
		const first = await worker.log(outbound());
		const second = await worker.log(outbound());
		expect(first).toMatchObject({ outcome: 'created', rule: 'C3' });
		expect(second).toMatchObject({ outcome: 'appended', rule: 'C3', conversationId: first.conversationId });
		close(first);
		expect(await worker.log(outbound())).toMatchObject({ outcome: 'created', rule: 'C3' });
	});

	it('C9, C10: a call-back is appended to the open conversation of the call that it returns', async () => {
		const worker = world.worker();
		const short = inboundCall({ menuPath: ['Billing'] });
		const first = await worker.log({ ...stages.ended(short), duration: 6 });
		await worker.log(stages.ended(inboundCall({ menuPath: ['Orders'] })));
		const back = inboundCall({ direction: 'out', type: 'Voice Outbound', callbackOf: short.id });
		const result = await worker.log(stages.connected(back), { rules: { appendOutbound: false } });
		expect(result).toMatchObject({
			outcome: 'appended',
			rule: 'C10',
			conversationId: first.conversationId,
		});
	});

	it('C9: a call-back of a longer call as well', async () => {
		const worker = world.worker();
		const call = inboundCall();
		const first = await worker.log(stages.ended(call));
		forgetEverything();
		const back = inboundCall({ direction: 'out', type: 'Voice Outbound', callbackOf: call.id });
		const result = await worker.log(stages.connected(back), { rules: { appendOutbound: false } });
		expect(result).toMatchObject({
			outcome: 'appended',
			rule: 'C9',
			conversationId: first.conversationId,
		});
	});

	describe.each(['one process', 'other processes'])(
		'live events without the parent call, %s',
		(processes) => {
			const next = () => {
				if (processes !== 'one process') forgetEverything();
				return world.worker(processes === 'one process' ? 'one' : `w${world.mark}`);
			};
			/** A short or long call that Ana has answered, and then ten other calls of the same customer for other menus. */
			async function callAndNewerOnes(duration: number) {
				const call = inboundCall({ menuPath: ['Billing'] });
				const first = await next().log({ ...stages.ended(call), duration });
				for (let other = 0; other < 10; other += 1) {
					const newer = inboundCall({ menuPath: [`Other ${other}`], startedAt: at(100) });
					await next().log(stages.ended(newer, AGENT_BEN));
				}
				return first;
			}
			const back = (agent = AGENT_ANA): Session =>
				stages.assigned(
					inboundCall({ direction: 'out', type: 'Voice Outbound', menuPath: undefined, startedAt: at(240) }),
					agent,
				);
			const off = { rules: { append: false, appendOutbound: false } };

			it('C9: the agent who has just hung up and calls the customer is on the conversation of that call', async () => {
				const { conversationId } = await callAndNewerOnes(180);
				expect(await next().log(back(), off)).toMatchObject({
					outcome: 'appended',
					rule: 'C9',
					conversationId,
				});
			});

			it('C10: the same after a call of less than ten seconds', async () => {
				const { conversationId } = await callAndNewerOnes(6);
				expect(await next().log(back(), off)).toMatchObject({
					outcome: 'appended',
					rule: 'C10',
					conversationId,
				});
			});

			it('C9: not when it is done, when the setting is off, or when the time is over', async () => {
				const first = await callAndNewerOnes(180);
				const isOff = { rules: { ...off.rules, callbackMinutes: 0 } };
				expect(await next().log(back(), isOff)).toMatchObject({ outcome: 'created', rule: 'C3' });
				const late = { ...back(), startedAt: at(3600), assignedAt: at(3600) };
				expect(await next().log(late, off)).toMatchObject({ outcome: 'created', rule: 'C3' });
				close(first);
				expect(await next().log(back(), off)).toMatchObject({ outcome: 'created', rule: 'C3' });
			});
		},
	);

	it('C6: a conversation that was moved to another customer is left alone', async () => {
		const worker = world.worker();
		const first = await worker.log(stages.assigned(inboundCall()));
		const { conversationId = '' } = first;
		const other = [...world.standIn.store.customers.keys()].find((id) => id !== KNOWN.id) ?? '';
		world.standIn.store.moveConversation(conversationId, other, ANA.id);
		const second = await worker.log(stages.assigned(inboundCall(), AGENT_BEN));
		expect(second).toMatchObject({ outcome: 'created' });
		expect(second.conversationId).not.toBe(conversationId);
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([ANA.id]);
	});

	it('C6, C16: late news of an old call are appended and leave the agent who has the conversation now', async () => {
		const worker = world.worker();
		const live = await worker.log(stages.connected(inboundCall(), AGENT_BEN));
		const late = await worker.log(stages.ended(inboundCall()));
		expect(late).toMatchObject({ outcome: 'appended', conversationId: live.conversationId });
		expect(conversationOf(live)?.assignedUsers).toEqual([BEN.id]);
	});

	it('D2: a conversation that was closed after the call had ended stays closed', async () => {
		const worker = world.worker();
		const first = await worker.log(stages.ended(inboundCall()));
		close(first);
		const late = await worker.log(stages.ended(inboundCall()), { rules: { reopenDays: 3 } });
		expect(late).toMatchObject({ outcome: 'created' });
		expect(conversationOf(first)?.status).toBe('done');
	});

	it('C5: a voicemail gets a conversation of its own, even when there is an open one', async () => {
		const worker = world.worker();
		const first = await worker.log(stages.ended(inboundCall()));
		const second = await worker.log(stages.voicemail(inboundCall()));
		expect(second).toMatchObject({ outcome: 'created', rule: 'C5' });
		expect(second.conversationId).not.toBe(first.conversationId);
	});

	it('C5: a call that was appended while it rang and became a voicemail moves to a conversation of its own', async () => {
		const worker = world.worker();
		const first = await worker.log(stages.ended(inboundCall()));
		const call = inboundCall();
		expect(await worker.log(stages.assigned(call))).toMatchObject({ outcome: 'appended' });
		const moved = await worker.log(stages.voicemail(call));
		expect(moved).toMatchObject({ outcome: 'created', rule: 'C5' });
		expect(moved.conversationId).not.toBe(first.conversationId);
		expect(world.written.messages.find(({ externalId }) => externalId === `ccaip:${call.id}`)).toMatchObject({
			conversationId: moved.conversationId,
		});
		expect(await worker.log(stages.voicemail(call))).toMatchObject({ outcome: 'unchanged' });
		// As if it had been known from the beginning: with its agent and its notes.
		expect(conversationOf(moved)?.assignedUsers).toEqual([ANA.id]);
		const there = world.written.notes.filter((note) => note.conversationId === moved.conversationId);
		expect(there.map(({ body }) => body)).toContain(`Phone number: ${KNOWN.phone}`);
	});

	it('C15: a voicemail that is read updates its conversation', async () => {
		const worker = world.worker();
		const call = stages.voicemail(inboundCall());
		await worker.log(call);
		const result = await worker.log({
			...call,
			voicemail: { status: 'read', at: at(900), agent: AGENT_ANA },
		});
		expect(result).toMatchObject({ outcome: 'updated' });
		expect(world.notes.join('\n')).toMatch(/read/i);
	});

	it.each(['live events', 'metadata'])(
		'C15: a voicemail is returned by a call of an agent, seen from %s',
		async (source) => {
			const worker = world.worker();
			const call = stages.voicemail(inboundCall());
			const voicemail = await worker.log(call);
			forgetEverything();
			const back = inboundCall({
				direction: 'out',
				type: 'Voice Outbound',
				startedAt: at(7200),
				...(source === 'metadata' ? { callbackOf: call.id } : {}),
			});
			const rules = { rules: { appendOutbound: source !== 'metadata' } };
			const assigned = { ...back, state: 'assigned' as const, assignedAt: at(7200), agent: AGENT_ANA };
			await world.worker().log(assigned, rules);
			const returned = () => world.notes.filter((note) => note.startsWith('The voicemail was returned'));
			expect(returned()).toEqual([
				`The voicemail was returned by ${ANA.name} on 2026-11-20 12:00 (Europe/Berlin).`,
			]);
			expect(
				world.written.notes.find(({ body }) => body.startsWith('The voicemail was returned'))?.conversationId,
			).toBe(voicemail.conversationId);
			forgetEverything();
			await world.worker().log({ ...assigned, state: 'connected', connectedAt: at(7210) }, rules);
			expect(returned()).toHaveLength(1);
		},
	);

	it('C15: a voicemail is returned, seen from metadata that name it when the call is logged already', async () => {
		const worker = world.worker();
		const call = stages.voicemail(inboundCall());
		await worker.log(call);
		const back = inboundCall({
			direction: 'out',
			type: 'Voice Outbound',
			startedAt: at(7200),
			agent: AGENT_ANA,
		});
		const rules = { rules: { appendOutbound: false } };
		await worker.log(back, rules);
		expect(world.notes.join()).not.toContain('returned');
		await worker.log({ ...back, callbackOf: call.id }, rules);
		expect(world.notes.join()).toContain('The voicemail was returned');
	});

	it('C15: the customer who calls again, and is put on its conversation, does not return it', async () => {
		const worker = world.worker();
		const voicemail = await worker.log(stages.voicemail(inboundCall()));
		const again = await worker.log(stages.ended(inboundCall({ startedAt: at(7200) })));
		expect(again).toMatchObject({ outcome: 'appended', conversationId: voicemail.conversationId });
		expect(world.notes.join()).not.toContain('returned');
	});

	it('C15: who calls back first has returned it; the user of that call is not assigned to it', async () => {
		const worker = world.worker();
		const stranger = { id: '99', name: 'Kim' };
		const call = { ...stages.voicemail(inboundCall()), assignedAt: at(20), agent: stranger };
		const voicemail = await worker.log(call);
		close(voicemail);
		const back = (seconds: number, agent: Agent) => {
			const out = inboundCall({ direction: 'out', type: 'Voice Outbound', startedAt: at(seconds) });
			const session = { ...stages.connected(out, agent), callbackOf: call.id };
			return worker.log(session, {
				rules: { appendOutbound: false },
				agent: { userId: BEN.id },
				other: { observedAt: at(seconds) },
			});
		};
		// Its conversation is done, so each call has one of its own.
		expect(await back(7200, AGENT_ANA)).toMatchObject({ outcome: 'created' });
		expect(await back(9000, AGENT_BEN)).toMatchObject({ outcome: 'created' });
		expect(world.notes.filter((note) => note.startsWith('The voicemail was returned'))).toEqual([
			`The voicemail was returned by ${ANA.name} on 2026-11-20 12:00 (Europe/Berlin).`,
		]);
		expect(conversationOf(voicemail)?.assignedUsers).toEqual([]);
	});

	it('C15: a call to a customer without a voicemail returns none', async () => {
		const worker = world.worker();
		await worker.log(stages.ended(inboundCall()));
		await worker.log(inboundCall({ direction: 'out', type: 'Voice Outbound', startedAt: at(7200) }));
		expect(world.notes.join()).not.toContain('returned');
	});

	it('D7, D8: a type that becomes known later corrects title and tag, unless a person has changed them', async () => {
		const tagsOf = (result: { conversationId?: string }) =>
			[...world.standIn.store.tags.values()]
				.filter(({ id }) => conversationOf(result)?.tags.includes(id))
				.map(({ name }) => name)
				.sort();
		const untyped = () => inboundCall({ type: undefined, origin: undefined });
		const typed = { type: 'Voice Inbound (Mobile)', origin: 'app' as const };
		const worker = world.worker();
		const [call, other] = [untyped(), untyped()];
		const first = await worker.log(stages.assigned(call), { rules: { append: false } });
		expect(conversationOf(first)?.name).toBe(`Incoming call: ${KNOWN.phone}`);
		expect(tagsOf(first)).toEqual(['Incoming call', 'UJET']);
		await worker.log({ ...stages.ended(call), ...typed });
		expect(conversationOf(first)?.name).toBe(`Incoming call (app): ${KNOWN.phone}`);
		expect(tagsOf(first)).toEqual(['UJET', 'Voice Inbound - Mobile']);

		const second = await worker.log(stages.assigned(other), { rules: { append: false } });
		const tags = conversationOf(second)?.tags ?? [];
		const kept = tags.filter((id) => world.standIn.store.tags.get(id)?.name === 'UJET');
		world.standIn.store.updateConversation(
			second.conversationId ?? '',
			{ name: 'Broken lamp', tags: ['UJET'] },
			ANA.id,
		);
		expect(kept).toHaveLength(1);
		await worker.log({ ...stages.ended(other), ...typed });
		expect(conversationOf(second)?.name).toBe('Broken lamp');
		expect(tagsOf(second)).toEqual(['UJET']);
	});

	it('D7, D8: a type that becomes known later leaves the conversation that the session was appended to', async () => {
		const worker = world.worker();
		const untyped = () => inboundCall({ type: undefined, origin: undefined });
		const first = await worker.log(stages.assigned(untyped()));
		const call = untyped();
		const second = await worker.log(stages.assigned(call));
		expect(second).toMatchObject({ outcome: 'appended', conversationId: first.conversationId });
		const tags = conversationOf(first)?.tags;
		await worker.log({ ...stages.ended(call), type: 'Voice Inbound (Mobile)', origin: 'app' });
		expect(conversationOf(first)).toMatchObject({ name: `Incoming call: ${KNOWN.phone}`, tags });
	});

	it('C4, D5: an abandoned call is recorded or not, as set, and writes nothing when not', async () => {
		const worker = world.worker();
		const mark = world.mark;
		const off = await worker.log(stages.abandoned(inboundCall()), { rules: { abandonedCalls: false } });
		expect(off).toMatchObject({ outcome: 'skipped', rule: 'D5' });
		expect(writes(world.requestsSince(mark))).toEqual([]);
		expect(await worker.log(stages.abandoned(inboundCall()))).toMatchObject({ outcome: 'created' });
	});

	it('U8: a queue has its own title, tags, comments and assignment, or is not logged at all', async () => {
		const queues = [
			{
				queue: 'Delivery',
				settings: {},
				title: 'Delivery: {CALL_TYPE}',
				typeTag: false,
				platformTag: 'Own',
				comments: new Set(['end'] as const),
				assign: 'never' as const,
			},
			{ queue: 'Private', settings: {}, logged: false },
		];
		const worker = world.worker();
		const call = inboundCall();
		const changes = { other: { queues } };
		const result = await worker.log(stages.assigned(call), changes);
		await worker.log({ ...stages.ended(call), menuPath: undefined }, changes);
		expect(conversationOf(result)).toMatchObject({ name: 'Delivery: IVR call', assignedUsers: [] });
		const tags = [...world.standIn.store.tags.values()].filter(({ id }) =>
			conversationOf(result)?.tags.includes(id),
		);
		expect(tags.map(({ name }) => name)).toEqual(['Own']);
		expect(world.notes).toEqual([expect.stringContaining('ended')]);

		const hidden = await worker.log(stages.ended(inboundCall({ menuPath: ['Private'] })), changes);
		expect(hidden).toMatchObject({ outcome: 'skipped', rule: 'U8' });
		const inherits = await worker.log(stages.ended(inboundCall({ menuPath: ['Billing'] })), changes);
		expect(conversationOf(inherits)).toMatchObject({
			name: `IVR call: ${KNOWN.phone}`,
			assignedUsers: [ANA.id],
		});
	});

	it('U8: a queue has its own free tags, teams and fallback user, or none of them', async () => {
		const { voice, support } = SANDBOX.teams;
		const everywhere = {
			conversation: {
				tags: ['Everywhere'],
				assignedTeams: [support.id],
				typeTag: false,
				platformTag: 'UJET',
			},
			agent: { fallbackUserId: BEN.id },
		};
		const queues = [
			{
				queue: 'Own',
				settings: {},
				tags: ['VIP (gold)', 'Delivery'],
				assignedTeams: [voice.id, 'no team'],
				fallbackUserId: ANA.id,
			},
			{
				queue: 'None',
				settings: {},
				platformTag: '',
				tags: [],
				assignedTeams: [],
				fallbackUserId: '',
			},
		];
		const worker = world.worker();
		const log = async (queue: string) => {
			const call = inboundCall({ menuPath: [queue] });
			const nobody = { id: '99', name: 'Nobody' };
			const result = await worker.log(stages.assigned(call, nobody), { ...everywhere, other: { queues } });
			const conversation = conversationOf(result);
			const tags = [...world.standIn.store.tags.values()].filter(({ id }) => conversation?.tags.includes(id));
			return {
				tags: tags.map(({ name }) => name).sort(),
				teams: conversation?.assignedTeams,
				users: conversation?.assignedUsers,
				leftOut: result.leftOut,
			};
		};
		expect(await log('Own')).toEqual({
			tags: ['Delivery', 'UJET', 'VIP - gold'],
			teams: [voice.id],
			users: [ANA.id],
			leftOut: ['assignedTeams'],
		});
		expect(await log('None')).toEqual({ tags: [], teams: [], users: [], leftOut: [] });
		expect(await log('Other')).toEqual({
			tags: ['Everywhere', 'UJET'],
			teams: [support.id],
			users: [BEN.id],
			leftOut: [],
		});
	});

	describe('U4, U8: mails', () => {
		const queues = (mails: boolean) => [{ queue: 'Delivery', settings: {}, mails }];
		const byMail = { byMail: true };
		const rated = (call: Session): Session => ({ ...stages.ended(call), rating: { score: 5 } });

		it.each([
			['off for all', { mails: false }, 'skipped'],
			['off for the queue', { queues: queues(false) }, 'skipped'],
			['off for all, on for the queue', { mails: false, queues: queues(true) }, 'created'],
			['off for another queue', { queues: [{ queue: 'Returns', settings: {}, mails: false }] }, 'created'],
			['never set', {}, 'created'],
		])('are %s', async (_, settings, outcome) => {
			const mark = world.mark;
			const worker = world.worker();
			const result = await worker.log(rated(inboundCall()), { other: { ...settings, ...byMail } });
			expect(result.outcome).toBe(outcome);
			if (outcome !== 'skipped') return;
			expect(result).toMatchObject({ rule: 'U8', reason: 'Mails of sessions of this queue are not logged.' });
			expect(result).not.toHaveProperty('conversationId');
			expect(world.requestsSince(mark)).toEqual([]);
		});

		it('that are off change nothing in a session that is logged, and its events go on', async () => {
			const call = inboundCall();
			const settings = { other: { queues: queues(false) } };
			const mailed = { other: { ...settings.other, ...byMail } };
			await world.worker().log(stages.connected(call), settings);
			const mark = world.mark;
			// The mail names no queue: in a process that knows the session, and in one that has to read it.
			const unnamed = { ...rated(call), menuPath: undefined };
			expect(await world.worker().log(unnamed, mailed)).toMatchObject({ outcome: 'skipped', rule: 'U8' });
			expect(world.requestsSince(mark)).toEqual([]);
			forgetEverything();
			expect(await world.worker().log(unnamed, mailed)).toMatchObject({ outcome: 'skipped', rule: 'U8' });
			expect(writes(world.requestsSince(mark))).toEqual([]);
			expect(await world.worker().log(rated(call), settings)).toMatchObject({ outcome: 'updated' });
			expect(world.notes.join()).toContain('Rating: 5 of 5');
		});

		it('of a session that nobody knows, and that names no queue, follow what holds for all', async () => {
			const unnamed = () => rated(inboundCall({ menuPath: undefined }));
			const log = async (mails: boolean) =>
				await world.worker().log(unnamed(), { other: { ...byMail, mails, queues: queues(!mails) } });
			expect(await log(false)).toMatchObject({ outcome: 'skipped', rule: 'U8' });
			expect(await log(true)).toMatchObject({ outcome: 'created' });
		});
	});

	it('U8: the settings of the queue override those for all', async () => {
		const queues = [{ queue: 'orders/delivery', settings: { append: false } }];
		const worker = world.worker();
		await worker.log(stages.ended(inboundCall()), { other: { queues } });
		expect(await worker.log(stages.ended(inboundCall()), { other: { queues } })).toMatchObject({
			outcome: 'created',
		});
	});

	it('D4: a chat waits for the end user to write', async () => {
		const chat = inboundCall({ channel: 'chat', type: 'Messaging (Web)', origin: 'web', id: 'chat-1' });
		const worker = world.worker();
		const rules = { rules: { chatMinMessages: 2 } };
		const writing = (id: string): Session => ({ ...stages.connected(chat), consumerMessageIds: [id] });
		expect(await worker.log(writing('a'), rules)).toMatchObject({ outcome: 'waiting', rule: 'D4' });
		expect(await worker.log(writing('a'), rules)).toMatchObject({ outcome: 'waiting' });
		expect(await worker.log(writing('b'), rules)).toMatchObject({ outcome: 'created' });
	});

	it('D4: an answered chat with too few messages is not recorded at its end, one of which nothing told them is', async () => {
		const chat = inboundCall({ channel: 'chat', type: 'Messaging (Web)', origin: 'web', id: 'chat-2' });
		const rules = { rules: { chatMinMessages: 3 } };
		const ended = stages.ended(chat);
		expect(await world.worker().log(ended, rules)).toMatchObject({ outcome: 'created', rule: 'D4' });
		const told = { ...ended, id: 'chat-3', consumerMessageIds: ['a'] };
		expect(await world.worker().log(told, rules)).toMatchObject({ outcome: 'skipped', rule: 'D4' });
		const counted = { ...ended, id: 'chat-4', consumerMessages: 1 };
		expect(await world.worker().log(counted, rules)).toMatchObject({ outcome: 'skipped', rule: 'D4' });
	});

	/** What the agent adapter posts, read and logged one after the other. */
	async function logAdapterEvents(
		rules: Partial<RecordSettings>,
		...posted: Array<[type: string, data?: Record<string, unknown>]>
	) {
		const worker = world.worker();
		const outcomes: string[] = [];
		for (const [type, data] of posted) {
			const { events } = ccaip.parse(
				{
					method: 'POST',
					headers: {},
					query: {},
					body: {
						type,
						data: {
							chat_id: 73522,
							session_type: 'messaging inbound (web chat)',
							agent_id: 11,
							agent_email: ANA.email,
							queue_id: 7678,
							queue_path: 'HB TEAM / Ana',
							...data,
						},
					},
				},
				{ sourceName: 'ccaip', sessionIdFrom: 'call' },
			);
			for (const { session } of events) {
				const { outcome, rule } = await worker.log(session, { rules });
				outcomes.push(`${outcome} ${rule}`);
			}
		}
		return outcomes;
	}
	const inbound = (message: string): [string, Record<string, unknown>] => [
		'Chat_Inbound_Message',
		{ message },
	];

	it('D4: messages that the agent adapter shows without an id are counted while the chat goes on, each once', async () => {
		expect(
			await logAdapterEvents(
				{ chatMinMessages: 2 },
				['New_Chat'],
				inbound('Can you help me?'),
				inbound('Can you help me?'),
				['Chat_Outbound_Message', { message: 'Of course.' }],
				inbound('My order number is 4711.'),
			),
		).toEqual(['waiting D4', 'waiting D4', 'waiting D4', 'waiting D4', 'created D4']);
	});

	it('D4: a chat in which the agent adapter has shown no message of the customer leaves no empty record', async () => {
		expect(
			await logAdapterEvents(
				{ chatMinMessages: 1 },
				['New_Chat'],
				['Chat_Outbound_Message', { message: 'Hello' }],
				['End_Chat'],
			),
		).toEqual(['waiting D4', 'waiting D4', 'skipped D4']);
		expect(world.written.conversations).toEqual([]);
	});

	it('D3, D6: a chat that only rang is an abandoned chat once it is over', async () => {
		const chat = inboundCall({ channel: 'chat', type: 'Messaging (Web)', origin: 'web', id: 'chat-5' });
		const worker = world.worker();
		expect(await worker.log(stages.assigned(chat))).toMatchObject({ outcome: 'waiting', rule: 'D3' });
		expect(await worker.log(stages.abandoned(stages.assigned(chat)))).toMatchObject({
			outcome: 'skipped',
			rule: 'D6',
		});
		expect(world.written.conversations).toEqual([]);
	});
});

describe('who gets the conversation', () => {
	it('C8: after a transfer, the agent to whom it went', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const { conversationId = '' } = await worker.log(stages.connected(call));
		const result = await worker.log(
			{
				...stages.connected(call, AGENT_BEN),
				transfers: [{ id: '1', at: at(90), from: { agent: AGENT_ANA }, to: { agent: AGENT_BEN } }],
			},
			{ other: { observedAt: at(90) } },
		);
		expect(result.done).toContain('agent assigned');
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([BEN.id]);
	});

	it.each(['generic', 'babelforce'] as const)(
		'C16, C8: %s: of a group that rings, whoever answers is assigned; after that, whom the call rings at is not',
		async (name) => {
			const platform = name === 'generic' ? generic : babelforce;
			const worker = world.worker();
			const conversation = () => world.written.conversations[0];
			const tell = async (event: string, second: number, email?: string) => {
				const call = {
					id: 'c1',
					type: 'inbound',
					domain: 'external',
					from: KNOWN.phone,
					to: '+493023125000',
				};
				const body = {
					event,
					timestamp: at(second),
					call,
					...(email === undefined ? {} : { agent: { email } }),
				};
				const { events, rejected } = platform.parse(
					{ method: 'POST', headers: {}, query: {}, body },
					{ sourceName: name, sessionIdFrom: 'call' },
				);
				expect(rejected).toEqual([]);
				for (const { session } of events) await worker.log(session);
				return conversation()?.assignedUsers;
			};
			expect(await tell('incoming', 0)).toBeUndefined();
			expect(await tell('assigned', 5, BEN.email)).toEqual([]);
			expect(await tell('agent ringing', 6, ANA.email)).toEqual([]);
			expect(await tell('bridged', 9, BEN.email)).toEqual([BEN.id]);
			expect(await tell('agent selected', 60, ANA.email)).toEqual([BEN.id]);
			expect(await tell('transferred', 70, ANA.email)).toEqual([ANA.id]);
		},
	);

	it('D3: a call that was assigned and given up is recorded, also when its end is told first', async () => {
		const worker = world.worker();
		const rules = { rules: { abandonedCalls: false } };
		const call = { sessionId: 'c2', direction: 'in', from: KNOWN.phone };
		const log = async (body: object) => {
			const { events } = generic.parse(
				{ method: 'POST', headers: {}, query: {}, body },
				{ sourceName: 'generic', sessionIdFrom: 'call' },
			);
			const [event] = events;
			return event === undefined ? undefined : await worker.log(event.session, rules);
		};
		expect(await log({ ...call, event: 'ended', outcome: 'abandoned' })).toMatchObject({
			outcome: 'skipped',
		});
		expect(await log({ ...call, event: 'assigned', agentEmail: ANA.email })).toMatchObject({ rule: 'D3' });
	});

	it('C16: from when on is a setting: when the agent is connected', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const once = { agent: { assign: 'connected' as const } };
		const { conversationId = '' } = await worker.log(stages.assigned(call), once);
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([]);
		await worker.log(stages.connected(call), once);
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([ANA.id]);
	});

	it('C8, C16: while the call goes on, the agent to whom it goes has the conversation, whoever has it by then', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const { conversationId = '' } = await worker.log(stages.connected(call));
		world.standIn.store.updateConversation(
			conversationId,
			{ assignedUsers: [SANDBOX.users.chloe.id] },
			ANA.id,
		);
		await worker.log(stages.connected(call, AGENT_BEN), { other: { observedAt: at(90) } });
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([BEN.id]);
	});

	it('C16: an older event of another agent changes nothing', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const { conversationId = '' } = await worker.log(stages.connected(call, AGENT_BEN));
		await worker.log(stages.assigned(call, AGENT_ANA));
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([BEN.id]);
	});

	it('C16: what people decide after the call stays', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const { conversationId = '' } = await worker.log(
			stages.ended(call, { id: '11', name: ANA.name, email: '' }),
		);
		world.standIn.store.updateConversation(conversationId, { assignedUsers: [BEN.id] }, ANA.id);
		await worker.log(stages.ended(call), { other: { observedAt: at(1200) } });
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([BEN.id]);
	});

	it('C16: an agent whom Kustomer does not know is replaced by the fallback user', async () => {
		const stranger = { id: '99', name: 'Kim', email: 'kim@example.com' };
		const result = await world.worker().log(stages.connected(inboundCall(), stranger), {
			agent: { fallbackUserId: BEN.id },
		});
		expect(result.agent).toMatchObject({ by: 'fallback', userId: BEN.id });
	});

	describe('C16, U8: the tag of conversations that should have an agent and have none', () => {
		const STRANGER = { id: '99', name: 'Kim', email: 'kim@example.com' };
		const MARK = { agent: { unassignedTag: 'Nobody (assigned)' } };
		const tagsOf = (result: { conversationId?: string }) =>
			[...world.standIn.store.tags.values()]
				.filter(({ id }) => conversationOf(result)?.tags.includes(id))
				.map(({ name }) => name);

		it('is set at creation and later, in a form that Kustomer takes', async () => {
			const worker = world.worker();
			const created = await worker.log(stages.connected(inboundCall({ menuPath: ['One'] }), STRANGER), MARK);
			expect(tagsOf(created)).toContain('Nobody - assigned');
			expect(created).toMatchObject({
				agent: { by: 'nobody' },
				done: expect.arrayContaining(['tag: nobody is assigned']),
			});

			const call = inboundCall({ menuPath: ['Two'] });
			await worker.log(stages.queued(call), { ...MARK, rules: { delayUntilConnected: false } });
			expect(tagsOf(await worker.log(stages.assigned(call, STRANGER), MARK))).toContain('Nobody - assigned');
		});

		it('is taken away when somebody is assigned later', async () => {
			const worker = world.worker();
			const call = inboundCall();
			await worker.log(stages.connected(call, { id: '99', name: 'Kim' }), MARK);
			const later = await worker.log(stages.ended(call, { ...AGENT_BEN, id: '99' }), MARK);
			expect(conversationOf(later)?.assignedUsers).toEqual([BEN.id]);
			expect(tagsOf(later)).not.toContain('Nobody - assigned');
		});

		it('is not set for a known agent, with a fallback user, or where somebody keeps the conversation', async () => {
			const worker = world.worker();
			const first = await worker.log(stages.connected(inboundCall({ menuPath: ['One'] })), MARK);
			expect(tagsOf(first)).not.toContain('Nobody - assigned');
			const fallback = await worker.log(stages.connected(inboundCall({ menuPath: ['Two'] }), STRANGER), {
				agent: { ...MARK.agent, fallbackUserId: BEN.id },
			});
			expect(tagsOf(fallback)).not.toContain('Nobody - assigned');
			const appended = await worker.log(stages.connected(inboundCall({ menuPath: ['One'] }), STRANGER), MARK);
			expect(appended.conversationId).toBe(first.conversationId);
			expect(conversationOf(appended)?.assignedUsers).toEqual([ANA.id]);
			expect(tagsOf(appended)).not.toContain('Nobody - assigned');
		});

		it('a queue has its own, or none', async () => {
			const worker = world.worker();
			const queues = [
				{ queue: 'Own', settings: {}, unassignedTag: 'Own desk' },
				{ queue: 'None', settings: {}, unassignedTag: '' },
			];
			const log = async (queue: string) =>
				tagsOf(
					await worker.log(stages.connected(inboundCall({ menuPath: [queue] }), STRANGER), {
						...MARK,
						conversation: { typeTag: false, platformTag: undefined },
						other: { queues },
					}),
				);
			expect(await log('Own')).toEqual(['Own desk']);
			expect(await log('None')).toEqual([]);
			expect(await log('Other')).toEqual(['Nobody - assigned']);
		});
	});

	it('C16: an agent whom the platform names by an id is assigned at once when an earlier session told the email address', async () => {
		const worker = world.worker();
		const byId = { id: '11', name: ANA.name };
		const first = await worker.log(stages.connected(inboundCall({ menuPath: ['One'] }), byId));
		expect(first.agent).toMatchObject({ by: 'nobody' });
		await worker.log(stages.ended(inboundCall({ menuPath: ['Two'] }), AGENT_ANA));
		const second = await worker.log(stages.connected(inboundCall({ menuPath: ['Three'] }), byId));
		expect(second.agent).toMatchObject({ by: 'email', userId: ANA.id });
	});

	it('C8: an agent whose email address becomes known only after the end is assigned, when nobody else was', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const { conversationId = '' } = await worker.log(stages.connected(call));
		await worker.log(
			{
				...stages.connected(call, { id: '12', name: BEN.name }),
				transfers: [{ id: '1', from: { agent: AGENT_ANA }, to: { agent: { id: '12' } } }],
			},
			{ other: { observedAt: at(60) } },
		);
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([ANA.id]);
		await worker.log(stages.ended(call, { id: '12', name: BEN.name }), { other: { observedAt: at(205) } });
		await worker.log(stages.ended(call, AGENT_BEN), { other: { observedAt: at(1200) } });
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([BEN.id]);
	});

	it('C16: two instances of a platform number their agents alike: the email address of one is not used for the other', async () => {
		const worker = world.worker();
		const of = (prefix: string, agent: Agent) => {
			const call = inboundCall({ menuPath: [prefix] });
			return worker.log(stages.connected(call, agent), {
				other: { externalId: `${prefix}-ccaip:${call.id}` },
			});
		};
		await of('berlin', AGENT_ANA);
		expect((await of('munich', { id: '11', name: 'Somebody else' })).agent).toMatchObject({ by: 'nobody' });
	});

	it('C8: a transfer that the event tells without an id and the metadata with one has one note', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const parties = { from: { agent: AGENT_ANA }, to: { agent: AGENT_BEN } };
		await worker.log({ ...stages.connected(call), transfers: [parties] });
		await worker.log({ ...stages.ended(call), transfers: [{ ...parties, id: '3', at: at(90) }] });
		expect(world.notes.filter((note) => note.startsWith('Transferred'))).toHaveLength(1);
	});

	it('X3: five agents who ring and one who answers are one session, with no word of missed calls', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const ringing = [1, 2, 3, 4, 5].map((id) => ({ id: `${id}`, name: `Agent ${id}`, status: 'missed' }));
		for (const agent of ringing) await worker.log({ ...call, participants: [agent] });
		await worker.log({ ...stages.connected(call), participants: ringing });
		await worker.log(stages.ended(call));
		expect(world.written.messages).toHaveLength(1);
		expect(world.notes.join('\n')).not.toMatch(/missed/i);
		expect(world.written.messages[0]?.preview ?? '').not.toMatch(/missed/i);
	});
});

describe('custom data', () => {
	beforeEach(() => {
		world.standIn.store.defineAttributes('conversation', {
			orderStr: { displayName: 'Order' },
			detailsTxt: { displayName: 'Details' },
		});
	});

	it('C13: mapped data go to the attributes of the conversation, and an older value never over a newer one', async () => {
		const call = stages.connected(inboundCall());
		const worker = world.worker();
		const order = (value: string, seconds: number) => ({
			conversation: { custom: { orderStr: value } },
			other: { observedAt: at(seconds) },
		});
		const { conversationId = '' } = await worker.log(call, order('A-1', 30));
		await worker.log({ ...call, line: '+493023125001' }, order('A-2', 60));
		await worker.log({ ...call, line: '+493023125001' }, order('A-1', 30));
		expect(conversationOf({ conversationId })?.custom).toMatchObject({ orderStr: 'A-2' });
	});

	it('C13: what an event brings while the session waits is written when it gets its conversation', async () => {
		const call = inboundCall();
		const worker = world.worker();
		await worker.log(stages.queued(call), { conversation: { custom: { orderStr: 'A-7' } } });
		const { conversationId = '' } = await worker.log(stages.connected(call));
		expect(conversationOf({ conversationId })?.custom).toMatchObject({ orderStr: 'A-7' });
	});

	it('C13: a mapped attribute with the name of something that every object has is like any other', async () => {
		const result = world.worker().log(stages.connected(inboundCall()), {
			conversation: { custom: JSON.parse('{"constructor":"x","__proto__":"y"}') as Record<string, unknown> },
		});
		await expect(result.catch((error: unknown) => error)).resolves.not.toBeInstanceOf(TypeError);
	});

	it('C13: 100 kB of it are shortened, with a word about it, and the call is logged', async () => {
		const big = 'x'.repeat(100_000);
		const result = await world
			.worker()
			.log(
				{ ...stages.ended(inboundCall()), customData: { cart: { value: big } } },
				{ conversation: { custom: { detailsTxt: big } } },
			);
		expect(result).toMatchObject({ outcome: 'created' });
		expect(result.shortened.length).toBeGreaterThan(0);
		expect(world.notes.join('\n')).toMatch(/shortened|cut|missing/i);
	});
});

describe('what must never happen', () => {
	it('X7: a dry run sends reads only and tells what would be written', async () => {
		const mark = world.mark;
		const call = stages.ended(inboundCall({ endUser: { phone: UNKNOWN_PHONE } }));
		const result = await world.worker().log(call, { other: { dryRun: true } });
		expect(writes(world.requestsSince(mark))).toEqual([]);
		expect(result).toMatchObject({ outcome: 'created' });
		expect(result.planned?.map(({ does }) => does)).toEqual(
			expect.arrayContaining([
				'create a customer',
				'create a conversation',
				'add a note',
				'create a message',
			]),
		);
		expect(await world.worker().log(call)).toMatchObject({ outcome: 'created' });
	});

	it('X4: a session of nobody is logged with a customer of its own, or skipped, as set', async () => {
		const nobody = () => stages.ended(inboundCall({ endUser: { withheld: true } }));
		const call = nobody();
		const first = await world.worker().log(call);
		expect(first).toMatchObject({ outcome: 'created', customer: 'created' });
		const skip = {
			phoneRules: { ownNumbers: [], lookUp: 'automatic' as const, whenUnusable: 'skip' as const },
		};
		expect(await world.worker().log(nobody(), { customer: skip })).toMatchObject({ outcome: 'skipped' });
	});

	it.each([
		['C17: whose number becomes known later gets it', UNKNOWN_PHONE, undefined],
		['C17: who turns out to be a known customer goes there', KNOWN.phone, KNOWN.id],
	])('a caller %s', async (_name, phone, expected) => {
		const worker = world.worker();
		const call = inboundCall({ endUser: {} });
		const first = await worker.log(stages.connected(call));
		const later = { ...stages.ended(call), endUser: { phone } };
		const second = await worker.log(later);
		const conversation = conversationOf(first);
		expect(conversation?.customerId).toBe(expected ?? first.customerId);
		const customer = world.standIn.store.customers.get(conversation?.customerId ?? '');
		expect(customer?.phones).toEqual([expect.objectContaining({ phone })]);
		expect(second.customerId).toBe(conversation?.customerId);
		const before = world.picture;
		forgetEverything();
		expect(await worker.log(later)).toMatchObject({ outcome: 'unchanged' });
		expect(world.picture).toEqual(before);
	});

	it('C17: a customer whom the platform names but who is gone is found by the number', async () => {
		const gone = 'ffffffffffffffffffffffff';
		const call = inboundCall({ endUser: { phone: KNOWN.phone, customerId: gone } });
		expect(await world.worker().log(stages.ended(call))).toMatchObject({ customerId: KNOWN.id });
		const nobody = inboundCall({ endUser: { customerId: gone } });
		const { conversationId } = await world.worker().log(stages.ended(nobody));
		expect(await world.worker().log(stages.ended(nobody))).toMatchObject({
			outcome: 'unchanged',
			conversationId,
		});
	});

	it('X1: an event from a clock that is ahead does not have the last word for good', async () => {
		const call = inboundCall();
		const worker = world.worker();
		const { conversationId = '' } = await worker.log(stages.connected(call), {
			other: { observedAt: '2099-01-01T00:00:00Z' },
		});
		const later = new Date(Date.now() + 1).toISOString();
		await new Promise((next) => setTimeout(next, 5));
		await worker.log(stages.connected(call, AGENT_BEN), { other: { observedAt: later } });
		expect(conversationOf({ conversationId })?.assignedUsers).toEqual([BEN.id]);
	});

	it('X1: a prefix names the session when no external ID is given', async () => {
		const call = stages.ended(inboundCall());
		const result = await world.worker().log(call, { other: { externalIdPrefix: 'berlin-' } });
		expect(result.externalId).toBe(`berlin-ccaip:${call.id}`);
	});

	it('X1: a run that is cut off at any request is finished by the next one, with nothing twice', async () => {
		const finish = async (breakAt: number): Promise<boolean> => {
			world.reset();
			const call = stages.ended(inboundCall({ id: 'call-cut', endUser: { phone: UNKNOWN_PHONE } }));
			const worker = world.worker();
			let requests = 0;
			let broke = false;
			worker.trouble = (request) => {
				requests += 1;
				if (requests !== breakAt) return undefined;
				broke = true;
				worker.trouble = () => undefined;
				// The request is lost for good: the process ends here.
				return Object.assign(new Error(`cut off at ${request.method}`), { name: 'CutOff' }) as never;
			};
			await worker.log(call).catch((error: unknown) => error);
			forgetEverything();
			await world.worker().log(call);
			return broke;
		};
		expect(await finish(0)).toBe(false);
		const whole = world.picture as { conversations: unknown[]; messages: unknown[]; notes: unknown[] };
		let breakAt = 1;
		for (; await finish(breakAt); breakAt += 1) {
			const { conversations, messages, notes } = world.picture as typeof whole;
			expect([conversations.length, messages.length, notes.length]).toEqual([1, 1, whole.notes.length]);
		}
		expect(breakAt).toBeGreaterThan(6);
	});

	it('X1: a message whose meta data somebody has overwritten is still the session', async () => {
		const call = inboundCall();
		const { messageId = '' } = await world.worker().log(stages.connected(call));
		world.standIn.store.updateMessage(messageId, { meta: { mine: true } }, ANA.id);
		forgetEverything();
		const notes = world.notes.length;
		expect(await world.worker().log(stages.connected(call))).toMatchObject({ outcome: 'updated', messageId });
		expect(world.notes).toHaveLength(notes);
		expect(await world.worker().log(stages.connected(call))).toMatchObject({ outcome: 'unchanged' });
	});

	it('X1: without ids of our own a session is logged once as well', async () => {
		const events = answeredCall();
		const plain = { other: { chooseId: false } };
		for (const event of [...events, ...events]) {
			forgetEverything();
			await world.worker().log(event, plain);
		}
		expect(world.written.conversations).toHaveLength(1);
		expect(world.written.messages).toHaveLength(1);
		expect(new Set(world.notes).size).toBe(world.notes.length);
	});

	it.each([
		['no object', undefined],
		['no id', { source: 'ccaip', channel: 'voice', endUser: {} }],
		['an id that is no text', { source: 'ccaip', id: 7, channel: 'voice', endUser: {} }],
	])('X2: a session that is %s is refused before anything is sent', async (_name, session) => {
		const mark = world.mark;
		await expect(world.worker().log(session as unknown as Session)).rejects.toThrow(/session/i);
		expect(world.requestsSince(mark)).toEqual([]);
	});
});

describe('many at the same time', () => {
	const shuffle = <T>(list: readonly T[]): T[] =>
		list
			.map((value) => ({ value, order: Math.random() }))
			.sort((a, b) => a.order - b.order)
			.map(({ value }) => value);

	it.each(['one process', 'two workers'])(
		'C6, C21, X1: two sessions of a customer and queue in the same second share one conversation with the fields of one, in %s',
		async (how) => {
			for (let round = 0; round < 10; round += 1) {
				world.reset();
				const names = how === 'one process' ? ['a', 'a'] : ['a', 'b'];
				const results = await Promise.all(
					names.map((name) => world.worker(name).log(stages.assigned(inboundCall()))),
				);
				expect(world.written.conversations).toHaveLength(1);
				expect(world.written.messages).toHaveLength(2);
				expect(results.map(({ outcome }) => outcome).sort()).toEqual(['appended', 'created']);
				const [conversation] = world.written.conversations;
				const founder = conversation?.externalId?.replace('ccaip:call-', '');
				expect(conversation?.custom.callIdStr).toBe(founder);
			}
		},
	);

	it.each(['one process', 'two workers'])(
		'C6, D1: so do they when the first event of one tells only the queue, because it has overtaken what tells the menu, in %s',
		async (how) => {
			const queue = { id: '252', name: 'Orders / Delivery' };
			const names = how === 'one process' ? ['a', 'a'] : ['a', 'b'];
			for (const calls of [
				[inboundCall({ queue }), inboundCall({ queue, menuPath: undefined })],
				[inboundCall({ queue, menuPath: undefined }), inboundCall({ queue })],
			]) {
				world.reset();
				await Promise.all(
					calls.map(async (call, index) => await world.worker(names[index]).log(stages.assigned(call))),
				);
				expect(world.written.conversations).toHaveLength(1);
				expect(world.written.messages).toHaveLength(2);
			}
		},
	);

	it('C3: two outbound calls at once, on two workers, get two conversations when appending is off', async () => {
		const off = { rules: { appendOutbound: false } };
		const call = () => stages.connected(inboundCall({ direction: 'out', menuPath: undefined }));
		await Promise.all(['a', 'b'].map((name) => world.worker(name).log(call(), off)));
		expect(world.written.conversations).toHaveLength(2);
	});

	it('X1: a rating and a disposition on two workers at once are both kept', async () => {
		for (let round = 0; round < 10; round += 1) {
			world.reset();
			const call = inboundCall();
			const [a, b] = [world.worker('a'), world.worker('b')];
			await a.log(stages.ended(call));
			await b.log(stages.ended(call));
			await Promise.all([
				a.log({ ...stages.ended(call), rating: { score: 4 } }),
				b.log({ ...stages.ended(call), disposition: { code: 'SALE' } }),
			]);
			expect(world.notes.filter((note) => /^(Rating|Disposition)/.test(note))).toHaveLength(2);
			// Whoever writes last may miss what the other writes at the same instant; the next event brings it in.
			await a.log({ ...stages.ended(call), rating: { score: 4 }, holdTime: 5 });
			await b.log({ ...stages.ended(call), disposition: { code: 'SALE' }, holdTime: 6 });
			const [message] = world.written.messages;
			const held = (message?.meta.contactCenter as { session: Session }).session;
			expect(held).toMatchObject({ rating: { score: 4 }, disposition: { code: 'SALE' } });
		}
	});

	it('D1: two sessions in the same second get two conversations when appending is off', async () => {
		const off = { rules: { append: false } };
		await Promise.all(['a', 'b'].map((name) => world.worker(name).log(stages.assigned(inboundCall()), off)));
		expect(world.written.conversations).toHaveLength(2);
	});

	it.each(['one process', 'three workers'])(
		'X1: every event three times, in random order and all at once, in %s: one session in its last state',
		async (how) => {
			const call = inboundCall({ endUser: { phone: UNKNOWN_PHONE } });
			const events = answeredCall(call);
			for (const event of events) await world.worker().log(event);
			const orderly = world.picture as { messages: unknown[] };
			for (let round = 0; round < 5; round += 1) {
				world.reset();
				const deck = shuffle([...events, ...events, ...events]);
				await Promise.all(
					deck.map((event, index) => world.worker(how === 'one process' ? 'a' : `w${index % 3}`).log(event)),
				);
				// Workers that write at the very same moment can miss each other's news; the next event brings it in.
				forgetEverything();
				for (const event of events) await world.worker().log(event);
				expect(withoutIds(world.picture)).toEqual(withoutIds(orderly));
				const mark = world.mark;
				for (const event of shuffle(events)) await world.worker().log(event);
				expect(writes(world.requestsSince(mark))).toEqual([]);
			}
		},
	);
});

/** Ids of customers, and what holds them, differ from run to run. */
function withoutIds(picture: unknown): unknown {
	const { conversations, messages, notes } = picture as Record<string, Array<Record<string, unknown>>>;
	return {
		conversations: conversations?.map(({ name, status, assignedUsers, custom }) => ({
			...{ name, status, assignedUsers, custom },
		})),
		messages: messages?.map(({ preview, subject, status, custom, session }) => ({
			...{ preview, subject, status, custom, session },
		})),
		notes: notes?.map(({ body }) => body).sort(),
	};
}
