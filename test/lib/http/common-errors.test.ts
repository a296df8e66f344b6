import type { NoAnswer } from '../../../lib/http/http';
import { ServiceError } from '../../../lib/http/errors';
import * as kustomer from '../../../lib/kustomer/errors';
import * as babelforce from '../../../lib/platforms/babelforce/api/errors';
import * as ccaip from '../../../lib/platforms/ccaip/api/errors';

/** The errors of each service, for the operation "list ...". */
const ERRORS = {
	kustomer: {
		noAnswer: (reason: NoAnswer['reason']) => kustomer.errors.errorFromNoAnswer(reason, 'user.list'),
		rateLimit: (waitMs?: number) => kustomer.errors.rateLimitError('user.list', waitMs),
		canceled: () => kustomer.errors.canceledError('user.list'),
		unexpected: () => kustomer.errors.unexpectedAnswerError('user.list', 'its answer holds no list', 200),
	},
	babelforce: {
		noAnswer: (reason: NoAnswer['reason']) => babelforce.errors.errorFromNoAnswer(reason, 'list agents'),
		rateLimit: (waitMs?: number) => babelforce.errors.rateLimitError('list agents', waitMs),
		canceled: () => babelforce.errors.canceledError('list agents'),
		unexpected: () => babelforce.errors.unexpectedAnswerError('list agents', 'the answer holds no list', 200),
	},
	ccaip: {
		noAnswer: (reason: NoAnswer['reason']) => ccaip.errors.errorFromNoAnswer(reason, 'list calls'),
		rateLimit: (waitMs?: number) => ccaip.errors.rateLimitError('list calls', waitMs),
		canceled: () => ccaip.errors.canceledError('list calls'),
		unexpected: () => ccaip.errors.unexpectedAnswerError('list calls', 'the answer is not a list', 200),
	},
};
type Service = keyof typeof ERRORS;

const SLOW = 'Try again later. If it happens often, raise the timeout, or look for a slow proxy.';
const PROXY = 'Behind an inspecting proxy, n8n needs the certificate of that proxy.';
const BLOCKED = 'this n8n does not allow requests to this address.';
const ALLOW =
	"Ask the administrator of this n8n to allow the address in n8n's protection against requests to internal addresses.";
const ENVIRONMENT =
	'Check the environment and the base URL in the credential: the environment is the first part of the address at which you open babelforce, usually "services".';

it.each<[Service, NoAnswer['reason'], string, string]>([
	['kustomer', 'timeout', 'Could not list users: Kustomer did not answer in time.', SLOW],
	[
		'kustomer',
		'connection',
		'Could not list users: the connection to Kustomer was refused or broken.',
		'Check the base URL in the credential, and the proxy and firewall of this n8n.',
	],
	[
		'kustomer',
		'dns',
		'Could not list users: the host of Kustomer was not found.',
		'Check the organization name and the base URL in the credential. The organization name is the first part of the address at which agents open Kustomer.',
	],
	[
		'kustomer',
		'tls',
		'Could not list users: no secure connection to Kustomer could be made.',
		`Check the base URL in the credential. ${PROXY}`,
	],
	['kustomer', 'blocked', `Could not list users: ${BLOCKED}`, ALLOW],
	['babelforce', 'timeout', 'Could not list agents: babelforce did not answer in time.', SLOW],
	[
		'babelforce',
		'connection',
		'Could not list agents: the connection to babelforce was refused or broken.',
		'Check the environment and the base URL in the credential, and the proxy and firewall of this n8n.',
	],
	['babelforce', 'dns', 'Could not list agents: the host of babelforce was not found.', ENVIRONMENT],
	[
		'babelforce',
		'tls',
		'Could not list agents: no secure connection to babelforce could be made.',
		`Check the base URL in the credential. ${PROXY}`,
	],
	['babelforce', 'blocked', `Could not list agents: ${BLOCKED}`, ALLOW],
	[
		'ccaip',
		'timeout',
		'Could not list calls: no answer came in time.',
		"Try again later. If it happens often, raise the option 'Timeout', or look for a slow proxy.",
	],
	[
		'ccaip',
		'connection',
		'Could not list calls: the connection was refused or broken.',
		'Try again. If it goes on, check the subdomain, the domain and the base URL in the credential, and the proxy and firewall of this n8n.',
	],
	[
		'ccaip',
		'dns',
		'Could not list calls: the host was not found.',
		'Check the subdomain and the domain in the credential: together they are the address at which agents sign in.',
	],
	[
		'ccaip',
		'tls',
		'Could not list calls: no secure connection could be made.',
		`Check the domain and the base URL in the credential. ${PROXY}`,
	],
	['ccaip', 'blocked', `Could not list calls: ${BLOCKED}`, ALLOW],
])('X17: %s: no answer because of %s says so, and what to do', (service, reason, message, advice) => {
	const error = ERRORS[service].noAnswer(reason);
	expect(error).toBeInstanceOf(ServiceError);
	expect(error).toMatchObject({ kind: 'noAnswer', noAnswer: reason, message, advice });
});

it.each<[Service, string, string, string, RegExp]>([
	[
		'kustomer',
		'KustomerError',
		"Could not list users: the organization's request limit is used up.",
		' Kustomer can be asked again in 3 seconds.',
		/^Raise the maximum wait, .* The limit is shared by everything that uses the organization's API\.$/,
	],
	[
		'babelforce',
		'BabelforceError',
		'Could not list agents: babelforce takes no more requests at the moment.',
		' babelforce can be asked again in 3 seconds.',
		/^Raise the maximum wait, lower the number of items that run at once, or spread the work over time\.$/,
	],
	[
		'ccaip',
		'CcaiPlatformError',
		'Could not list calls: too many requests in a short time.',
		' CCAI Platform can be asked again in 3 seconds.',
		/^CCAI Platform takes ten requests a second .*'Wait at Most', or spread the work over time\.$/,
	],
])(
	'X6: %s: a rate limit says how long it lasts, when that is known',
	(service, name, limited, again, advice) => {
		const error = ERRORS[service].rateLimit(2_001);
		expect(error).toMatchObject({ name, kind: 'rateLimit', status: 429, retryAfter: 3 });
		expect(error.message).toBe(limited + again);
		expect(error.advice).toMatch(advice);
		expect(ERRORS[service].rateLimit()).toMatchObject({ message: limited, retryAfter: undefined });
	},
);

it.each<[Service, string, string]>([
	[
		'kustomer',
		'Stopped before Kustomer was asked to list users.',
		'Run the workflow again. Operations with an external ID are safe to repeat.',
	],
	['babelforce', 'Stopped before babelforce was asked to list agents.', 'Run the workflow again.'],
	['ccaip', 'Stopped before CCAI Platform was asked to list calls.', 'Run the workflow again.'],
])('X17: %s: a stopped run says before what', (service, message, advice) => {
	expect(ERRORS[service].canceled()).toMatchObject({ kind: 'canceled', message, advice });
});

it.each<[Service, string, string]>([
	[
		'kustomer',
		'Could not list users: its answer holds no list.',
		'Check the base URL in the credential: another service, or a proxy, may be answering.',
	],
	['babelforce', 'Could not list agents: the answer holds no list.', ENVIRONMENT],
	[
		'ccaip',
		'Could not list calls: the answer is not a list.',
		'Check the subdomain, the domain and the base URL in the credential: another service, a proxy or a sign-in page may be answering.',
	],
])('X17: %s: a strange answer says what is strange', (service, message, advice) => {
	const error = ERRORS[service].unexpected();
	expect(error).toMatchObject({ kind: 'unexpectedAnswer', status: 200, message, advice });
});
