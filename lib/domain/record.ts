/** Whether a value is an object with named values: what JSON writes in braces. A list is none (rule X17). */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
