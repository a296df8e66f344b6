/** The samples that people copy from docs/sample-events.md are what the trigger takes them for. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PLATFORMS } from '../../lib/platforms/platforms';

const page = readFileSync(path.resolve(__dirname, '../../docs/sample-events.md'), 'utf8');
const HEADINGS: Record<string, string> = {
	babelforce: 'babelforce',
	ccaip: 'CCAI Platform',
	generic: 'Other platforms',
};
const samples = [...page.matchAll(/^### (.+): (\w+)$[^]*?^```json$([^]*?)^```$/gm)].map(
	([, platform = '', kind = '', json = '']) => ({ platform, kind, body: JSON.parse(json) as unknown }),
);

describe.each(PLATFORMS.map((platform) => [platform.name, platform] as const))(
	'the sample events of %s',
	(name, platform) => {
		const ofPlatform = samples.filter((sample) => sample.platform === HEADINGS[name]);

		it('B6: are one for each kind that the platform can send', () => {
			expect(ofPlatform.map(({ kind }) => kind)).toEqual([...platform.eventKinds]);
		});

		it.each(ofPlatform.map(({ kind, body }) => [kind, body] as const))(
			'B6: the one for "%s" is read as that, whole',
			(kind, body) => {
				const { events, others, rejected } = platform.parse(
					{ method: 'POST', headers: {}, query: {}, body },
					{ sourceName: name, sessionIdFrom: 'call' },
				);
				expect(rejected).toEqual([]);
				expect([...events, ...others].map((event) => event.kind)).toEqual([kind]);
				expect(events.map(({ notUnderstood }) => notUnderstood)).toEqual(events.map(() => undefined));
			},
		);
	},
);
