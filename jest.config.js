const { withoutMissing } = require('./tools/test-needs');

/** @type {import('jest').Config} */
const shared = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.test.json', diagnostics: true }],
		// An ES module, which jest does not load as it is.
		'/node_modules/jose/.+\\.js$': [
			'ts-jest',
			{ tsconfig: { allowJs: true, module: 'commonjs', target: 'es2022' }, diagnostics: false },
		],
	},
	transformIgnorePatterns: ['/node_modules/(?!jose/)'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/sandbox/n8n/',
		'<rootDir>/test/engine-1x/n8n/',
		'<rootDir>/.sandbox/',
	],
};

const FORGET = '<rootDir>/test/setup/forget-everything.ts';
const N8N_1X = '<rootDir>/test/engine-1x/n8n/node_modules';

module.exports = {
	// One kind of test per project, so that `jest --selectProjects unit` runs in seconds.
	projects: withoutMissing([
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{lib,nodes,credentials,sandbox,package,simulation}/**/*.test.ts'],
			setupFilesAfterEnv: [FORGET],
		},
		{
			...shared,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
			setupFilesAfterEnv: [FORGET],
		},
		{
			...shared,
			// The same tests once more: the built package instead of the sources, in the engine of n8n 1.123.
			displayName: 'engine-1x',
			testMatch: ['<rootDir>/test/{engine,engine-1x}/**/*.test.ts'],
			moduleNameMapper: {
				'^(n8n-core|n8n-workflow|luxon)$': `${N8N_1X}/$1`,
				'^\\.\\./\\.\\./(nodes|credentials|lib)/(.*)$': '<rootDir>/dist/$1/$2',
			},
			setupFilesAfterEnv: [FORGET, '<rootDir>/test/engine-1x/end-timers.js'],
		},
		{
			...shared,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
			globalSetup: '<rootDir>/test/setup/started-before.ts',
			// jest knows a time limit for all projects only.
			setupFilesAfterEnv: ['<rootDir>/test/setup/patience.ts'],
		},
	]),
	reporters: ['default', '<rootDir>/tools/test-report.js'],
	testSequencer: '<rootDir>/test/setup/longest-first.js',
	// Tests in a real n8n wait most of their time: four files at once keep two cores busy.
	maxWorkers: 4,
	testTimeout: 30_000,
};
