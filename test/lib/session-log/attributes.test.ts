import { pendingAttributes } from '../../../lib/session-log/attributes';
import { UNSURE } from '../../../lib/session-log/merge-done';
import { hashOf, type WrittenAttribute } from '../../../lib/session-log/stored-session';

const hash = hashOf('old');
const was = (at: number, ...rest: unknown[]): Record<string, WrittenAttribute> => ({
	x: [hash, at, ...rest] as WrittenAttribute,
});

describe('attributes that have to be written', () => {
	it('C13: what is new, and not what is there', () => {
		expect(pendingAttributes({ x: 'new', y: undefined }, 5, {})).toEqual({
			values: { x: 'new' },
			written: { x: [hashOf('new'), 5, 'new'] },
			shortened: [],
		});
		expect(pendingAttributes({ x: 'old' }, 9, was(5, 'old')).values).toBeUndefined();
		expect(pendingAttributes(undefined, 9, was(5, 'old'))).toEqual({
			values: undefined,
			written: was(5, 'old'),
			shortened: [],
		});
	});

	it('X1, C13: an older value is not written over a newer one, one of the same time is', () => {
		expect(pendingAttributes({ x: 'new' }, 4, was(5, 'old')).values).toBeUndefined();
		expect(pendingAttributes({ x: 'new' }, 5, was(5, 'old')).values).toEqual({ x: 'new' });
	});

	it('X1, C13: a value of which nobody knows whether it stands there is written again, where it is known', () => {
		const again = pendingAttributes(undefined, 9, was(5, 'old', UNSURE));
		expect(again).toMatchObject({ values: { x: 'old' }, written: was(5, 'old') });
		const gone = pendingAttributes(undefined, 9, was(5, undefined, UNSURE));
		expect(gone).toMatchObject({ values: undefined, written: was(5) });
		expect(pendingAttributes({ x: 'old' }, 9, was(5, 'old', UNSURE)).values).toEqual({ x: 'old' });
	});

	it('X2, C13: a text that is too long is cut and named, and a long one is not kept beside its hash', () => {
		const text = 'x'.repeat(1025);
		const { values, written, shortened } = pendingAttributes({ aStr: text, bStr: 'y'.repeat(1024) }, 5, {});
		expect(values).toEqual({ aStr: `${'x'.repeat(1023)}…`, bStr: 'y'.repeat(1024) });
		expect(shortened).toEqual(['aStr']);
		expect(written.aStr).toEqual([hashOf(text), 5]);
		const kept = (length: number) => pendingAttributes({ x: 'z'.repeat(length) }, 5, {}).written.x?.length;
		// With its quotation marks 200 characters are kept.
		expect([kept(198), kept(199)]).toEqual([3, 2]);
	});
});
