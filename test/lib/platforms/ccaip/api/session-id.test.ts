import { sessionNameOf, sessionNumberOf } from '../../../../../lib/platforms/ccaip/api/session-id';

it.each([
	['123', 'call', 'call-123'],
	[' call-123 ', 'call', 'call-123'],
	['CALL-0123', 'call', 'call-123'],
	['ccaip:call-123', 'call', 'call-123'],
	['emea-ccaip:chat-987', undefined, 'chat-987'],
	['987', 'chat', 'chat-987'],
] as const)('%s as %s is %s', (written, kind, name) => {
	expect(sessionNameOf(sessionNumberOf(written, kind, 'Call ID'))).toBe(name);
});

it.each([
	['', 'call', /not the ID/],
	['call-', 'call', /not the ID/],
	['12/../agents', 'call', /not the ID/],
	['1e3', 'call', /not the ID/],
	['9'.repeat(500), 'call', /not the ID/],
	['chat-9', 'call', /names a chat/],
	['call-9', 'chat', /names a call/],
	['123', undefined, /whether it is a call or a chat/],
] as const)('%s as %s is refused', (written, kind, message) => {
	expect(() => sessionNumberOf(written, kind, 'Call ID')).toThrow(message);
});
