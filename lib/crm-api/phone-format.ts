/**
 * The formats in which CCAI Platform writes phone numbers, and what number they all mean (rule G3).
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 */
import {
	fromNationalDigits,
	normalizePhone,
	type PhoneOptions,
	type PhoneResult,
} from '../domain/phone-number';

/** The setting "Phone number format". */
export const PHONE_FORMATS = ['automatic', 'e164', 'usLocal', 'usLocalStandard', 'international'] as const;
export type PhoneFormat = (typeof PHONE_FORMATS)[number];

/** `*222*333*4444`, and the percent signs of databases: a search for digits, country code left out. */
const WILDCARDS = /^[\s\d*%]+$/;
const LONGEST = 64;
/** Signs of the local formats: digits, brackets, blanks, dots and hyphens, without a plus. */
const LOCAL = /^[\d\s().-]+$/;
/** Digits of a number of North America without its country code. */
const NORTH_AMERICAN = /^[1-9]\d{9}$/;
/** Whose formats the local ones are. */
const COUNTRY_OF_FORMATS = 'US';

/**
 * Reads a number in any of the formats. The local ones and the search have no country code: they are numbers of the default
 * country, and of North America, whose formats they are, where none is set.
 *
 * @param written as it arrived
 */
export function readPhone(written: string | undefined, options: PhoneOptions): PhoneResult {
	return normalizePhone(withCountryCode(written, options.defaultCountry), options);
}

/**
 * The number of a search, and a local number where no default country is set, with its country code; every other text as it is.
 *
 * @param defaultCountry ISO 3166-1 alpha-2
 */
export function withCountryCode<Written extends string | undefined>(
	written: Written,
	defaultCountry: string | undefined,
): Written | string {
	if (written === undefined || written.length > LONGEST) return written;
	const digits = written.replace(/\D/g, '');
	if (WILDCARDS.test(written) && /[*%]/.test(written)) {
		return fromNationalDigits(digits, defaultCountry ?? COUNTRY_OF_FORMATS) ?? digits;
	}
	const isLocal = defaultCountry === undefined && LOCAL.test(written) && NORTH_AMERICAN.test(digits);
	return (isLocal ? fromNationalDigits(digits, COUNTRY_OF_FORMATS) : undefined) ?? written;
}
