/**
 * One stand-in for all tests of a file: started before the first, as new before each, closed after the last.
 *
 * @returns the stand-in itself to whoever reads or writes its properties while tests run
 */
export function useStandIn<StandIn extends { reset(): unknown; close(): Promise<unknown> }>(
	start: () => Promise<StandIn>,
): StandIn {
	let started: StandIn | undefined;
	const standIn = (): StandIn => {
		if (started === undefined)
			throw new Error('The stand-in is started before the first test, and not earlier.');
		return started;
	};
	beforeAll(async () => {
		started = await start();
	});
	beforeEach(async () => void (await standIn().reset()));
	afterAll(async () => void (await started?.close()));
	return new Proxy({} as StandIn, {
		get: (_nothing, name) => Reflect.get(standIn(), name, standIn()) as unknown,
		set: (_nothing, name, value) => Reflect.set(standIn(), name, value),
	});
}
