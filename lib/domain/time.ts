/** How a point in time is read, for all who ask (rule X17). */

/** Longer texts are no time. */
const LONGEST_TEXT = 64;

/** A date, with or without a time, with or without an offset. A plus sign that a URL has turned into a space is read. */
const ISO =
	/^(\d{4}-\d\d-(\d\d))(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+ -]\d\d(?::?\d\d)?)?$/i;

/** The date of mails and of HTTP: `Wed, 24 Jun 2026 10:15:02 GMT`. */
const INTERNET_DATE = /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC|[+-]\d{4})$/i;

/** The beginning of the year 1, and that of the year 10000: milliseconds since the epoch. */
const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_800_000;

/**
 * Milliseconds since the epoch of a Unix time, which is in seconds when it has ten digits before the point and in
 * milliseconds when it has thirteen. Everything else is no time of our days: a year, a counter, a phone number.
 */
export function unixTime(value: number): number | undefined {
	if (value >= 1e9 && value < 1e10) return Math.round(value * 1000);
	return value >= 1e12 && value < 1e13 ? Math.round(value) : undefined;
}

/**
 * A point in time as milliseconds since the epoch.
 *
 * Understood are ISO 8601 dates with or without a time (UTC when no offset is given, the beginning of the day when no time
 * is given), the dates of mails and of HTTP, Unix times as number or text ({@link unixTime}), and the dates of JavaScript
 * and of luxon.
 *
 * @returns undefined for anything else, for days that do not exist, and outside of the years 1 to 9999
 */
export function millisecondsOf(value: unknown): number | undefined {
	const time = read(value);
	return time !== undefined && time >= FIRST && time < LAST ? time : undefined;
}

/**
 * A date of any year, as Kustomer takes it: ISO 8601 in UTC with milliseconds, `2026-01-31T09:30:00.000Z`.
 *
 * @param value see {@link millisecondsOf}
 */
export function toDateTime(value: unknown): string | undefined {
	const time = millisecondsOf(value);
	return time === undefined ? undefined : new Date(time).toISOString();
}

/**
 * When something happened in a contact center, in the same form. What lies before 1970 is no time: systems write the year 1
 * where they mean none.
 *
 * @param value see {@link millisecondsOf}
 */
export function isoTime(value: unknown): string | undefined {
	const time = millisecondsOf(value);
	return time === undefined || time < 0 ? undefined : new Date(time).toISOString();
}

function read(value: unknown): number | undefined {
	if (typeof value === 'string') return readText(value);
	if (typeof value === 'number') return unixTime(value);
	if (typeof value !== 'object' || value === null) return undefined;
	// Expressions run in a place with a `Date` and a luxon of its own, so `instanceof` is not enough.
	if (Object.prototype.toString.call(value) === '[object Date]') return finite(Number(value));
	return 'toMillis' in value && typeof value.toMillis === 'function' ? finite(value.toMillis()) : undefined;
}

function readText(written: string): number | undefined {
	const text = written.trim();
	if (text.length > LONGEST_TEXT) return undefined;
	if (/^\d+(?:\.\d+)?$/.test(text)) return unixTime(Number(text));
	if (INTERNET_DATE.test(text)) return finite(Date.parse(text));
	const parts = ISO.exec(text);
	if (parts === null) return undefined;
	const [, date = '', day, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = parts;
	// Date.parse() takes February 31 for March 3.
	const midnight = new Date(`${date}T00:00:00.000Z`);
	if (midnight.getUTCDate() !== Number(day)) return undefined;
	const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
	return finite(Date.parse(`${date}T${minutes}:${seconds}.${milliseconds}${offset(zone)}`));
}

function offset(zone: string): string {
	if (/^(?:z|utc)$/i.test(zone)) return 'Z';
	const digits = zone.replace(/\D/g, '').padEnd(4, '0');
	return `${zone.startsWith('-') ? '-' : '+'}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

function finite(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
