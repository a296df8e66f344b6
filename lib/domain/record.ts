/** Whether a value is an object with named values: what JSON writes in braces. A list is none (rule X17). */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What an object holds under a name that somebody else has chosen; undefined when it holds nothing there. Every object seems
 * to hold something under `constructor`, `toString` and `__proto__`, which nobody has put there (rule X16).
 */
export function ownValue<Value>(
	values: Readonly<Record<string, Value>> | null | undefined,
	name: string,
): Value | undefined {
	return values !== null && values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
