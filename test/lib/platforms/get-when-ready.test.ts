import type { Session } from '../../../lib/domain/session';
import { USUAL_PATIENCE } from '../../../lib/domain/waiting';
import { FileError } from '../../../lib/files/file-error';
import { mayPass } from '../../../lib/files/may-pass';
import { ServiceError } from '../../../lib/http/errors';
import {
	getWhenReady,
	wasNeverAnswered,
	whyNothingToGet,
	type Look,
	type NamedFile,
} from '../../../lib/platforms/get-when-ready';

const NOW = Date.parse('2026-06-01T10:00:00Z');
const HOUR = 3_600_000;

const failing = (kind: string) => new ServiceError({ kind, message: `It is ${kind}.`, advice: 'Wait.' });
const there = (key: string): NamedFile<string> => ({ key, get: async () => await Promise.resolve(key) });
const lost = (key: string, kind = 'notReady'): NamedFile<string> => ({
	key,
	get: async () => await Promise.reject(failing(kind)),
});

/** What a look comes to, so many hours after the end. */
async function after(hours: number, look: Look<string> | Error, handedOn: string[] = []) {
	return await getWhenReady(
		async () => (look instanceof Error ? await Promise.reject(look) : await Promise.resolve(look)),
		{
			waiting: { since: new Date(NOW - hours * HOUR).toISOString(), ...USUAL_PATIENCE },
			handedOn,
			now: NOW,
		},
	);
}
const inMinutes = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

describe('what comes of a look', () => {
	it('C7, X5: what is there is handed on, and nothing is waited for', async () => {
		expect(await after(0, { files: [there('a'), there('b')] })).toEqual({ got: ['a', 'b'] });
	});

	it('X5: what is not there yet is looked for again, and what is there is handed on at once, once', async () => {
		const first = await after(0, { files: [there('a'), lost('b')] });
		expect(first).toEqual({
			got: ['a'],
			again: { lookAgainAt: inMinutes(2), reason: 'It is notReady.', handedOn: ['a'] },
		});
		const second = await after(1, { files: [there('a'), there('b')] }, first.again?.handedOn);
		expect(second).toEqual({ got: ['b'] });
	});

	it.each(['notFound', 'notReady', 'rateLimit', 'server', 'noAnswer'])(
		'X2, X5: a platform that answers with %s is asked again',
		async (kind) => {
			expect(await after(0.5, failing(kind))).toEqual({
				got: [],
				again: { lookAgainAt: inMinutes(30), reason: `It is ${kind}.`, handedOn: [] },
			});
		},
	);

	it.each(['forbidden', 'unauthorized', 'badRequest', 'unusableFile'])(
		'X2, X8: what waiting does not cure, %s, is reported at once',
		async (kind) => {
			await expect(after(0, failing(kind))).rejects.toThrow(`It is ${kind}.`);
			await expect(after(0, { files: [lost('a', kind)] })).rejects.toThrow(`It is ${kind}.`);
		},
	);

	it('X2: what cannot be had takes nothing with it: it is reported when the rest is handed on', async () => {
		const look: Look<string> = { files: [lost('a', 'forbidden'), there('b')] };
		const first = await after(0, look);
		expect(first).toEqual({
			got: ['b'],
			again: { lookAgainAt: inMinutes(0), reason: 'It is forbidden.', handedOn: ['b'] },
		});
		await expect(after(0, look, first.again?.handedOn)).rejects.toThrow('It is forbidden.');
	});

	it('X2, X5: when the time is over, what is there is handed on first, and then the rest is reported', async () => {
		const look: Look<string> = { files: [there('a')], awaited: failing('notReady') };
		expect(await after(25, look)).toMatchObject({ got: ['a'], again: { lookAgainAt: inMinutes(0) } });
		await expect(after(25, look, ['a'])).rejects.toThrow('It is notReady.');
	});

	it('C7: what need not come is no error when the time is over', async () => {
		const look: Look<string> = { files: [], awaited: failing('notReady'), isExpected: false };
		expect(await after(1, look)).toMatchObject({ got: [], again: {} });
		expect(await after(25, look)).toEqual({ got: [], none: 'It is notReady.' });
	});

	it('C7: where nothing is and nothing is awaited, the reason is told', async () => {
		expect(await after(0, { files: [], none: 'Nobody answered.' })).toEqual({
			got: [],
			none: 'Nobody answered.',
		});
		expect(await after(0, { files: [there('a')] }, ['a'])).toMatchObject({ got: [], none: /before/ });
	});
});

describe('X5: what may pass', () => {
	it.each([
		[failing('server'), true],
		[failing('forbidden'), false],
		[new FileError('uploadFailed', 'x', 'y', { mayHelp: true }), true],
		[new FileError('notAFile', 'x', 'y'), false],
		[new Error('x'), false],
		[undefined, false],
	])('%p: %s', (error, expected) => {
		expect(mayPass(error)).toBe(expected);
	});
});

describe('C7: which items files are got for', () => {
	const session = (facts: Partial<Session>): Session => ({
		source: 'ccaip',
		id: 'call-1',
		channel: 'voice',
		endUser: {},
		...facts,
	});

	it.each([
		['ended', {}, undefined],
		['voicemail', {}, undefined],
		['recording', { state: 'connected' }, undefined],
		['metadata', { state: 'completed' }, undefined],
		[undefined, { state: 'ended' }, undefined],
		[undefined, { endedAt: '2026-06-01T10:00:00.000Z' }, undefined],
		['metadata', { state: 'connected' }, 'The session goes on.'],
		[undefined, { state: 'connected' }, 'The session goes on.'],
		['rated', { state: 'completed' }, 'This event is not about the end of the session.'],
		['ended', { direction: 'internal' }, 'Calls between colleagues are not recorded.'],
	] as Array<[string | undefined, Partial<Session>, string | undefined]>)(
		'the event %s of a session with %j: %s',
		(event, facts, expected) => {
			expect(whyNothingToGet(session(facts), event)).toBe(expected);
		},
	);

	it.each([
		[{ outcome: 'abandoned', state: 'ended' }, true],
		[{ outcome: 'failed', state: 'ended' }, true],
		[{ outcome: 'answered', state: 'ended' }, false],
		[{ outcome: 'voicemail', state: 'ended' }, false],
		// One of a group did not answer; another one did.
		[{ outcome: 'missed', state: 'ended', connectedAt: '2026-06-01T10:00:00.000Z' }, false],
		[{}, false],
	] as Array<[Partial<Session>, boolean]>)(
		'X3: a session with %j was never answered: %s',
		(facts, expected) => {
			expect(wasNeverAnswered(session(facts))).toBe(expected);
		},
	);
});
