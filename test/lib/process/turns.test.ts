import { inTurn, turnsTaken } from '../../../lib/process/turns';

const wait = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

it('X1: works on one thing after the other, in the order in which they were asked for', async () => {
	const steps: string[] = [];
	const work = (name: string, ms: number) =>
		inTurn('session', async () => {
			steps.push(`${name} begins`);
			await wait(ms);
			steps.push(`${name} ends`);
			return name;
		});
	expect(await Promise.all([work('a', 10), work('b', 1), work('c', 1)])).toEqual(['a', 'b', 'c']);
	expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('X1: lets others go on meanwhile', async () => {
	let isOtherDone = false;
	await Promise.all([
		inTurn('one', async () => {
			await wait(20);
			expect(isOtherDone).toBe(true);
		}),
		inTurn('two', async () => {
			await wait(1);
			isOtherDone = true;
		}),
	]);
	expect(isOtherDone).toBe(true);
});

it('X2: a failure ends its own turn only, and nothing is left behind', async () => {
	const failing = inTurn('session', () => Promise.reject(new Error('broken')));
	const next = inTurn('session', () => Promise.resolve('fine'));
	await expect(failing).rejects.toThrow('broken');
	await expect(next).resolves.toBe('fine');
	expect(turnsTaken()).toBe(0);
});
