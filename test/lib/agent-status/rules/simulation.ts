/**
 * One agent on two systems that behave as badly as real ones: writes are refused or arrive late, calls hide the status,
 * agents sign in and out. The loop looks now and then, as the synchronization does.
 */
import type { AgentMemory } from '../../../../lib/agent-status/rules/agent-memory';
import { decide, type Decision } from '../../../../lib/agent-status/rules/decision';
import type { SyncRules } from '../../../../lib/agent-status/rules/lead';
import { emptyMemory, readMemory, writeMemory } from '../../../../lib/agent-status/rules/memory';
import { means } from '../../../../lib/domain/status-text';
import type { AgentView, Hold, Status } from '../../../../lib/domain/agent-status';

export const OFFLINE: Status = { id: 'k-offline', name: 'Offline' };
export const DEFAULT_STATUS = 'p0';

/** What can happen to one write. */
export type Fate = 'works' | 'fails' | 'late';

export class Simulation {
	/** Milliseconds since the epoch. */
	now = 1_000_000_000_000;
	session: string | undefined = 's0';
	private sessions = 0;
	kustomer: Status;
	private kustomerAt = this.now;
	/** What the agent chose last on the platform. */
	platform: Status;
	private platformAt = this.now;
	/** What the agent wants to have after the call. */
	private nextStatus: Status | undefined;
	private call: Hold | undefined;
	private online = true;
	private late: Array<() => void> = [];
	memory: AgentMemory | undefined;
	/** Writes that were asked for. */
	writes: Decision[] = [];
	/** Writes on the platform that reached it while the agent was on a call. Must stay empty. */
	interruptions = 0;
	private fates: Fate[] = [];

	constructor(
		private readonly rules: SyncRules,
		/** Whether the platform hides what was chosen during calls, as CCAI Platform does; babelforce shows it. */
		private readonly hides: boolean,
		private readonly withTimes: boolean,
		start: { kustomer: Status; platform: Status },
	) {
		this.kustomer = start.kustomer;
		this.platform = start.platform;
	}

	get view(): AgentView {
		const busy = this.call !== undefined;
		const changedAt = this.withTimes ? this.platformAt : undefined;
		return {
			kustomer: {
				status: this.session === undefined ? OFFLINE : this.kustomer,
				session: this.session,
				changedAt: this.withTimes ? this.kustomerAt : undefined,
			},
			platform: {
				...(busy && this.hides
					? {}
					: { status: this.platform, isDefault: this.hides && this.platform.id === DEFAULT_STATUS }),
				changedAt,
				hold: !this.online ? 'offline' : this.call,
			},
		};
	}

	chooseInKustomer(status: Status): void {
		if (this.session === undefined) this.signIn(status);
		else this.setKustomer(status);
	}

	private setKustomer(status: Status): void {
		if (this.kustomer.id === status.id) return;
		this.kustomer = status;
		this.kustomerAt = this.now;
	}

	signIn(status: Status): void {
		if (this.session !== undefined) return;
		this.sessions += 1;
		this.session = `s${this.sessions}`;
		this.kustomer = status;
		this.kustomerAt = this.now;
	}

	signOut(): void {
		this.session = undefined;
		this.kustomerAt = this.now;
	}

	chooseOnPlatform(status: Status): void {
		if (!this.online) return;
		if (this.call !== undefined && this.hides) this.nextStatus = status;
		else this.setPlatform(status);
	}

	private setPlatform(status: Status): void {
		if (this.platform.id === status.id) return;
		this.platform = status;
		this.platformAt = this.now;
	}

	beginCall(): void {
		if (this.online) this.call ??= 'onCall';
	}

	endCall(): void {
		if (this.call === undefined) return;
		this.call = undefined;
		if (!this.hides) return;
		this.platform = this.nextStatus ?? { id: DEFAULT_STATUS, name: DEFAULT_STATUS };
		this.platformAt = this.now;
		this.nextStatus = undefined;
	}

	setOnline(online: boolean): void {
		this.online = online;
		if (!online) this.call = undefined;
	}

	/** What happens to the writes that follow; afterwards they work. */
	schedule(...fates: Fate[]): void {
		this.fates = fates;
	}

	/** Writes that were under way arrive, whatever has happened meanwhile. */
	deliver(): number {
		const arriving = this.late;
		this.late = [];
		for (const arrive of arriving) arrive();
		return arriving.length;
	}

	/** One run: look, decide, write, remember. */
	look(sinceTheLast = 15_000): Decision {
		this.now += sinceTheLast;
		const decision = decide(this.view, this.memory, this.rules, this.now);
		// Through the text that n8n stores.
		this.memory = storedAndRead(decision.memory, this.now);
		if (decision.write !== undefined) {
			this.writes.push(decision);
			const fate = this.fates.shift() ?? 'works';
			const arrive = () => this.carryOut(decision);
			if (fate === 'works') arrive();
			if (fate === 'late') this.late.push(arrive);
		}
		return decision;
	}

	private carryOut({ write }: Decision): void {
		if (write?.side === 'platform') {
			const status = this.knownOnPlatform.find((known) => means(write.status, known));
			if (this.call !== undefined) this.interruptions += 1;
			// The platform refuses what would end a call, and agents who are not there.
			else if (status !== undefined && this.online) this.setPlatform(status);
		}
		if (write?.side === 'kustomer' && write.session === this.session) this.setKustomer(write.status);
	}

	/** What the platform knows. */
	knownOnPlatform: Status[] = [];
}

function storedAndRead(memory: AgentMemory | undefined, now: number): AgentMemory | undefined {
	if (memory === undefined) return undefined;
	const all = emptyMemory();
	all.agents.set('agent', { value: memory, seen: Math.floor(now / 3_600_000) });
	const value = readMemory(writeMemory(all, now)).agents.get('agent')?.value;
	return value;
}
