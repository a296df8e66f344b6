import { KustomerApi } from '../../credentials/KustomerApi.credentials';
import { SANDBOX } from '../../sandbox/kustomer';

import { useSandbox } from './harness/sandbox';

// n8n lists its nodes for the editor only.
const sandbox = useSandbox({ editor: true });

describe('the package in a real n8n', () => {
	it('is loaded: n8n lists every node of package.json under its public name', async () => {
		const types = await sandbox.stack.api.loadedNodeTypes();
		const ours = types.map(({ name }) => name).filter((name) => name.startsWith('n8n-nodes-kustomer.'));
		expect(ours.sort()).toEqual(
			expect.arrayContaining([
				'n8n-nodes-kustomer.contactCenterTrigger',
				'n8n-nodes-kustomer.kustomer',
				// n8n makes the tool variant for AI agents of every node that says it can be one.
				'n8n-nodes-kustomer.kustomerTool',
			]),
		);
	});

	it('writes no error to the log while it is loaded', () => {
		const complaints = sandbox.stack.n8n
			.log()
			.filter((line) => /n8n-nodes-kustomer|\bError\b|could not be loaded/.test(line));
		expect(complaints).toEqual([]);
	});
});

describe('the test button of the Kustomer credential', () => {
	const test = async (data: Record<string, unknown>) =>
		await sandbox.stack.api.testCredential({
			type: new KustomerApi().name,
			data: { ...sandbox.stack.kustomer, ...data },
		});

	it('is green for a good key', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
	});

	it('X8: is green for a key with the smallest list of roles', async () => {
		expect(await test({ apiKey: SANDBOX.keys.minimal.token })).toMatchObject({ status: 'OK' });
	});

	it('X8, X9: tells a wrong key, a key of another region and an unreachable host apart', async () => {
		const wrongKey = await test({ apiKey: 'no-such-key' });
		const wrongRegion = await test({ apiKey: SANDBOX.keys.wrongRegion.token });
		const unreachable = await test({ baseUrl: 'http://127.0.0.1:1' });
		for (const { status, message } of [wrongKey, wrongRegion, unreachable]) {
			expect(status).toBe('Error');
			expect(message).not.toBe('');
		}
		expect(new Set([wrongKey.message, wrongRegion.message, unreachable.message]).size).toBe(3);
		expect(wrongRegion.message).toMatch(/region/i);
	});

	it('never repeats the key in the message', async () => {
		const { message } = await test({ apiKey: 'secret-key-of-someone' });
		expect(message).not.toContain('secret-key-of-someone');
	});
});
