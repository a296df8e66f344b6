/** What is saved with an execution, for n8n's list of executions. */
import type { IDataObject } from 'n8n-workflow';

import { SANDBOX } from '../../sandbox/kustomer';
import { itemsOf } from './execute-harness';
import { locator, run, useKustomer, type KustomerRunOptions } from './kustomer-setup';

const standIn = useKustomer();
const { ana } = SANDBOX.users;

const session = (id: string, more: IDataObject = {}) => ({
	externalId: `babelforce:${id}`,
	session: {
		source: 'babelforce',
		id,
		channel: 'voice',
		direction: 'in',
		endUser: { phone: '+493023125456', email: 'jonas@example.com' },
		agent: { sourceId: ana.id, name: ana.name, email: ana.email },
		state: 'connected',
		...more,
	},
});
const savedBy = async (operation: string, parameters: object, options: KustomerRunOptions = {}) => {
	const result = await run(standIn, operation, parameters as never, options);
	return { ...result, saved: result.run.data.resultData.metadata ?? {} };
};

it('Session: Log saves session, outcome, rule, conversation and who was assigned, and nothing of the customer', async () => {
	const { items, saved } = await savedBy('session.log', {}, { items: itemsOf(session('c-1')) });
	const { outcome, rule, conversationId } = items[0]?.json ?? {};
	expect(saved).toEqual({
		session: 'babelforce:c-1',
		outcome,
		rule,
		conversation: conversationId,
		assignedTo: ana.id,
	});
	expect(JSON.stringify(saved)).not.toMatch(/Jonas|Ana|@|\+49/i);
});

it('several sessions in one run stand behind each other, as far as there is room', async () => {
	const ids = Array.from({ length: 30 }, (_, index) => `call-number-${index}`);
	const { saved, items } = await savedBy(
		'session.log',
		{ dryRun: true },
		{
			items: itemsOf(...ids.map((id) => session(id))),
		},
	);
	expect(items).toHaveLength(30);
	expect(saved.session).toMatch(/^babelforce:call-number-0, babelforce:call-number-1, /);
	expect(saved.session?.length).toBeLessThanOrEqual(255);
	expect(saved.outcome).toBe('dryRun');
});

it('Conversation: Create and Update save theirs, in the simple form and as Kustomer answered', async () => {
	const created = await savedBy('conversation.create', {
		customer: locator('id', SANDBOX.customers.jonas.id),
		externalId: 'babelforce:c-1',
	});
	const { id } = created.items[0]?.json ?? {};
	expect(created.saved).toEqual({ session: 'babelforce:c-1', outcome: 'created', conversation: id });
	const updated = await savedBy('conversation.update', {
		conversation: locator('externalId', 'babelforce:c-1'),
		agentChange: 'replace',
		agent: locator('id', ana.id),
		simplify: false,
	});
	expect(updated.saved).toEqual({
		session: 'babelforce:c-1',
		outcome: 'updated',
		conversation: id,
		assignedTo: ana.id,
	});
});

it('a run that fails is found by its session, too', async () => {
	const items = itemsOf({ externalId: 'babelforce:c-1', session: 'no session' });
	const failed = await savedBy('session.log', {}, { items });
	expect(failed.error).toBeDefined();
	expect(failed.saved).toEqual({ session: 'babelforce:c-1' });
	const goesOn = await savedBy('session.log', {}, { items, onError: 'continueRegularOutput' });
	expect(goesOn.saved).toEqual({ session: 'babelforce:c-1', outcome: 'failed' });
});

it('an ID that holds a phone number or an email address is not saved', async () => {
	const { saved } = await savedBy(
		'session.log',
		{ dryRun: true },
		{
			items: itemsOf(
				{ ...session('x'), externalId: 'generic:+493023125456' },
				{ ...session('y'), externalId: 'jo@example.com' },
			),
		},
	);
	expect(saved.session).toBeUndefined();
});
