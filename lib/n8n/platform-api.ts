import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import type { TelephonyPlatform } from '../platforms/platform';

/** A status of a platform, as people choose it. */
export interface PlatformStatus {
	/** What requests name it by. */
	id: string;
	/** What people read. */
	name: string;
}

/**
 * What n8n knows of a platform whose API can be asked: the other half of {@link TelephonyPlatform}, for what needs a
 * credential. A platform without an API has none.
 */
export interface PlatformApi {
	readonly platform: TelephonyPlatform;
	/** Type of its credential. Saved in workflows: it never changes. */
	readonly credentialType: string;
	/** Name of the test, as nodes give it to n8n. */
	readonly testedBy: string;
	readonly testCredential: ICredentialTestFunction;
	/** Where the credential's platform is reached: the only host that gets the credential, unless others are named (rule X8). */
	hostOf(
		credential: ICredentialDataDecryptedObject,
	): { baseUrl: string } | { message: string; advice: string };
	/** Said beside the platform where its credential is chosen, by what it is chosen for. */
	readonly uses: {
		/** The table of agent statuses. */
		statuses: string;
		/** The address of a file. */
		files: string;
	};
	/**
	 * The statuses that agents can be given (rule S1).
	 *
	 * @throws {NodeApiError | NodeOperationError}
	 */
	listStatuses(context: ILoadOptionsFunctions): Promise<PlatformStatus[]>;
}
