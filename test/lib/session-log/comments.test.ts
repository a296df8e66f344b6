import { fromSnapshot, isCut, observe, toSnapshot } from '../../../lib/domain/session-record';
import type { Session } from '../../../lib/domain/session';
import { pendingComments } from '../../../lib/session-log/comments';
import { unsure } from '../../../lib/session-log/merge-done';
import type { Run } from '../../../lib/session-log/run';
import { commentsOf, type Comment, type CommentKind } from '../../../lib/session-log/rules/session-comments';
import { hashOf } from '../../../lib/session-log/stored-session';

/** A run that wants these kinds of comments. */
const runFor = (...kinds: CommentKind[]) =>
	({
		input: {
			comments: new Set(kinds),
			conversation: { timeZone: 'UTC' },
			customer: { phoneRules: { ownNumbers: [] } },
		},
	}) as unknown as Run;

const call: Session = {
	...{ source: 'ccaip', id: 'call-1', channel: 'voice', endUser: {}, rating: { score: 4 } },
	survey: [{ question: 'Why?', answer: 'x'.repeat(2000) }],
};
const whole = observe(call, 1);
/** The same call as Kustomer gives it back: without the survey, for which there was no room. */
const cut = fromSnapshot(toSnapshot(whole, 1000).snapshot) ?? whole;

/** Kinds of comments by what has to be done, without what is empty. */
function pending(record: typeof whole, written: Record<string, string>, run = runFor('survey', 'rating')) {
	const kinds = Object.entries(pendingComments(run, record, written)).map(
		([what, comments]: [string, Comment[]]) => [what, comments.map(({ kind }) => kind)] as const,
	);
	return Object.fromEntries(kinds.filter(([, list]) => list.length > 0));
}
/** As if all comments of the record were there. */
const allWritten = Object.fromEntries(
	commentsOf(call, { timeZone: 'UTC' }).map(({ key, text }) => [key, hashOf(text)]),
);

describe('the comments that have to be written', () => {
	it('C14, G10: those that are not there, of the kinds that are wanted', () => {
		expect(pending(whole, {})).toEqual({ missing: ['rating', 'survey'] });
		expect(pending(whole, {}, runFor('survey'))).toEqual({ missing: ['survey'] });
		expect(pending(whole, allWritten)).toEqual({});
	});

	it('C14: those whose text is another one by now, or of which nobody has seen that they say it', () => {
		expect(pending(whole, { rating: 'another', survey: 'another' })).toEqual({
			outdated: ['rating', 'survey'],
		});
		expect(pending(whole, { ...allWritten, rating: unsure(String(allWritten.rating)) })).toEqual({
			unseen: ['rating'],
		});
	});

	describe('when only a part of a list could be kept', () => {
		const left = { ...cut, session: { ...cut.session, survey: [{ question: 'Why?', answer: 'x' }] } };

		it('G10, X1: a note that tells the whole list is not written again from what is left of it', () => {
			expect([isCut(whole, 'survey'), isCut(left, 'survey')]).toEqual([false, true]);
			expect(pending(left, allWritten)).toEqual({});
			expect(pending(left, { ...allWritten, rating: 'another' })).toEqual({ outdated: ['rating'] });
		});

		it('G10, X2: it is written where there is no note, or where nobody knows what the note says', () => {
			expect(pending(left, {})).toEqual({ missing: ['rating', 'survey'] });
			expect(pending(left, { ...allWritten, survey: unsure('another') })).toEqual({ outdated: ['survey'] });
		});
	});
});
