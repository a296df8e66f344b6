/**
 * A shipped workflow is a picture that a person reads, not a program (rule X14). What is logic belongs into an operation,
 * where it has tests.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

interface Step {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, unknown>;
}

interface Figures {
	steps: number;
	/** Characters, the equals sign in front included. */
	longestExpression: number;
	codeSteps: number;
	codeLines: number;
}

const LIMITS: Figures = { steps: 10, longestExpression: 200, codeSteps: 0, codeLines: 0 };

/** Workflows that are not pictures yet, with what they are. An entry is taken out together with its reason. */
const EXCEPTIONS: Record<string, Partial<Figures>> = {
	'agent-status-kustomer-to-babelforce.json': { longestExpression: 408 },
	'agent-status-kustomer-to-ccaip.json': { longestExpression: 408 },
	'agent-status-two-way.json': { longestExpression: 408 },
	'babelforce-inbound-call.json': { longestExpression: 335 },
	'ccaip-recording-upload.json': { steps: 21, longestExpression: 659 },
	'external-storage-gcs.json': { steps: 26, longestExpression: 1008, codeSteps: 1, codeLines: 244 },
	'external-storage-sftp.json': { steps: 26, longestExpression: 1008, codeSteps: 1, codeLines: 243 },
	'recording-upload.json': { steps: 18, longestExpression: 667 },
	'session-email.json': { longestExpression: 531 },
};

const FOLDER = path.resolve(__dirname, '../../workflows');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** The steps, without the sticky notes. */
function stepsOf(file: string): Step[] {
	const { nodes } = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as { nodes: Step[] };
	return nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
}

/** All texts within a value. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function figuresOf(file: string): Figures {
	const steps = stepsOf(file);
	const expressions = steps
		.flatMap(({ parameters }) => textsIn(parameters))
		.filter((text) => text.startsWith('='));
	const code = steps.filter(({ type }) => /\.(code|function|functionItem|executeCommand)$/i.test(type));
	return {
		steps: steps.length,
		longestExpression: Math.max(0, ...expressions.map(({ length }) => length)),
		codeSteps: code.length,
		codeLines: code
			.flatMap(({ parameters }) => textsIn(parameters))
			.flatMap((text) => text.trim().split('\n')).length,
	};
}

const names = Object.keys(LIMITS) as Array<keyof Figures>;
const beyond = (figures: Figures) =>
	Object.fromEntries(
		names.filter((name) => figures[name] > LIMITS[name]).map((name) => [name, figures[name]]),
	);

describe('the shipped workflows', () => {
	it.each(FILES)(
		'X14: %s has at most ten steps, no Code step and no expression over 200 characters',
		(file) => {
			expect(beyond(figuresOf(file))).toEqual(EXCEPTIONS[file] ?? {});
		},
	);

	it('X14: no exception is kept for a workflow that is not there', () => {
		expect(Object.keys(EXCEPTIONS).filter((file) => !FILES.includes(file))).toEqual([]);
	});
});
