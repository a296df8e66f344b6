import { startCloudStorageStandIn, type CloudStorageStandIn } from '../../sandbox/google-cloud-storage';
import { freePort } from '../../sandbox/launcher';
import { STORAGE_WORKFLOWS } from '../../sandbox/launcher/stack';

import { useSandbox } from './harness/sandbox';
import { callMetadata, contentOf, storageRules } from './harness/storage-rules';
import { useStorageRuns, type TestStorage } from './harness/storage-runs';

const FILE = STORAGE_WORKFLOWS.gcs;
const RUN_TIMEOUT_MS = 180_000;

let cloud: CloudStorageStandIn;
/** Filled in when the stand-in has started. */
const account: Record<string, unknown> = {};
const env: Record<string, string> = {};
beforeAll(async () => {
	// Small pages, so that lists have several.
	cloud = await startCloudStorageStandIn({ pageSize: 3 });
	Object.assign(account, {
		clientId: 'client.apps.example.com',
		clientSecret: 'secret-of-the-client',
		oauthTokenData: cloud.oauthTokenData(),
	});
	// Where access tokens come from is fixed in the credential; an administrator may say otherwise.
	const overwrite = { googleCloudStorageOAuth2Api: { accessTokenUrl: cloud.tokenUrl } };
	env.CREDENTIALS_OVERWRITE_DATA = JSON.stringify(overwrite);
});
afterAll(async () => {
	await cloud.close();
});

const sandbox = useSandbox({
	workflows: [],
	env,
	credentials: [{ name: 'Google', type: 'googleCloudStorageOAuth2Api', data: account }],
});

const storage: TestStorage = {
	basePath: (scope) => `ujet/${scope}`,
	put: async (scope, path, content, age = 300) => {
		cloud.objects.set(`ujet/${scope}/${path}`, {
			content: Buffer.from(content),
			contentType: 'application/octet-stream',
			updated: Date.now() - age * 1000,
		});
	},
	remove: async (scope, path) => void cloud.objects.delete(`ujet/${scope}/${path}`),
};

describe('external storage in Google Cloud Storage', () => {
	const standInSettings = () => ({ bucket: cloud.bucket, apiUrl: cloud.url });
	const open = useStorageRuns(sandbox, () => storage, FILE, standInSettings);
	storageRules(open);

	beforeEach(() => {
		cloud.objects.clear();
		cloud.faults.clear();
		cloud.allow(true);
	});

	const publish = async (settings: Record<string, unknown> = {}) => await open({ settings });

	it(
		'X5: an access token that has ended is renewed, and nothing is asked for that is not needed',
		async () => {
			const runs = await publish();
			await runs.put('ujet-metadata/call-8101.json', callMetadata(8101));
			await runs.put('ujet-voice-recordings/call-8101.mp3', contentOf('call-8101.mp3'));
			cloud.expireTokens();
			cloud.requests.length = 0;
			expect((await runs.run()).failure).toBeUndefined();
			expect(runs.files()).toHaveLength(1);
			expect(cloud.requests.filter(({ query }) => query.alt === 'media')).toHaveLength(2);

			cloud.requests.length = 0;
			expect(await runs.run()).toEqual({ requests: 0 });
			expect(cloud.requests.map(({ query }) => query.prefix).sort()).toEqual(
				['chat-transcripts', 'media', 'metadata', 'voice-recordings', 'voicemails'].map(
					(name) => `ujet/${runs.scope}/ujet-${name}/`,
				),
			);
		},
		RUN_TIMEOUT_MS,
	);

	it(
		'X5: a download that breaks off stores nothing, and comes again',
		async () => {
			const runs = await publish();
			await runs.put('ujet-metadata/call-8111.json', callMetadata(8111));
			const content = contentOf('call-8111.mp3', 400_000);
			await runs.put('ujet-voice-recordings/call-8111.mp3', content);
			const object = cloud.objects.get(`ujet/${runs.scope}/ujet-voice-recordings/call-8111.mp3`);
			if (object !== undefined) object.breaks = { after: 200_000, times: 1 };
			expect((await runs.run()).failure).toBeUndefined();
			expect(runs.files()).toEqual([]);
			expect((await runs.rows()).filter(({ state }) => state === 'waiting')).toHaveLength(1);
			expect((await runs.runLater()).failure).toBeUndefined();
			expect(runs.files()).toMatchObject([{ name: 'call-8111.mp3', length: content.length }]);
		},
		RUN_TIMEOUT_MS,
	);

	it(
		'X2: trouble, no access, no bucket and an account that is not connected any more are told apart',
		async () => {
			const runs = await publish();
			await runs.put('ujet-metadata/call-8121.json', callMetadata(8121));
			cloud.faults.add({ path: /\/o$/, times: 5, fault: { kind: 'status', status: 503 } });
			expect((await runs.run()).failure).toMatch(
				/^Google Cloud Storage could not be reached, or has trouble of its own\./,
			);
			cloud.allow(false);
			expect((await runs.run()).failure).toMatch(/Give it the role Storage Object Viewer/);
			cloud.allow(true);
			await runs.change({ bucket: 'no-such-bucket' });
			expect((await runs.run()).failure).toMatch(/there is no bucket "no-such-bucket"/);
			await runs.change({ ...standInSettings(), apiUrl: `http://127.0.0.1:${await freePort()}` });
			expect((await runs.run()).failure).toMatch(/^Google Cloud Storage could not be reached/);
			await runs.change(standInSettings());
			expect((await runs.run()).failure).toBeUndefined();
			expect(runs.sessions()).toEqual(['ccaip:call-8121']);
		},
		RUN_TIMEOUT_MS,
	);
});
