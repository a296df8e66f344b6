import type { CcaiPlatformClient } from '../../../lib/platforms/ccaip/api/client';
import type { Agent } from '../../../lib/platforms/ccaip/api/documents';
import { listAgents, MAX_PAGES } from '../../../lib/platforms/ccaip/api/resources/agents';
import {
	listUserStatuses,
	type StatusChoice,
} from '../../../lib/platforms/ccaip/api/resources/user-statuses';

/** What several items of one execution need, read once. What failed is read again for the next item. */
export class SharedReading {
	private agentsRead?: Promise<Agent[]>;
	private statusesRead?: Promise<StatusChoice[]>;

	/** @throws {CcaiPlatformError} */
	async agents(client: CcaiPlatformClient): Promise<Agent[]> {
		this.agentsRead ??= listAgents(client, { maxPages: MAX_PAGES });
		return await this.agentsRead.catch((error: unknown) => {
			this.agentsRead = undefined;
			return Promise.reject(error);
		});
	}

	/** @throws {CcaiPlatformError} */
	async statuses(client: CcaiPlatformClient): Promise<StatusChoice[]> {
		this.statusesRead ??= listUserStatuses(client);
		return await this.statusesRead.catch((error: unknown) => {
			this.statusesRead = undefined;
			return Promise.reject(error);
		});
	}
}
