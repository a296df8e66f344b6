import { emailOf } from '../../domain/email-address';
import type { KustomerClient } from '../client';
import type { AgentIdentity, ResolvedAgent } from '../inputs';
import { Memory } from '../../process/memory';
import { findUsersByEmail } from '../resources/users';
import { isKustomerId } from '../../domain/kustomer-id';

const TEN_MINUTES = 10 * 60_000;
const idsByEmail = new Memory<string>(TEN_MINUTES);

/**
 * Who to assign: the user with this id, else the only agent with this email address, else the fallback, else nobody.
 *
 * An id costs no request; an email address one, and none for the next ten minutes. When several agents share the
 * address, none of them is chosen.
 *
 * @throws {KustomerError} when the look-up fails
 */
export async function resolveAgent(client: KustomerClient, identity: AgentIdentity): Promise<ResolvedAgent> {
	const userId = idOf(identity.userId);
	if (userId !== undefined) return { userId, by: 'userId', reason: 'The event names the Kustomer user.' };

	const email = emailOf(identity.email);
	const [byEmail, problem] =
		email !== undefined
			? await findByEmail(client, email)
			: [
					undefined,
					(identity.email ?? '').trim() === ''
						? 'It is not said which Kustomer user the agent is: there is no user ID and no email address'
						: 'The email address of the agent is not one',
				];
	if (byEmail !== undefined) {
		return { userId: byEmail, by: 'email', reason: 'The agent was found by email address.' };
	}

	const fallback = idOf(identity.fallbackUserId);
	return fallback === undefined
		? { by: 'nobody', reason: `${problem}, and no fallback user is set: nobody is assigned.` }
		: { userId: fallback, by: 'fallback', reason: `${problem}: the fallback user is assigned.` };
}

async function findByEmail(
	client: KustomerClient,
	email: string,
): Promise<[userId: string | undefined, problem: string]> {
	const key = `${client.credentialKey}\n${email}`;
	const known = idsByEmail.get(key, client.clock.now());
	if (known !== undefined) return [known, ''];

	const [first, ...others] = await findUsersByEmail(client, email);
	if (first === undefined) return [undefined, 'No agent in Kustomer has the email address of the event'];
	if (others.length > 0)
		return [undefined, 'Several agents in Kustomer share the email address of the event'];
	idsByEmail.set(key, first.id, client.clock.now());
	return [first.id, ''];
}

function idOf(value: string | undefined): string | undefined {
	const id = typeof value === 'string' ? value.trim().toLowerCase() : '';
	return isKustomerId(id) ? id : undefined;
}
