import { checkTags } from '../../../../lib/kustomer/validate/tags';
import { tagsFor } from '../../../../lib/session-log/rules/session-tags';
import type { Session } from '../../../../lib/domain/session';

const session = (facts: Partial<Session> = {}): Session => ({
	source: 'ccaip',
	id: 'call-1',
	channel: 'voice',
	endUser: {},
	...facts,
});

describe('session tags', () => {
	it.each([
		['Voice Inbound (IVR)', 'Voice Inbound - IVR'],
		['Voice Scheduled (Web)', 'Voice Scheduled - Web'],
		['Messaging Inbound (Web Chat)', 'Messaging Inbound - Web Chat'],
		['Voice Outbound', 'Voice Outbound'],
	])('D8: the session type %j becomes the tag %j', (type, expected) => {
		expect(tagsFor(session({ type }), { typeTag: true })).toEqual([expected]);
	});

	it.each<[Partial<Session>, string]>([
		[{ origin: 'app' }, 'Incoming call - app'],
		[{ type: '（）', channel: 'sms' }, 'SMS'],
		[{ type: 5 as unknown as string, direction: 'out' }, 'Outbound call'],
		// The type of the session, not what came of it.
		[{ origin: 'phone', voicemail: { status: 'left' } }, 'IVR call'],
	])('D8: without a usable type of the platform, %j is tagged in our words', (facts, expected) => {
		expect(tagsFor(session(facts), { typeTag: true })).toEqual([expected]);
	});

	it('D8: no tag for the type when that is off', () => {
		expect(tagsFor(session({ type: 'Voice Inbound (IVR)' }), { typeTag: false })).toEqual([]);
	});

	it('D9: the platform has its tag', () => {
		expect(tagsFor(session(), { typeTag: false, platformTag: 'UJET' })).toEqual(['UJET']);
		expect(tagsFor(session(), { typeTag: false, platformTag: '  ' })).toEqual([]);
	});

	it('B5: further tags follow, each once, in a form that Kustomer takes', () => {
		const tags = tagsFor(session({ type: 'Voice Outbound' }), {
			typeTag: true,
			platformTag: 'UJET',
			tags: ['VIP (gold)', '', 'UJET', '☎', 'x'.repeat(100)],
		});
		expect(tags).toEqual(['Voice Outbound', 'UJET', 'VIP - gold', 'x'.repeat(64)]);
		expect(checkTags(tags)).toEqual(tags);
	});
});
