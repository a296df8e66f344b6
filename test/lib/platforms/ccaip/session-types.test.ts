import fc from 'fast-check';

import { sessionTypeOf } from '../../../../lib/platforms/ccaip/session-types';

describe('session types', () => {
	it.each([
		['Voice Inbound (IVR)', 'voice', 'in', 'phone', undefined],
		['Voice Inbound (IVR via Mobile)', 'voice', 'in', 'phone', undefined],
		['Voice Inbound (Mobile)', 'voice', 'in', 'app', undefined],
		['Voice Callback (Web)', 'voice', 'in', 'web', undefined],
		['Voice Inbound (API)', 'voice', 'in', 'api', undefined],
		['Voice Inbound (Direct)', 'voice', 'in', 'phone', undefined],
		['Voice Inbound (Extension)', 'voice', 'in', 'phone', undefined],
		['Voice Scheduled (Mobile)', 'voice', 'in', 'app', true],
		['Voice Scheduled (Web)', 'voice', 'in', 'web', true],
		['Voice Scheduled (API)', 'voice', 'out', 'api', true],
		['Voice Outbound', 'voice', 'out', 'phone', undefined],
		['Voice Outbound (API)', 'voice', 'out', 'api', undefined],
		['Voice Outbound (Direct)', 'voice', 'out', 'phone', undefined],
		['Voice Outbound (UCaaS)', 'voice', 'out', 'phone', undefined],
		['Voice Campaign', 'voice', 'out', 'phone', undefined],
		['Voice Internal', 'voice', 'internal', undefined, undefined],
		['Messaging Inbound (Mobile Chat)', 'chat', 'in', 'app', undefined],
		['Messaging Inbound (Web Chat)', 'chat', 'in', 'web', undefined],
		['Messaging Inbound (SMS)', 'sms', 'in', 'phone', undefined],
		['Messaging Outbound (SMS)', 'sms', 'out', 'phone', undefined],
		['Messaging Outbound (SMS via API)', 'sms', 'out', 'api', undefined],
		['Messaging Inbound (SMS Direct)', 'sms', 'in', 'phone', undefined],
		['Messaging Outbound (SMS Direct)', 'sms', 'out', 'phone', undefined],
		['Messaging Outbound (SMS Direct via API)', 'sms', 'out', 'api', undefined],
		['Messaging (WhatsApp)', 'whatsapp', 'in', 'phone', undefined],
	])('D8: %s is a current name', (name, channel, direction, origin, scheduled) => {
		expect(sessionTypeOf(name)).toEqual({
			name,
			channel,
			direction,
			...(origin === undefined ? {} : { origin }),
			...(scheduled === undefined ? {} : { scheduled }),
		});
	});

	it.each([
		['Voice Inbound', 'Voice Inbound (IVR)'],
		['voice inbound (pstn)', 'Voice Inbound (IVR)'],
		['Voice Inbound - IVR', 'Voice Inbound (IVR)'],
		['IVR_Call', 'Voice Inbound (IVR)'],
		['IVR call', 'Voice Inbound (IVR)'],
		['Voice Inbound (IVR using Mobile)', 'Voice Inbound (IVR via Mobile)'],
		['Voice Inbound (IVR by Mobile)', 'Voice Inbound (IVR via Mobile)'],
		['IVRCall(app)', 'Voice Inbound (IVR via Mobile)'],
		['Voice Inbound (App)', 'Voice Inbound (Mobile)'],
		['IncomingCall(app)', 'Voice Inbound (Mobile)'],
		['IncomingCall(web)', 'Voice Callback (Web)'],
		['VOICE CALLBACK (WEB)', 'Voice Callback (Web)'],
		['IncomingCall(api)', 'Voice Inbound (API)'],
		['ScheduledCall(app)', 'Voice Scheduled (Mobile)'],
		['ScheduledCall(web)', 'Voice Scheduled (Web)'],
		['Outbound_Call', 'Voice Outbound'],
		['OutboundCall(api)', 'Voice Outbound (API)'],
		['Voice Campaign (UJET)', 'Voice Campaign'],
		['messaging inbound (web chat)', 'Messaging Inbound (Web Chat)'],
		['Messaging (Web)', 'Messaging Inbound (Web Chat)'],
		['In-web', 'Messaging Inbound (Web Chat)'],
		['Web', 'Messaging Inbound (Web Chat)'],
		['Messaging Inbound (App Chat)', 'Messaging Inbound (Mobile Chat)'],
		['Messaging (Mobile)', 'Messaging Inbound (Mobile Chat)'],
		['In-app', 'Messaging Inbound (Mobile Chat)'],
		['Mobile', 'Messaging Inbound (Mobile Chat)'],
		['Messaging (SMS)', 'Messaging Inbound (SMS)'],
		['SMS', 'Messaging Inbound (SMS)'],
		['Messaging Outbound (SMS using API)', 'Messaging Outbound (SMS via API)'],
		['Messaging Outbound (SMS by API)', 'Messaging Outbound (SMS via API)'],
		['Messaging (Whatsapp)', 'Messaging (WhatsApp)'],
	])('D8: %s is now %s', (earlier, current) => {
		expect(sessionTypeOf(earlier)?.name).toBe(current);
	});

	it.each([
		['Voice Outbound (Satellite)', 'voice', 'out'],
		['Messaging Outbound (WhatsApp)', 'whatsapp', 'out'],
		['Messaging Inbound (RCS)', 'chat', 'in'],
		['Messaging Outbound (SMS, bulk)', 'sms', 'out'],
		['Hologram', 'voice', undefined],
		['Voice Outbound-API Preview', 'voice', 'out'],
		['Holo Callback', 'voice', 'in'],
	])('D7: %s is not known and keeps its name', (name, channel, direction) => {
		const type = sessionTypeOf(name);
		expect(type).toMatchObject({ name, channel });
		expect(type?.direction).toBe(direction);
	});

	it.each([undefined, '', '   '])('%p is no type', (word) => {
		expect(sessionTypeOf(word)).toBeUndefined();
	});

	it('has one name for each type, however often it is read', () => {
		fc.assert(
			fc.property(fc.string(), (word) => {
				const type = sessionTypeOf(word);
				if (type !== undefined) {
					expect(type.name.length).toBeLessThanOrEqual(256);
					expect(sessionTypeOf(type.name)?.name).toBe(type.name);
				}
			}),
			{ numRuns: 500 },
		);
		expect(sessionTypeOf('x'.repeat(1_000_000))?.name).toHaveLength(256);
		expect(sessionTypeOf('constructor')?.name).toBe('constructor');
	});
});
