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

const FOLDER = path.resolve(__dirname, '../../workflows');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** The workflow that holds the record rules of a platform, and those that call it. */
const RULES_FILES: Record<string, string[]> = {
	'babelforce-session-events.json': [],
	'ccaip-session-events.json': [
		'agent-desktop.json',
		'ccaip-session-metadata.json',
		'click-to-call.json',
		'external-storage-files.json',
		'reconcile-sessions.json',
		'session-email.json',
	],
};

function read(file: string): { name: string; nodes: Step[] } {
	return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as { name: string; nodes: Step[] };
}

const nameOf = (file: string) => read(file).name;

/** The steps that call another workflow, which a person chooses once, with the name of the one that is meant. */
function picksOf(file: string): Array<{ step: string; wanted: string }> {
	return stepsOf(file).flatMap(({ name, parameters }) => {
		const { mode, value, cachedResultName } = (parameters.workflowId ?? {}) as Record<string, string>;
		return mode === 'list' && value === '' ? [{ step: name, wanted: cachedResultName ?? '' }] : [];
	});
}

/** The steps, without the sticky notes. */
function stepsOf(file: string): Step[] {
	return read(file).nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
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
			expect(beyond(figuresOf(file))).toEqual({});
		},
	);

	it('B6: contain no custom attributes, which an organization may lack: the editor would offer to remove them', () => {
		const filled = FILES.flatMap((file) =>
			stepsOf(file)
				.filter(({ parameters }) =>
					/"(custom|conversation|customer)Attributes":/.test(JSON.stringify(parameters)),
				)
				.map(({ name }) => `${file}: ${name}`),
		);
		expect(filled).toEqual([]);
	});

	it('X12: the record rules of a platform are set in one step, which everything that logs a session reaches', () => {
		const logs = FILES.flatMap((file) =>
			stepsOf(file)
				.filter(({ parameters }) => parameters.resource === 'session' && parameters.operation === 'log')
				.map(({ name }) => `${file}: ${name}`),
		);
		expect(logs).toEqual(Object.keys(RULES_FILES).map((file) => `${file}: Log Session`));
		for (const [rules, callers] of Object.entries(RULES_FILES)) {
			const calling = FILES.filter((file) => picksOf(file).some(({ wanted }) => wanted === nameOf(rules)));
			expect(calling).toEqual(callers);
		}
	});

	it.each(FILES.flatMap((file) => picksOf(file).map(({ step, wanted }) => [file, step, wanted] as const)))(
		'X12: in %s, "%s" leaves one pick open, and note and page say which: %s',
		(file, step, wanted) => {
			const called = FILES.filter((one) => nameOf(one) === wanted);
			expect(called).toHaveLength(1);
			const triggers = stepsOf(called[0] ?? '').filter(({ type }) =>
				type.endsWith('.executeWorkflowTrigger'),
			);
			expect(triggers).toHaveLength(1);
			const page = readFileSync(path.join(FOLDER, '../docs/workflows', file.replace('.json', '.md')), 'utf8');
			const notes = read(file).nodes.filter(({ type }) => type.endsWith('.stickyNote'));
			expect(notes.flatMap(({ parameters }) => textsIn(parameters)).join('\n')).toContain(`*${wanted}*`);
			expect(page).toContain(`**${step}**`);
			expect(page).toContain((called[0] ?? '').replace('.json', '.md'));
		},
	);
});
