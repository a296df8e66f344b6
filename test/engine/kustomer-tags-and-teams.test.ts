/** The fields for several tags, teams and users, in the form that each version of the node has for them. */
import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';
import { SANDBOX } from '../../sandbox/kustomer';
import { locator, only, run, useKustomer } from './kustomer-setup';

const standIn = useKustomer();
const { jonas } = SANDBOX.customers;
const { ana, ben } = SANDBOX.users;
const { voice, support } = SANDBOX.teams;
const EXTERNAL_ID = 'babelforce:c-1';
/** The versions that a step can have: those of saved workflows have the first. */
const FIRST = 1;
const LATEST = 1.1;

const create = async (additionalFields: INodeParameters, typeVersion: number) =>
	only(
		await run(
			standIn,
			'conversation.create',
			{ customer: locator('id', jonas.id), externalId: EXTERNAL_ID, additionalFields },
			{ typeVersion },
		),
	);
const update = async (parameters: INodeParameters, typeVersion: number) =>
	only(
		await run(
			standIn,
			'conversation.update',
			{ conversation: locator('externalId', EXTERNAL_ID), ...parameters },
			{ typeVersion },
		),
	);
const tags = () => {
	const conversation = [...standIn.store.conversations.values()].find(
		({ externalId }) => externalId === EXTERNAL_ID,
	);
	return standIn.store.tagNames(conversation?.tags ?? []);
};
const list = (...rows: INodeParameters[]) => rows as unknown as INodeParameters;

describe('a step of the latest version', () => {
	it('B1: has one field for tags that exist and tags that are new, and lists of teams and users', async () => {
		const made = await create(
			{
				tags: list(
					locator('list', 'Voice'),
					locator('name', 'inbound call, babelforce'),
					locator('list', ''),
					locator('name', '={{ ["VIP", "Voice"] }}'),
				),
				assignedTeams: list(locator('list', voice.id), locator('id', '')),
				assignedUsers: list(locator('list', ana.id), locator('id', `={{ "${ben.id}" }}`)),
			},
			LATEST,
		);
		expect(made).toMatchObject({ assignedTeams: [voice.id], assignedUsers: [ana.id, ben.id] });
		expect(tags()).toEqual(['Voice', 'inbound call', 'babelforce', 'VIP']);
	});

	it('B3: changes one tag in each row, and assigns teams', async () => {
		await create({ tags: list(locator('list', 'Voice')) }, LATEST);
		const changed = await update(
			{
				tagChanges: {
					changes: [
						{ mode: 'add', tag: locator('list', 'VIP') },
						{ mode: 'remove', tag: locator('name', 'Voice') },
						{ mode: 'add', tag: locator('list', '') },
					],
				},
				updateFields: { teams: list(locator('list', support.id)) },
			},
			LATEST,
		);
		expect(changed).toMatchObject({ assignedTeams: [support.id] });
		expect(tags()).toEqual(['VIP']);
	});

	it('B3: a row in which nothing is chosen changes nothing', async () => {
		await create(
			{ tags: list(locator('list', 'Voice')), assignedTeams: list(locator('id', voice.id)) },
			LATEST,
		);
		const changed = await update(
			{
				tagChanges: { changes: [{ mode: 'replace', tag: locator('list', '') }] },
				updateFields: { teams: list(locator('list', '')) },
			},
			LATEST,
		);
		expect(changed).toMatchObject({ assignedTeams: [voice.id] });
		expect(tags()).toEqual(['Voice']);
	});

	it('U8: a queue has tags and teams of its own', async () => {
		const own = { tags: list(locator('name', 'VIP')), assignedTeams: list(locator('list', support.id)) };
		const logged = only(
			await run(
				standIn,
				'session.log',
				{
					session: JSON.stringify({
						source: 'babelforce',
						id: 'c-1',
						channel: 'voice',
						direction: 'in',
						endUser: { phone: '+493023125456' },
						queue: { name: 'Orders' },
						agent: { sourceId: ana.id },
						state: 'connected',
					}),
					externalId: EXTERNAL_ID,
					sessionTypeTag: false,
					conversationFields: {
						tags: list(locator('list', 'Voice')),
						assignedTeams: list(locator('id', voice.id)),
					},
					queueSettings: { entries: [{ queue: 'Orders', settings: own }] },
				},
				{ typeVersion: LATEST },
			),
		);
		const conversation = standIn.store.conversations.get(String(logged.conversationId));
		expect(standIn.store.tagNames(conversation?.tags ?? [])).toEqual(['VIP']);
		expect(conversation?.assignedTeams).toEqual([support.id]);
	});
});

describe('a step that was saved in version 1', () => {
	it('B1, B3: goes on as it was', async () => {
		const made = await create(
			{
				tags: ['Voice'],
				otherTags: 'inbound call',
				assignedTeams: { entries: [{ team: locator('list', voice.id) }] },
				assignedUsers: { entries: [{ user: locator('list', ana.id) }] },
			} as unknown as INodeParameters,
			FIRST,
		);
		expect(made).toMatchObject({ assignedTeams: [voice.id], assignedUsers: [ana.id] });
		expect(tags()).toEqual(['Voice', 'inbound call']);
		const changed = await update(
			{
				tagChanges: { changes: [{ mode: 'replace', tags: ['VIP'], otherTags: 'answered' }] },
				updateFields: { teams: { entries: [{ team: locator('list', support.id) }] } },
			} as unknown as INodeParameters,
			FIRST,
		);
		expect(changed).toMatchObject({ assignedTeams: [support.id] });
		expect(tags()).toEqual(['VIP', 'answered']);
	});
});

describe('the panel', () => {
	const node = new Kustomer();
	/** Names of the fields that a collection offers in a version. */
	const offered = (collection: INodeProperties, typeVersion: number) =>
		(collection.options as INodeProperties[])
			.filter((field) => NodeHelpers.displayParameter({}, field, { typeVersion }, node.description))
			.map(({ displayName }) => displayName);
	const collectionOf = (name: string) => {
		const found = node.description.properties.find((property) => property.name === name);
		if (found === undefined) throw new Error(`There is no ${name}`);
		return found;
	};

	it.each(['additionalFields', 'updateFields', 'conversationFields', 'createFields'])(
		'B1: offers every field of %s once, and tags in one field',
		(name) => {
			for (const version of [FIRST, LATEST]) {
				const names = offered(collectionOf(name), version);
				expect(names).toEqual([...new Set(names)]);
			}
			const latest = offered(collectionOf(name), LATEST);
			expect(latest.filter((label) => label.includes('Tag')).length).toBeLessThan(2);
		},
	);
});
