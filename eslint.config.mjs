import { config } from '@n8n/node-cli/eslint';

import { roomRules } from './rooms.mjs';

/**
 * n8n's own rules for community nodes, unchanged, for everything that is published. What runs outside n8n (the
 * sandbox, tests, tools and benchmarks) may use Node.js freely, so the rules that guard n8n's process are off there.
 */
export default [
	{
		ignores: [
			'dist/**',
			'sandbox/n8n/**',
			'test/engine-1x/n8n/**',
			'.sandbox/**',
			'sandbox/kustomer/page/**',
			'coverage/**',
		],
	},
	...config,
	...roomRules,
	{
		files: ['sandbox/**/*.ts', 'test/**/*.ts', 'tools/**/*.{ts,mjs}', 'bench/**/*.ts', '*.js', '*.mjs'],
		rules: {
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'no-console': 'off',
		},
	},
];
