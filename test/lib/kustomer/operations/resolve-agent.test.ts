import { resolveAgent } from '../../../../lib/kustomer/operations/resolve-agent';
import { Script, USER_A, USER_B, answer, kustomerFailure, ok } from '../scripted';

const user = (id: string, email: string, attributes = {}) => ({
	type: 'user',
	id,
	attributes: { email, ...attributes },
});

describe('resolve agent', () => {
	it('B3: the Kustomer user id of the event is taken without a request', async () => {
		const script = new Script();
		const agent = await resolveAgent(script.client(), {
			userId: ` ${USER_A.toUpperCase()} `,
			email: 'a@x.de',
		});
		expect(agent).toMatchObject({ userId: USER_A, by: 'userId' });
		expect(script.requests).toHaveLength(0);
	});

	it('B3: an id that is none is ignored, and the email address decides, remembered for ten minutes', async () => {
		const script = new Script(ok.list(user(USER_B, 'A@x.de')), ok.list());
		const identity = { userId: 'agent-7', email: ' a@X.de ' };
		expect(await resolveAgent(script.client(), identity)).toMatchObject({ userId: USER_B, by: 'email' });
		expect(await resolveAgent(script.client(), identity)).toMatchObject({ userId: USER_B, by: 'email' });
		expect(script.requests).toHaveLength(1);
		expect(script.requests[0]?.query).toEqual({ email: 'a@x.de', pageSize: '500' });
		script.clock.advance(10 * 60_000);
		expect(await resolveAgent(script.client(), identity)).toMatchObject({ by: 'nobody' });
	});

	it.each([
		['a deleted user', [user(USER_B, 'a@x.de', { deletedAt: '2026-01-01' })]],
		['a machine user', [user(USER_B, 'a@x.de', { userType: 'machine' })]],
		['a user with another address', [user(USER_B, 'b@x.de')]],
	])('%s is no match', async (_what, users) => {
		const script = new Script(ok.list(...users));
		const agent = await resolveAgent(script.client(), { email: 'a@x.de', fallbackUserId: USER_A });
		expect(agent).toMatchObject({ userId: USER_A, by: 'fallback' });
		expect(agent.reason).toBe(
			'No agent in Kustomer has the email address of the event: the fallback user is assigned.',
		);
	});

	it('of several agents with one address none is guessed', async () => {
		const script = new Script(ok.list(user(USER_A, 'a@x.de'), user(USER_B, 'a@x.de')));
		const agent = await resolveAgent(script.client(), { email: 'a@x.de' });
		expect(agent).toEqual({
			by: 'nobody',
			reason:
				'Several agents in Kustomer share the email address of the event, and no fallback user is set: nobody is assigned.',
		});
	});

	it.each([
		[{}],
		[{ email: '' }],
		[{ email: 'none' }],
		[{ userId: '', email: undefined, fallbackUserId: 'x' }],
	])('%j names nobody, without a request', async (identity) => {
		const script = new Script();
		expect(await resolveAgent(script.client(), identity)).toMatchObject({ by: 'nobody' });
		expect(script.requests).toHaveLength(0);
	});

	it('X8: a key that must not read users is told which role it lacks', async () => {
		const error = await kustomerFailure(resolveAgent(new Script(answer(403)).client(), { email: 'a@x.de' }));
		expect(error.role).toBe('org.permission.user.read');
	});
});
