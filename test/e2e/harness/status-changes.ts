/** Agents who change their statuses on both sides and take calls, at random but repeatable. */
import type { StatusLane } from './status-lane';

const IN_KUSTOMER = ['Available', 'Unavailable', 'Lunch', 'Email', 'Training'];

/** Looks that a call and its wrap-up last at least. */
const LOOKS_OF_CALL = 2;

/** Looks between two changes of one agent: people do not change twice within an interval. */
const LOOKS_BETWEEN = 3;

const TICK_MS = 100;

/** Changes at the very end, all at once. */
const LAST_CHANGES = 20;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** What happened. */
export interface Changed {
	/** Statuses that were chosen on either side. */
	changes: number;
	/** Of these, at the same moment on both sides. */
	conflicts: number;
	calls: number;
}

/**
 * Lets agents change their statuses and take calls. At the end all calls are over, and some agents change at once.
 *
 * @param perSecond changes a second
 */
export async function changeAtRandom(
	lane: StatusLane,
	random: () => number,
	{ ms, perSecond }: { ms: number; perSecond: number },
): Promise<Changed> {
	const done: Changed = { changes: 0, conflicts: 0, calls: 0 };
	const onPlatform = [...new Set(Object.values(lane.platform.mapping))];
	const lastLook = new Map<number, number>();
	const calls = new Map<number, { since: number; wrapsUp: boolean }>();
	const oneOf = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
	const rests = (index: number) => lane.looks < (lastLook.get(index) ?? -LOOKS_BETWEEN) + LOOKS_BETWEEN;

	const chooses = (index: number) => {
		const status = oneOf(IN_KUSTOMER.filter((one) => one !== lane.inKustomer(index)));
		lane.choose(index, status);
		done.changes += 1;
	};
	const picks = (index: number) => {
		lane.platform.picks(index, oneOf(onPlatform.filter((one) => one !== lane.platform.statusOf(index))));
		done.changes += 1;
	};
	const oneChange = (mayCall: boolean) => {
		const index = Math.floor(random() * lane.users.length);
		const what = random() * (mayCall ? 1 : 0.85);
		if (rests(index)) return;
		lastLook.set(index, lane.looks);
		if (what < 0.4) chooses(index);
		else if (what < 0.75) picks(index);
		else if (what < 0.85) {
			chooses(index);
			picks(index);
			done.conflicts += 1;
		} else if (!calls.has(index)) {
			lane.platform.callStarts(index);
			calls.set(index, { since: lane.looks, wrapsUp: false });
			done.calls += 1;
		}
	};
	const callsGoOn = () => {
		for (const [index, call] of calls) {
			const looks = lane.looks - call.since;
			if (looks < LOOKS_OF_CALL || random() > 0.05) continue;
			if (call.wrapsUp) {
				lane.platform.wrapUpEnds(index);
				calls.delete(index);
			} else {
				lane.platform.callEnds(index);
				calls.set(index, { since: lane.looks, wrapsUp: true });
			}
			lastLook.set(index, lane.looks);
		}
	};

	const goOn = async (mayCall: boolean, isOver: () => boolean) => {
		let due = 0;
		let before = Date.now();
		while (!isOver()) {
			await new Promise((next) => setTimeout(next, TICK_MS));
			due += ((Date.now() - before) / 1000) * perSecond;
			before = Date.now();
			for (; due >= 1; due -= 1) oneChange(mayCall);
			callsGoOn();
		}
	};
	const until = Date.now() + ms;
	await goOn(true, () => Date.now() > until);
	const last = lane.looks + LOOKS_OF_CALL;
	await goOn(false, () => lane.looks > last);
	for (const index of calls.keys()) {
		lane.platform.callEnds(index);
		lane.platform.wrapUpEnds(index);
	}
	const before = done.changes;
	while (done.changes < before + LAST_CHANGES) oneChange(false);
	return done;
}
