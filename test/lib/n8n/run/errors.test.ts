import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { KustomerError } from '../../../../lib/kustomer/errors';
import { InputError } from '../../../../lib/http/errors';
import { errorFields, toNodeError } from '../../../../lib/n8n/run/errors';

const node = {
	id: '1',
	name: 'Kustomer',
	type: 'x',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;
const place = { node, itemIndex: 3 };

const refusal = new KustomerError({
	kind: 'forbidden',
	operation: 'note.create',
	status: 403,
	message: 'The API key is not allowed to add a note.',
	advice: 'Give the key the role org.permission.note.create.',
	role: 'org.permission.note.create',
	requestId: 'abc',
});

describe('toNodeError', () => {
	it("X8: keeps Kustomer's message, the advice, the status and the item", () => {
		const error = toNodeError(refusal, place);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: refusal.message,
			description: 'Give the key the role org.permission.note.create. Request ID: abc.',
			httpCode: '403',
			context: { itemIndex: 3, kind: 'forbidden', role: 'org.permission.note.create' },
			failure: { cause: 'credential-invalid' },
		});
	});

	it('X6: says when Kustomer can be asked again', () => {
		const limited = new KustomerError({
			kind: 'rateLimit',
			operation: 'note.create',
			status: 429,
			message: 'Limit',
			advice: 'Wait.',
			retryAfter: 12,
		});
		expect(toNodeError(limited, place).failure).toEqual({ cause: 'rate-limited', retryAfterMs: 12_000 });
	});

	it('says nothing about a status that there was not', () => {
		const silent = new KustomerError({
			kind: 'noAnswer',
			operation: 'note.create',
			message: 'No answer',
			advice: 'Try again.',
			noAnswer: 'timeout',
		});
		expect(toNodeError(silent, place)).toMatchObject({ message: 'No answer', httpCode: null });
	});

	it('B4: names the parameter of a value that was refused before sending', () => {
		const error = toNodeError(new InputError('custom.aNum', 'Not a number.', 'Enter one.'), place);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'Not a number.',
			description: 'Enter one.',
			context: { itemIndex: 3, parameter: 'custom.aNum', kind: 'invalidInput' },
		});
	});

	it('adds the item to an error that n8n has made, and changes nothing else', () => {
		const made = new NodeOperationError(node, 'Credentials not found');
		expect(toNodeError(made, place)).toBe(made);
		expect(made.context.itemIndex).toBe(3);
	});

	it('leaves the item of such an error when it has one', () => {
		const made = new NodeOperationError(node, 'x', { itemIndex: 1 });
		expect(toNodeError(made, place).context.itemIndex).toBe(1);
	});

	it('wraps everything else', () => {
		expect(toNodeError(new RangeError('odd'), place)).toMatchObject({
			message: 'odd',
			context: { itemIndex: 3 },
		});
		expect(toNodeError('a text', place).message).toBe('a text');
	});
});

describe('errorFields', () => {
	it('holds what a workflow can branch on, and no stack', () => {
		expect(errorFields(toNodeError(refusal, place))).toEqual({
			message: refusal.message,
			description: 'Give the key the role org.permission.note.create. Request ID: abc.',
			httpCode: '403',
			kind: 'forbidden',
		});
	});

	it('leaves out what is not known', () => {
		expect(errorFields(new NodeOperationError(node, 'Plain'))).toEqual({ message: 'Plain' });
	});
});
