import { whenCanceled } from '../../../lib/http/when-canceled';

describe('X5: stopping a run', () => {
	it('reaches everybody who waits, and nobody else, with one listener', () => {
		const controller = new AbortController();
		const listen = jest.spyOn(controller.signal, 'addEventListener');
		const called: number[] = [];
		const ends = Array.from({ length: 30 }, (_, index) =>
			whenCanceled(controller.signal, () => called.push(index)),
		);
		ends.slice(2).forEach((end) => {
			end();
			end();
		});
		controller.abort();
		expect(called).toEqual([0, 1]);
		expect(listen).toHaveBeenCalledTimes(1);
	});

	it('reaches those at once who come later, and does nothing where there is no signal', () => {
		const late = jest.fn();
		whenCanceled(AbortSignal.abort(), late)();
		expect(late).toHaveBeenCalledTimes(1);
		whenCanceled(undefined, late)();
		expect(late).toHaveBeenCalledTimes(1);
	});
});
