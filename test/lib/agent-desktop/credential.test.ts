import { agentLinkCredential, agentLinkProblems, hasLookupKey } from '../../../lib/agent-desktop/credential';

const KEY = 'k'.repeat(16);

describe('the credential of agent links', () => {
	it.each([
		[{ lookupKey: KEY }, []],
		[{ signingSecret: KEY, lookupKey: `${KEY}2` }, []],
		[{}, ['Both fields are empty.']],
		[{ lookupKey: 'short' }, ["'Lookup Key' is too short: use at least 16 random characters."]],
		[{ signingSecret: 'short' }, ["'Signing Secret' is too short: use at least 16 random characters."]],
		[
			{ lookupKey: `${KEY}&x=1` },
			["'Lookup Key' stands in an address: use letters, digits, hyphens and underscores only."],
		],
		[
			{ lookupKey: KEY, signingSecret: KEY },
			["'Lookup Key' and 'Signing Secret' must differ: the key can be read in every lookup URL."],
		],
	])('X16: %j', (data, problems) => {
		expect(agentLinkProblems(agentLinkCredential(data))).toEqual(problems);
	});

	it.each([
		['the key', KEY, KEY, true],
		['the key with blanks around it', ` ${KEY} `, KEY, true],
		['another one', 'x'.repeat(16), KEY, false],
		['a part of it', KEY.slice(1), KEY, false],
		['nothing, where none is set', '', '', false],
		['a key that is too short', 'abc', 'abc', false],
		['a list', [KEY], KEY, false],
		['nothing', undefined, KEY, false],
	])('X16: a link with %s', (_, presented, lookupKey, fits) => {
		expect(hasLookupKey(presented, { lookupKey })).toBe(fits);
	});
});
