/** Whether a text has the form of an id in Kustomer: 24 hexadecimal characters. Platforms carry such ids, too. */
export function isKustomerId(value: unknown): value is string {
	return typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value);
}
