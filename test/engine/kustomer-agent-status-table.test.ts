/** S1: the two columns of the table, filled from what the organization and the platform really have. */
import { BabelforceApi } from '../../credentials/BabelforceApi.credentials';
import { CcaiPlatformApi } from '../../credentials/CcaiPlatformApi.credentials';
import { getMappableStatuses, getPlatformStatuses } from '../../nodes/Kustomer/methods/loadOptions';
import { startBabelforceStandIn, type BabelforceStandIn } from '../../sandbox/babelforce';
import { startCcaiPlatformStandIn, type CcaiPlatformStandIn } from '../../sandbox/ccai-platform';
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import { pairCredential } from './babelforce-setup';
import { loadOptionsContext } from './execute-harness';
import { KUSTOMER, setupFor } from './kustomer-setup';

let kustomer: KustomerStandIn;
let babelforce: BabelforceStandIn;
let ccaip: CcaiPlatformStandIn;
beforeAll(async () => {
	kustomer = await startKustomerStandIn({ rateLimitPerMinute: 0 });
	babelforce = await startBabelforceStandIn();
	ccaip = await startCcaiPlatformStandIn();
});
afterAll(async () => await Promise.all([kustomer.close(), babelforce.close(), ccaip.close()]));

const ccaipCredential = () => ({
	subdomain: ccaip.subdomain,
	domain: 'uc1.ccaiplatform.com',
	token: ccaip.token,
	baseUrl: ccaip.url,
});

/** What the table of a step holds. */
const TABLE = {
	statuses: { rows: [{ kustomerStatus: 'Lunch', platformStatus: 'Break' }] },
	otherStatuses: 'gone away',
};

/** A panel in which no credential is chosen, with a table or without one. */
function unconnected(sourceAuthentication: string, table: object = {}) {
	const { nodeTypes } = setupFor(kustomer);
	const parameters = { resource: 'agentStatus', operation: 'compare', sourceAuthentication, ...table };
	return loadOptionsContext({ nodeTypes, type: KUSTOMER, parameters });
}

function context(sourceAuthentication: string, table: object = {}) {
	const setup = setupFor(kustomer);
	return loadOptionsContext({
		...setup,
		credentialTypes: [...(setup.credentialTypes ?? []), new BabelforceApi(), new CcaiPlatformApi()],
		credentials: {
			...setup.credentials,
			...(sourceAuthentication === 'babelforceApi' ? { babelforceApi: pairCredential(babelforce) } : {}),
			...(sourceAuthentication === 'ccaiPlatformApi' ? { ccaiPlatformApi: ccaipCredential() } : {}),
		},
		type: KUSTOMER,
		parameters: { resource: 'agentStatus', operation: 'compare', sourceAuthentication, ...table },
	});
}

it('Kustomer: the statuses that agents can have, by name', async () => {
	const options = await getMappableStatuses.call(context('none'));
	expect(options).toContainEqual({ name: 'Lunch', value: 'Lunch' });
	expect(options).toContainEqual({ name: 'Offline (not signed in)', value: 'Offline' });
	expect(options.map(({ name }) => name)).not.toContain(SANDBOX.statuses.legacy.name);
});

it('Kustomer: statuses of one name by their IDs', async () => {
	kustomer.store.addStatus({
		id: '5e00000000000000000000aa',
		name: 'LUNCH',
		statusType: 'unavailable',
		system: false,
		createdAt: new Date().toISOString(),
	});
	const values = (await getMappableStatuses.call(context('none'))).map(({ value }) => value);
	expect(values).toEqual(expect.arrayContaining([SANDBOX.statuses.lunch.id, '5e00000000000000000000aa']));
	expect(values).not.toContain('Lunch');
	kustomer.reset();
});

it('babelforce: the presences of the account, by the labels that people know', async () => {
	const options = await getPlatformStatuses.call(context('babelforceApi'));
	expect(options.length).toBeGreaterThan(1);
	for (const { name, value } of options) expect(value).toBe(name);
});

it('CCAI Platform: the statuses that can be set', async () => {
	const options = await getPlatformStatuses.call(context('ccaiPlatformApi'));
	expect(options).toContainEqual({ name: 'Available', value: 'Available' });
	expect(options.map(({ name }) => name)).not.toContain('In-call');
});

it('a platform that cannot be asked is said to be so', async () => {
	await expect(getPlatformStatuses.call(context('none'))).rejects.toThrow();
});

it.each([
	['Kustomer', getMappableStatuses, 'none', ['Lunch']],
	['CCAI Platform', getPlatformStatuses, 'ccaiPlatformApi', ['Break', 'gone away']],
	['Babelforce', getPlatformStatuses, 'babelforceApi', ['Break', 'gone away']],
])(
	'%s: without a credential the list holds what the table names, and says where to choose one',
	async (label, list, authentication, used) => {
		const prompt = { name: `Choose a credential for ${label} above to see its statuses`, value: '' };
		expect(await list.call(unconnected(authentication))).toEqual([prompt]);
		expect(await list.call(unconnected(authentication, TABLE))).toEqual([
			...used.map((name) => ({ name, value: name })),
			prompt,
		]);
	},
);

it('what the table names stays in the list, also when the platform does not have it or writes it otherwise', async () => {
	const rows = [{ platformStatus: 'available' }, { platformStatus: '={{ $json.status }}' }];
	const options = await getPlatformStatuses.call(
		context('ccaiPlatformApi', { statuses: { rows }, otherStatuses: 'Gone' }),
	);
	expect(options).toContainEqual({ name: 'Available', value: 'Available' });
	expect(options).toContainEqual({ name: 'available', value: 'available' });
	expect(options).toContainEqual({ name: 'Gone (not in the list)', value: 'Gone' });
	expect(options.filter(({ value }) => String(value).startsWith('='))).toEqual([]);
});

it('a list that cannot be loaded leaves the table in sight, and says why', async () => {
	kustomer.faults.add({ fault: { kind: 'status', status: 403, body: { errors: [{ title: 'Forbidden' }] } } });
	const options = await getMappableStatuses.call(context('none', TABLE));
	expect(options).toEqual([
		{ name: 'Lunch', value: 'Lunch' },
		{ name: expect.stringMatching(/^The list could not be loaded\. .*role/), value: '' },
	]);
});
