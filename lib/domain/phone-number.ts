/**
 * Phone numbers as people and platforms write them, brought into one form (rules C17, X4).
 *
 * The number plans come from libphonenumber (https://github.com/catamphetamine/libphonenumber-js). A number counts when
 * its length is possible in its country; whether its area code is in use is not asked, because such tables age, and
 * because test numbers such as +1 222 333 4444 have to work.
 */
import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

/** What {@link normalizePhone} made of its input. */
export type PhoneResult =
	| {
			kind: 'number';
			/** For example `+493012345678`. */
			e164: string;
	  }
	| { kind: 'missing' | 'withheld' | 'tooShort' | 'ownNumber' | 'invalid'; reason: string };

/** Why a number cannot be used to recognize a caller. */
export type UnusablePhone = Exclude<PhoneResult, { kind: 'number' }>;

export interface PhoneOptions {
	/** ISO 3166-1 alpha-2 country of numbers written without a country code, for example `DE`. */
	defaultCountry?: string;
	/** The company's own numbers, in any format: they are never a customer's (rule X4). */
	ownNumbers?: readonly string[];
}

/** Fewer digits than this, country code included, are a short code, an extension or an emergency number. */
const FEWEST_DIGITS = 7;
/** A longer text is no number and no address of one. */
const LONGEST_NUMBER = 256;
/** Characters of a number that is shown as it came. */
const LONGEST_SHOWN = 64;
/** E.164 allows fifteen. */
const MOST_DIGITS = 15;

/** What platforms send in place of a number that the caller withheld. Compared without spaces and punctuation. */
const WITHHELD_WORDS = new Set([
	'anonymous',
	'anonymouscaller',
	'anon',
	'blocked',
	'callerunknown',
	'clir',
	'hidden',
	'idunavailable',
	'nocallerid',
	'noid',
	'nonumber',
	'notavailable',
	'notprovided',
	'numberwithheld',
	'outofarea',
	'private',
	'privatecaller',
	'privatenumber',
	'restricted',
	'suppressed',
	'unavailable',
	'unbekannt',
	'unidentified',
	'unknown',
	'unknowncaller',
	'unknownnumber',
	'unterdrückt',
	'withheld',
	'anonym',
	'anonyme',
	'anonimo',
	'anônimo',
	'anónimo',
	'desconocido',
	'desconhecido',
	'inconnu',
	'masqué',
	'oculto',
	'privado',
	'privé',
]);

/** The words ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN, PRIVATE and BLOCKED, spelled on a telephone keypad. */
const WITHHELD_DIGITS = new Set(['266696687', '7378742833', '86282452253', '8656696', '7748283', '2562533']);

const EMPTY_WORDS = new Set(['', 'null', 'undefined', 'none', 'na', 'nan', 'nil']);

const REASONS = {
	missing: 'no phone number was given',
	withheld: 'the caller withheld the number',
	tooShort: 'the number is too short: a short code, an extension or an emergency number',
	ownNumber: "the number is one of the company's own",
} as const;

/**
 * Brings a phone number into E.164, or says why it cannot be used. Throws nothing.
 *
 * Understood are spaces, dots, dashes, slashes and parentheses; `tel:`, `sip:` and `callto:` addresses; full-width and
 * Arabic digits; `00` and `011` in front; a trunk zero as in `+49 (0)30`; a plus that became a space in a web address; and
 * numbers that start with their country code but lack the plus, as Kustomer shows them.
 *
 * What is no part of the number is taken off, and never read as digits: an extension (`x12`, `*12`, `#12`, `(12)`), what is
 * dialed after a pause, a code that a telephone dials in front (`*31#`, `*67`), the digit that asks for an outside line
 * (`9 +1…`), the port of an address (`:5060`), the decimals of a spreadsheet (`4930901820.0`), and a name beside it
 * (`Jo (+4930901820)`). A number that a spreadsheet has shortened (`4.93E+11`), or two numbers in one field, are none.
 *
 * Digits without a plus are read in this order:
 * 1. Without a default country they start with the country code.
 * 2. In a country whose national numbers are dialed with a leading `0` (Germany, the United Kingdom …), digits with
 *    that zero are national. Without it they start with a country code, if that gives a number in use.
 * 3. Elsewhere (the United States, Spain …) they are national if their length fits, else they start with a country code.
 *
 * @param input a text or a number; anything else counts as missing
 */
export function normalizePhone(input: unknown, options: PhoneOptions = {}): PhoneResult {
	const country = countryCode(options.defaultCountry);
	const result = readAgain(input, country);
	if (result.kind === 'invalid' || result.kind === 'missing' || result.kind === 'withheld') return result;
	return isOwnNumber(input, result, options.ownNumbers ?? [], country) ? unusable('ownNumber') : result;
}

/** ISO 3166-1 alpha-2 codes of all countries that can be a default country. */
export function countryCodes(): string[] {
	return getCountries();
}

/**
 * The country code in the form that libphonenumber knows, or undefined for a country that it does not know.
 *
 * @param code ISO 3166-1 alpha-2 in any case; `UK` is taken for `GB`
 */
export function countryCode(code: string | undefined): CountryCode | undefined {
	const upper = code?.trim().toUpperCase();
	const iso = upper === 'UK' ? 'GB' : upper;
	return iso !== undefined && isSupportedCountry(iso) ? iso : undefined;
}

/**
 * Whether a platform says in the field for a caller's number that the caller withheld it (rules X4, X17): with a word such as
 * "anonymous" in it or in its SIP address, with what telephone exchanges dial for such a word, or with zeros only.
 *
 * A field in which nothing stands says nothing: the number is not known, or not yet. What else is no number, such as a name,
 * says who called.
 */
export function isWithheld(written: unknown): boolean {
	const text = textOf(written);
	return text !== undefined && namesNobody(clean(text)) === 'withheld';
}

/**
 * The country of a number that is written with its country code, `+49 …` or `0049 …`; undefined for any other text, and for
 * numbers of no country such as +800. Of the countries that share a code the main one, whose way of dialing they share.
 *
 * @returns ISO 3166-1 alpha-2 code
 */
export function countryOf(written: unknown): string | undefined {
	const text = textOf(written);
	if (text === undefined) return undefined;
	const number = numberIn(clean(text));
	const lostPlus = /^[\s\u00a0]\d/.test(text);
	if (!/^(?:\+|00|011)/.test(number) && !lostPlus) return undefined;
	const e164 = lostPlus ? `+${digitsOf(number)}` : read(number, undefined);
	const whole = typeof e164 === 'string' ? e164 : e164.kind === 'number' ? e164.e164 : undefined;
	if (whole === undefined) return undefined;
	const parsed = parsePhoneNumberFromString(whole, { extract: false });
	return parsed?.country ?? parsed?.getPossibleCountries()[0];
}

/**
 * The number as it came, for people to read, where it cannot be brought into one form: it holds digits, and nobody says that it
 * is withheld (rule X4). Undefined for anything else.
 *
 * @returns one line of at most 64 characters
 */
export function asItCame(written: unknown): string | undefined {
	const text = textOf(written);
	if (text === undefined || isWithheld(text) || !/\p{Nd}/u.test(text)) return undefined;
	return text
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim()
		.slice(0, LONGEST_SHOWN);
}

/** Whether a text could be meant as a phone number: digits and the signs between them, five digits at least. */
export function isPhoneLike(text: string): boolean {
	return /^[+\s\d().\-/]+$/.test(text) && text.replace(/\D/g, '').length >= 5;
}

/** The digits of an E.164 number, as Kustomer shows some of its customers' numbers: without the plus. */
export function withoutPlus(e164: string): string {
	return e164.replace(/^\+/, '');
}

/**
 * The number with these digits inside a country, as they stand behind the country code: without the zero that is dialed in front.
 *
 * @param country ISO 3166-1 alpha-2
 * @returns E.164; undefined when there is no such country, or no number of that length in it
 */
export function fromNationalDigits(digits: string, country: string): string | undefined {
	const iso = countryCode(country);
	if (iso === undefined || !/^\d{4,15}$/.test(digits)) return undefined;
	const result = international(`${getCountryCallingCode(iso)}${digits}`);
	return result?.kind === 'number' ? result.e164 : undefined;
}

/** Readings that are kept, and the longest text of which they are. */
const MOST_READINGS = 1000;
const LONGEST_KEPT = 32;
const readings = new Map<string, Readonly<PhoneResult>>();

/**
 * As {@link read}. A session's number is asked for several times with each of its events, and every time compared with all of
 * the company's own: what was read lately is not read anew.
 */
function readAgain(input: unknown, country: CountryCode | undefined): PhoneResult {
	if (typeof input !== 'string' || input.length > LONGEST_KEPT) return read(input, country);
	const key = `${country ?? ''} ${input}`;
	const held = readings.get(key);
	if (held !== undefined) return { ...held };
	const result = read(input, country);
	// A map keeps its order: the oldest one goes.
	const [oldest] = readings.keys();
	if (readings.size >= MOST_READINGS && oldest !== undefined) readings.delete(oldest);
	readings.set(key, result);
	return { ...result };
}

function read(input: unknown, country: CountryCode | undefined): PhoneResult {
	const text = textOf(input);
	if (text === undefined) return unusable('missing');

	const written = clean(text);
	const nobody = namesNobody(written);
	if (nobody !== undefined) return unusable(nobody);

	if (SHORTENED.test(written) || (FRACTION.test(written) && !DECIMALS.test(written))) {
		return { kind: 'invalid', reason: 'a spreadsheet has changed the phone number' };
	}
	const number = numberIn(written);
	if (/\p{L}/u.test(number)) {
		return { kind: 'invalid', reason: 'the phone number holds letters' };
	}
	if (number.includes('+', 1)) {
		return { kind: 'invalid', reason: 'the field holds more than one phone number' };
	}
	const digits = digitsOf(number);
	if (digits === '') return { kind: 'invalid', reason: 'the phone number holds no digits' };
	if (digits.length < FEWEST_DIGITS) return unusable('tooShort');

	const lostPlus = /^[\s\u00a0]\d/.test(text);
	return parse(number, digits, lostPlus, country);
}

/** Why what stands in place of a number names no caller; undefined when it may be a number, or something else. */
function namesNobody(written: string): 'missing' | 'withheld' | undefined {
	const word = written.toLowerCase().replace(/[^\p{L}]/gu, '');
	const digits = digitsOf(written);
	if (digits === '' && EMPTY_WORDS.has(word)) return 'missing';
	if (WITHHELD_WORDS.has(word) && digits.length < FEWEST_DIGITS) return 'withheld';
	const number = numberIn(written);
	const dialed = /\p{L}/u.test(number) ? '' : digitsOf(number);
	return WITHHELD_DIGITS.has(dialed) || /^0+$/.test(dialed) ? 'withheld' : undefined;
}

function parse(
	number: string,
	digits: string,
	lostPlus: boolean,
	country: CountryCode | undefined,
): PhoneResult {
	if (number.startsWith('+')) {
		// "+0049…" and "+0 49…": the plus and the dialed prefix were both written.
		return international(digits.replace(/^0+/, '')) ?? unfit(digits, true);
	}
	const candidates = [...waysToRead(digits, lostPlus, country)];
	return candidates.find((candidate) => candidate !== undefined) ?? unfit(digits, country !== undefined);
}

/** The ways to read digits without a plus, the likeliest first. Undefined where one does not fit. */
function* waysToRead(
	digits: string,
	lostPlus: boolean,
	country: CountryCode | undefined,
): Generator<PhoneResult | undefined> {
	if (country !== undefined) {
		const looksNational = digits.startsWith('0') || !hasTrunkZero(digits, country);
		if (lostPlus || !looksNational) yield international(digits, 'inUse');
		yield national(digits, country);
	}
	const dialed = /^(?:00|011)(?=[1-9])/.exec(digits)?.[0];
	if (dialed !== undefined) yield international(digits.slice(dialed.length));
	if (!digits.startsWith('0')) yield international(digits);
}

function international(
	digits: string,
	strictness: 'possible' | 'inUse' = 'possible',
): PhoneResult | undefined {
	if (digits.length > MOST_DIGITS) return undefined;
	return numberOf(parsePhoneNumberFromString(`+${digits}`, { extract: false }), strictness);
}

function national(digits: string, country: CountryCode): PhoneResult | undefined {
	return numberOf(
		parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false }),
		'possible',
	);
}

function numberOf(
	parsed: ReturnType<typeof parsePhoneNumberFromString>,
	strictness: 'possible' | 'inUse',
): PhoneResult | undefined {
	if (parsed === undefined || !parsed.isPossible()) return undefined;
	if (strictness === 'inUse' && !parsed.isValid()) return undefined;
	// Some countries' numbering plans allow longer numbers than E.164 does.
	if (digitsOf(parsed.number).length > MOST_DIGITS) return undefined;
	return { kind: 'number', e164: parsed.number };
}

/** Why digits are no number: too many of them, or too few for their country, or no country known. */
function unfit(digits: string, countryKnown: boolean): UnusablePhone {
	if (digits.length > MOST_DIGITS + 3)
		return { kind: 'invalid', reason: 'the phone number has too many digits' };
	if (countryKnown) {
		return digits.length < 10
			? unusable('tooShort')
			: {
					kind: 'invalid',
					reason: 'the phone number is not possible: its length or its country code does not exist',
				};
	}
	return {
		kind: 'invalid',
		reason: 'the phone number has no country code, and no default country is set',
	};
}

function isOwnNumber(
	input: unknown,
	result: PhoneResult,
	ownNumbers: readonly string[],
	country: CountryCode | undefined,
): boolean {
	return ownNumbers.some((own) => {
		const ownResult = readAgain(own, country);
		if (result.kind === 'number' && ownResult.kind === 'number') return result.e164 === ownResult.e164;
		// Extensions and short numbers have no E.164 form; they are compared digit by digit.
		const ownDigits = digitsOf(clean(String(own)));
		return result.kind === 'tooShort' && ownDigits !== '' && ownDigits === digitsOf(clean(String(input)));
	});
}

function textOf(input: unknown): string | undefined {
	if (typeof input === 'string') {
		return input.trim() === '' || input.length > LONGEST_NUMBER ? undefined : input;
	}
	// A number that a spreadsheet or JSON carried without quotes.
	if (typeof input === 'number' && Number.isSafeInteger(input) && input >= 0) return String(input);
	if (typeof input === 'bigint' && input >= 0n) return String(input);
	return undefined;
}

/** Takes away what surrounds a number: invisible signs, addresses' schemes and hosts, names, parameters. */
function clean(text: string): string {
	let written = text
		.normalize('NFKC')
		// Marks of writing direction and zero-width signs come along when numbers are copied from web pages.
		.replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
		.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
		.replace(/%2b/gi, '+')
		.replace(/%20/g, ' ')
		.trim()
		// The first line of several.
		.replace(/[\r\n][^]*$/, '');
	const angled = /<([^<>]+)>/.exec(written)?.[1];
	if (angled !== undefined) written = angled.trim();
	written = written
		// A spreadsheet's way to write digits as text: ="4930901820".
		.replace(/^=?["'`]+|(?<!["'`])["'`]+$/g, '')
		.replace(/^(?:tel|sips?|callto|phone|whatsapp|sms|mobile)\s*:\s*(?:\/\/)?/i, '')
		.replace(/@.*$/s, '')
		// Parameters of an address; its port or password, unless the number stands behind it, as in "Caller: +49…".
		.replace(/[;?].*$/s, '')
		.replace(/:(?!.*\+).*$/s, '')
		.trim();
	if ([FRACTION, DECIMALS, GROUPED, SHORTENED].some((form) => form.test(written))) return written;
	// What a telephone dials after a pause, or a second number.
	return written.replace(/,.*$/s, '').trim();
}

/** `4.93E+11`: the digits behind are lost. */
const SHORTENED = /^\+?\d{1,3}(?:[.,]\d{1,20})?\s?e\s?\+?\d{1,2}$/i;
/** `4930901820.0`: a spreadsheet took the number for one to count with. */
const DECIMALS = /^(\+?\d{5,20})[.,]0{1,3}$/;
const FRACTION = /^\+?\d{8,20}[.,]\d{1,2}$/;
/** `4,930,901,820`, likewise. */
const GROUPED = /^\+?\d{1,3}(?:,\d{3}){2,5}$/;
/** `*31#`, `#31#`, `**21*`, and the two digits behind a star of North America. */
const CODES = /^(?:[*#]{1,2}\d{1,3}[*#]\s?){1,3}|^\*\d{2}\s?(?=[+(]|\d{7})/;
/** `x12`, `ext. 12`, `p12`: letters that only stand before an extension, or before what is dialed after a pause. */
const EXTENSION =
	/ ?(?:ext(?:ensi[oó]n|n)?\.?|x|durchwahl|dw\.?|poste|ramal|anexo|int(?:erno)?\.?|wewn?\.?|klapka|linka|toestel|доб\.?|[pw]{1,5}) ?[:.]? ?\d{1,8}#?$/iu;
/** `(12)` behind a number. */
const IN_BRACKETS = /(?<=\d) ?[([{] ?\d{1,6} ?[)\]}]$/;
/** Signs that stand between the digits of a number. What follows another one is no part of it. */
const NO_PART = /[^\p{L}\d\s+().\-/_\p{Pd}·•−][^]*$/u;

/**
 * The number alone, with the signs between its digits: without what is dialed before and after it, and without the zero in
 * parentheses that is only dialed inside the country.
 */
function numberIn(written: string): string {
	const line = written.replace(/\s+/g, ' ').trim();
	const counted = DECIMALS.exec(line)?.[1] ?? (GROUPED.test(line) ? line.replace(/,/g, '') : line);
	const dialed = besideName(counted).replace(LABEL, '').replace(CODES, '').replace(EXTENSION, '').trim();
	const alone = dialed.replace(NO_PART, '').trim();
	const whole = IN_BRACKETS.exec(alone);
	const isExtension = whole !== null && digitsOf(alone.slice(0, whole.index)).length >= FEWEST_DIGITS;
	const number = fromPlus(isExtension ? alone.slice(0, whole.index) : alone);
	return /^(?:\+|00|011)/.test(number) ? number.replace(/\(\s*0\s*\)/, '') : number;
}

/** `(cell)` behind a number, and words for what kind of number it is. */
const LABEL =
	/(?<=\d) ?(?:[([] ?\p{L}[\p{L} .]{0,30}[)\]]|(?<= )(?:mobile?|cell|home|work|office|handy|privat|fax)\.?)$/iu;

/** The number in `Jo (+4930901820)` and `Jo +49 30 901820`: with a plus, so that no digits of a name are taken for it. */
function besideName(written: string): string {
	const plus = written.indexOf('+');
	if (plus <= 0 || plus !== written.lastIndexOf('+') || !/\p{L}/u.test(written.slice(0, plus)))
		return written;
	const number = written.slice(plus);
	return written[plus - 1] === '(' || written[plus - 1] === '[' ? number.replace(/[)\]][^]*$/, '') : number;
}

/** Without what stands before the plus: a bracket, or the digits that ask for an outside line. */
function fromPlus(number: string): string {
	const plus = number.indexOf('+');
	if (plus <= 0) return number;
	return /^[\s(]{0,5}\d{0,2}[\s(]{0,5}$/.test(number.slice(0, plus)) ? number.slice(plus) : number;
}

function digitsOf(text: string): string {
	return text.replace(/\D/g, '');
}

/**
 * Whether these digits, dialed inside the country, would have a zero in front that is not part of the number: true in
 * Germany, false in the United States, and in Italy, where the zero belongs to the number.
 */
function hasTrunkZero(digits: string, country: CountryCode): boolean {
	const dialed = parsePhoneNumberFromString(`0${digits}`, { defaultCountry: country, extract: false });
	return dialed?.country !== undefined && dialed.nationalNumber === digits;
}

function unusable(kind: keyof typeof REASONS): UnusablePhone {
	return { kind, reason: REASONS[kind] };
}
