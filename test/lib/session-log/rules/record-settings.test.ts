import { DEFAULT_RECORD_SETTINGS } from '../../../../lib/session-log/rules/record-settings';

it('C3, C4, C9, D1, D2, D3, D4, D5, D6: what holds when nobody has set anything', () => {
	expect(DEFAULT_RECORD_SETTINGS).toEqual({
		append: true,
		reopenDays: 0,
		appendOutbound: true,
		callbackMinutes: 5,
		delayUntilConnected: false,
		chatMinMessages: 0,
		abandonedCalls: true,
		abandonedChats: 'none',
		abandonedChatMinMessages: 1,
	});
});
