import { conversationLanguage } from '../../../../lib/session-log/rules/conversation-language';

it.each([
	['en', 'en'],
	['DE', 'de'],
	[' de ', 'de'],
	['pt-BR', 'pt_br'],
	['en_US', 'en_us'],
	['fil', 'fil'],
	['Deutsch (Schweiz)', undefined],
	['en-GB-oxendict', undefined],
	['x-en', undefined],
	['e', undefined],
	['', undefined],
	[undefined, undefined],
])('C21: the language %j is %j in Kustomer', (language, expected) => {
	expect(conversationLanguage(language)).toBe(expected);
});
