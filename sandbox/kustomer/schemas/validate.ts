import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { ApiError } from '../errors';
import type { Schema } from './build';
import { FORMATS } from './formats';

// assumes: length-in-utf16
const ajv = addFormats(new Ajv({ strict: false, unicodeRegExp: true }), ['date-time', 'uri']);
for (const keyword of ['maxLength', 'minLength'] as const) {
	const tooLong = keyword === 'maxLength';
	ajv.removeKeyword(keyword);
	ajv.addKeyword({
		keyword,
		type: 'string',
		schemaType: 'number',
		validate: (limit: number, value: string) => (tooLong ? value.length <= limit : value.length >= limit),
	});
}
for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);

/** Checks a value and throws the 400 that Kustomer would answer. */
export type Check = (value: unknown) => void;

/** Compiles a schema once. */
export function check(schema: Schema): Check {
	const validate: ValidateFunction = ajv.compile(schema);
	return (value) => {
		if (!validate(value)) throw asAnswer(validate.errors?.[0]);
	};
}

/** Validates one value against a format by itself. */
export function hasFormat(format: 'date-time' | 'uri' | 'object-id', value: string): boolean {
	return formatChecks[format](value);
}
const formatChecks = {
	'date-time': ajv.compile({ type: 'string', format: 'date-time' }),
	uri: ajv.compile({ type: 'string', format: 'uri' }),
	'object-id': ajv.compile({ type: 'string', format: 'object-id' }),
};

/** assumes: validation-texts */
function asAnswer(error: ErrorObject | undefined): ApiError {
	if (error === undefined) return new ApiError(400, 'badparam', 'Bad Request');
	const named =
		error.keyword === 'additionalProperties'
			? String(error.params.additionalProperty)
			: error.keyword === 'required'
				? String(error.params.missingProperty)
				: undefined;
	return new ApiError(400, 'badparam', titleOf(error), {
		parameter: named ?? lastName(error.instancePath),
		detail: error.schemaPath.replace(/^#/, ''),
	});
}

/** The innermost property on the way to the value, without the positions in lists. */
function lastName(instancePath: string): string {
	const names = instancePath.split('/').filter((name) => name !== '' && !/^\d+$/.test(name));
	return names.at(-1) ?? 'body';
}

function titleOf({ keyword, params }: ErrorObject): string {
	switch (keyword) {
		case 'additionalProperties':
			return 'Additional properties not allowed';
		case 'required':
			return `Property required: ${params.missingProperty}`;
		case 'type':
			return `Wrong type, expected ${String(params.type)}`;
		case 'enum':
			return `Not one of: ${(params.allowedValues as unknown[]).join(', ')}`;
		case 'maxLength':
			return 'Text too long';
		case 'minLength':
			return 'Text too short';
		case 'maximum':
		case 'minimum':
			return `Number out of range, must be ${params.comparison} ${params.limit}`;
		case 'maxItems':
			return `Too many items, at most ${params.limit}`;
		case 'maxProperties':
			return `Too many properties, at most ${params.limit}`;
		case 'uniqueItems':
			return 'Items are not unique';
		case 'pattern':
			return 'Text does not match the pattern';
		case 'format':
			return `Not a valid ${params.format}`;
		default:
			return 'Bad Request';
	}
}
