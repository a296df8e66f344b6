/** The two platforms whose agents' statuses follow Kustomer's, as the tests of agent status see them. */
import { BABELFORCE, startBabelforceStandIn } from '../../../sandbox/babelforce';
import { startCcaiPlatformStandIn } from '../../../sandbox/ccai-platform';
import type { Faults } from '../../../sandbox/kustomer';
import type { NewCredential } from '../../../sandbox/launcher/stack';

/** A request for the list of agents, or one that sets a status. */
export interface PlatformRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	status: number;
}

/** One platform with no agents at first. Agents are counted from 0. */
export interface StatusPlatform {
	readonly faults: Faults;
	/** As agents read them. */
	readonly mapping: Readonly<Record<string, string>>;
	credential(name: string): NewCredential;
	add(index: number, email: string | undefined, status: string): void;
	/** Nobody can be given this status any more. */
	deleteStatus(status: string): void;
	/** What the agent's desktop shows. */
	statusOf(index: number): string;
	/** The agent chooses a status; during a call, where the platform works so, the one for afterwards. */
	picks(index: number, status: string): void;
	callStarts(index: number): void;
	/** The call is over, and the agent wraps it up. */
	callEnds(index: number): void;
	wrapUpEnds(index: number): void;
	/** Statuses that were really changed through the API, with the agents. */
	changesByApi(): Array<{ index: number; status: string }>;
	requests(): PlatformRequest[];
	close(): Promise<void>;
}

/** Kustomer status to platform status: the tables that the lanes use, many to one. Everything that agents can choose. */
const MAPPINGS = {
	ccaip: {
		Available: 'Available',
		Busy: 'Available',
		Unavailable: 'Unavailable',
		Lunch: 'Meal',
		Email: 'Email',
		Training: 'Email',
	},
	babelforce: {
		Available: 'Available',
		Busy: 'Available',
		Unavailable: 'Busy',
		Lunch: 'Lunch Break',
		Email: 'E-mail',
		Training: 'E-mail',
	},
} as const;

/** CCAI Platform: a call takes the place of the status. */
export async function startCcaip(): Promise<StatusPlatform> {
	// The platform's limit holds: ten requests a second.
	const standIn = await startCcaiPlatformStandIn();
	const { agents } = standIn;
	agents.clear();
	const idOf = (index: number) => index + 1;
	return {
		faults: standIn.faults,
		mapping: MAPPINGS.ccaip,
		credential: (name) => ({
			name,
			type: 'ccaiPlatformApi',
			data: { subdomain: standIn.subdomain, token: standIn.token, baseUrl: standIn.url },
		}),
		add: (index, email, status) => agents.add({ id: idOf(index), email: email ?? null, status }),
		deleteStatus: (status) => {
			agents.statuses.splice(
				agents.statuses.findIndex(({ name }) => name === status),
				1,
			);
		},
		statusOf: (index) => agents.statusOf(idOf(index)),
		picks: (index, status) => agents.picks(idOf(index), status),
		callStarts: (index) => agents.callStarts(idOf(index)),
		callEnds: (index) => agents.sessionEnds(idOf(index)),
		wrapUpEnds: (index) => agents.wrapUpEnds(idOf(index)),
		changesByApi: () =>
			agents.changes
				.filter(({ by }) => by === 'api')
				.map(({ agentId, to }) => ({ index: agentId - 1, status: to })),
		requests: () => standIn.requests,
		close: () => standIn.close(),
	};
}

/** babelforce: the line shows the call, beside the presence. */
export async function startBabelforce(): Promise<StatusPlatform> {
	const standIn = await startBabelforceStandIn();
	standIn.agents.clear();
	const { agentControls: controls, agents, presences } = standIn;
	const idOf = (index: number) => (index + 1).toString(16).padStart(32, '0');
	const labelOf = (name = '') => presences.get(name)?.label ?? name;
	const named = (label: string) => {
		const found = [...presences.values()].find((presence) => presence.label === label);
		if (found === undefined) throw new Error(`babelforce has no presence ${label}`);
		return { name: found.name ?? '', label, available: found.available };
	};
	return {
		faults: standIn.faults,
		mapping: MAPPINGS.babelforce,
		credential: (name) => ({
			name,
			type: 'babelforceApi',
			data: {
				method: 'accessToken',
				accessId: BABELFORCE.users.manager.accessId,
				accessToken: BABELFORCE.users.manager.accessToken,
				baseUrl: standIn.url,
			},
		}),
		add: (index, email, status) =>
			void controls.add({ id: idOf(index), name: `Agent ${index}`, email, presence: named(status) }),
		deleteStatus: (status) => void presences.delete(named(status).name),
		statusOf: (index) => labelOf(agents.get(idOf(index))?.presence?.name ?? undefined),
		picks: (index, status) => controls.picks(idOf(index), named(status).name),
		callStarts: (index) => controls.callStarts(idOf(index)),
		callEnds: (index) => controls.callEnds(idOf(index)),
		wrapUpEnds: (index) => controls.wrapUpEnds(idOf(index)),
		changesByApi: () =>
			standIn.statusChanges
				.filter(({ by }) => by === 'api')
				.map(({ agentId, presence }) => ({
					index: Number.parseInt(agentId, 16) - 1,
					status: labelOf(presence),
				})),
		requests: () => standIn.requests.map((one) => ({ ...one, query: Object.fromEntries(one.query) })),
		close: () => standIn.close(),
	};
}
