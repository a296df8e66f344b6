import { DateTime } from 'luxon';

/** Dates, with or without a time, with or without an offset. */
const ISO =
	/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i;

/**
 * A point in time in the form that Kustomer takes: ISO 8601 in UTC with milliseconds, `2026-01-31T09:30:00.000Z`.
 *
 * Understood are ISO 8601 dates with or without time (UTC when no offset is given, the beginning of the day when no
 * time is given), JavaScript and luxon dates, and Unix times: ten digits are seconds, thirteen are milliseconds.
 *
 * @returns undefined for anything else
 */
export function toDateTime(value: unknown): string | undefined {
	return isoOf(read(value));
}

function read(value: unknown): DateTime | undefined {
	if (isDate(value)) return DateTime.fromMillis(value.getTime(), { zone: 'utc' });
	if (typeof value === 'number') return fromUnix(value);
	if (typeof value === 'string') {
		const text = value.trim();
		if (/^\d{10}(?:\d{3})?(?:\.\d+)?$/.test(text)) return fromUnix(Number(text));
		if (!ISO.test(text)) return undefined;
		const iso = text.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T').replace(/\s+/g, '');
		return DateTime.fromISO(iso.toUpperCase(), { zone: 'utc' });
	}
	// A luxon date of another copy of luxon, as n8n's expressions give it.
	if (
		typeof value === 'object' &&
		value !== null &&
		'toMillis' in value &&
		typeof value.toMillis === 'function'
	) {
		const milliseconds: unknown = value.toMillis();
		return typeof milliseconds === 'number' ? DateTime.fromMillis(milliseconds, { zone: 'utc' }) : undefined;
	}
	return undefined;
}

/** Expressions run in a place with a `Date` of its own, so `instanceof` is not enough. */
function isDate(value: unknown): value is Date {
	return Object.prototype.toString.call(value) === '[object Date]';
}

/** Ten digits before the point are seconds, thirteen milliseconds; anything else is no Unix time of our days. */
function fromUnix(value: number): DateTime | undefined {
	if (value >= 1e9 && value < 1e10) return DateTime.fromMillis(Math.round(value * 1000), { zone: 'utc' });
	if (value >= 1e12 && value < 1e13) return DateTime.fromMillis(Math.round(value), { zone: 'utc' });
	return undefined;
}

function isoOf(date: DateTime | undefined): string | undefined {
	if (date === undefined || !date.isValid || date.year < 1 || date.year > 9999) return undefined;
	return date.toUTC().toISO() ?? undefined;
}
