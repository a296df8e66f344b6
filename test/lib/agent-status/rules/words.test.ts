import type { AgentView, Hold } from '../../../../lib/domain/agent-status';
import type { Lead, LeadReason } from '../../../../lib/agent-status/rules/lead';
import {
	kustomerReason,
	notTakenSentence,
	platformReason,
	standingSentence,
} from '../../../../lib/agent-status/rules/words';

const view = (platform: AgentView['platform'] = { status: { id: 'p1', name: 'Ready' } }): AgentView => ({
	kustomer: { status: { id: 'k1', name: 'Lunch' } },
	platform,
});
const lead = (side: Lead['side'], reason: LeadReason = 'changed'): Lead => ({ side, reason });

describe('what people read about one agent', () => {
	it.each<[Parameters<typeof standingSentence>[0], string]>([
		['fits', 'Both sides fit the table.'],
		['signedOut', 'The agent is not signed in to Kustomer, and the table has no row for Offline.'],
		['onCall' satisfies Hold, 'The agent is on a call: nothing is changed.'],
		['unknown' satisfies Hold, 'The agent has no status that the platform tells: nothing is changed.'],
	])('S8: %s: why nothing is done', (why, sentence) => {
		expect(standingSentence(why)).toBe(sentence);
	});

	it.each([
		['row' as const, 'which the table maps to "Break"'],
		['fallback' as const, 'which has no row, so that "Break" counts'],
	])('S1: why the platform gets a status, by %s', (by, leads) => {
		expect(platformReason(view(), { platform: 'Break', by }, lead('kustomer'))).toBe(
			`Kustomer shows "Lunch", ${leads}; the platform shows "Ready". Changed on the platform because the status in Kustomer changed.`,
		);
		// Of a platform that tells no status nothing is said.
		expect(platformReason(view({}), { platform: 'Break', by }, lead('kustomer'))).toContain(
			'the platform shows ""',
		);
	});

	it('S4: the side that is followed is named', () => {
		const [status, shown] = [{ name: 'Training' }, { name: 'Break' }];
		const reason = (side: Lead['side'], why: LeadReason) =>
			kustomerReason(view(), status, shown, lead(side, why));
		expect(reason('platform', 'laterChange')).toBe(
			'The platform shows "Break", which is "Training" in Kustomer; Kustomer shows "Lunch". Changed in Kustomer because both sides changed, the platform later.',
		);
		expect(reason('kustomer', 'laterChange')).toMatch(/both sides changed, Kustomer later\.$/);
	});

	it('S3: the side that did not take a change is named', () => {
		expect(notTakenSentence('kustomer', 3, 'Why.')).toMatch(
			/^Kustomer did not take the change .* 3 times\. .* Why\.$/,
		);
		expect(notTakenSentence('platform', 3, 'Why.')).toMatch(/^The platform did not take the change /);
	});
});
