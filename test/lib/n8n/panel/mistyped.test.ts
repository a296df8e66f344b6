import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../../lib/http/errors';
import { mistypedIn } from '../../../../lib/n8n/panel/mistyped';
import { NodeParameters } from '../../../../lib/n8n/panel/parameters';
import { tooLong } from '../../../cpu-time';

const property = (displayName: string, name: string, options?: INodeProperties[]): INodeProperties => ({
	displayName,
	name,
	type: options === undefined ? 'string' : 'collection',
	default: '',
	...(options === undefined ? {} : { options }),
});
const PANEL = [
	property('Phone Number', 'phone'),
	property('Options', 'options', [property('Anonymous Caller ID', 'anonymousExternalId')]),
];

/** What a person is told who runs a step with this parameter. */
function refusal(name: string, value: unknown): InputError {
	const context = {
		getTimezone: () => 'UTC',
		getNodeParameter: () => value,
	} as unknown as IExecuteFunctions;
	try {
		new NodeParameters(context, PANEL).forItem(0).get(name);
	} catch (error) {
		if (error instanceof InputError) return error;
	}
	throw new Error('It was taken.');
}

describe('an expression that is none', () => {
	it.each([
		['={{ $json.session.phon', 'is not closed', '{{ $json.session.phon }}'],
		['={{ $json.session.phon }', 'is not closed', '{{ $json.session.phon }}'],
		['=Call {{ $json.a }} of {{ $json.b', 'is not closed', '{{ $json.b }}'],
		['{{ $json.phone', 'is not closed', '{{ $json.phone }}'],
		['={ $json.phone }}', 'begins with one brace', '{{ $json.phone }}'],
		['{ $json.phone }', 'begins with one brace', '{{ $json.phone }}'],
		['{{ $json.phone }}', 'the field is set to Fixed', '{{ $json.phone }}'],
		["{{$('Call Event').item.json.id}}", 'the field is set to Fixed', "{{ $('Call Event').item.json.id }}"],
	])('X4: %s is refused with the right spelling', (written, fault, meant) => {
		const error = refusal('phone', written);
		expect(error.parameter).toBe('phone');
		expect(error.message).toContain("'Phone Number' holds an expression that ");
		expect(error.message).toContain(fault);
		expect(error.advice).toContain(`write ${meant},`);
	});

	it('X4: is named by the field that holds it, wherever that stands', () => {
		const error = refusal('options', { anonymousExternalId: '={{ $json.externalId' });
		expect(error.message).toContain("'Anonymous Caller ID'");
		expect(error.parameter).toBe('options');
		expect(refusal('phone', { __rl: true, mode: 'id', value: '={{ $json.id' }).message).toContain(
			'Phone Number',
		);
	});

	it.each([
		'+49 30 901820',
		'={{ $json.phone }}',
		'={{ { a: { b: 1 } }.a.b }}',
		"={{ '{{' + $json.a }}",
		'={{ $json.a }} and {{ $json.b }}',
		'=no expression at all',
		'Order {4711} of {name}',
		'{CALL_TYPE}: {PHONE_NUMBER}',
		'{"a": {"b": {"c": 1}}}',
		'Write {{ into the field',
		'{{ mustache }}',
		'$json.phone costs $5',
		7,
		null,
		{ rows: [{ name: 'a' }, '={{ 1 }}'] },
	])('X2: %j is taken', (written) => {
		expect(mistypedIn(written, ['phone'])).toBeUndefined();
	});

	it('X16: a text of any length is looked through in no time', () => {
		const hostile = ['{{ $json'.repeat(20_000), '{ $json.'.repeat(20_000), `={{${'{'.repeat(100_000)}}}`];
		expect(tooLong(() => hostile.forEach((text) => mistypedIn(text, ['phone'])), 100)).toBeUndefined();
	});
});
