/**
 * Tags in Kustomer's syntax (rules B5, D8).
 */
import { foldLetters } from '../../domain/plain-letters';
import { InputError } from '../../http/errors';
import { redact } from '../../http/redact';
import { shortHash } from '../own-id';

/** Most tags in one request. */
export const MAX_TAGS = 20;
/** Longest tag. */
export const MAX_TAG_LENGTH = 64;

/** Characters of a text that are looked at to make a tag of it. */
const MOST_READ = 1000;

const ALLOWED = '0-9A-Za-z\u00C0-\u00FF_/<>.\\-';
const TAG = new RegExp(`^[${ALLOWED}][${ALLOWED} ]{0,${MAX_TAG_LENGTH - 1}}$`);
const NOT_ALLOWED = new RegExp(`[^${ALLOWED} ]`, 'gu');
/** Letters and digits that Kustomer does not take in tags. */
const OTHER_LETTERS = new RegExp(`(?![${ALLOWED}])(?:[\\p{L}\\p{N}]|[^\\P{M}\\ufe00-\\ufe0f])`, 'u');
/** The characters that Kustomer takes, in words: everything that speaks of them says it like this. */
export const TAG_CHARACTERS = 'letters (also with accents), digits, spaces and _ / < > . -';

/**
 * Tags that Kustomer takes: each once, blank ones left out, spaces at the ends dropped.
 *
 * @throws {InputError} for the first tag that does not fit, with a suggestion, or when there are too many
 */
export function checkTags(values: unknown, parameter = 'tags'): string[] | undefined {
	if (values === undefined || values === null) return undefined;
	const list = Array.isArray(values) ? values : [values];
	const tags = list.flatMap((value, index) => checkTag(value, `${parameter}[${index}]`) ?? []);
	const distinct = [...new Set(tags)];
	if (distinct.length > MAX_TAGS) {
		throw new InputError(
			parameter,
			`There are ${distinct.length} tags; Kustomer takes at most ${MAX_TAGS} at once.`,
			'Remove tags from the list.',
		);
	}
	return distinct;
}

/**
 * The nearest text that Kustomer takes as a tag (rule D8): a part in parentheses goes behind a dash, `Voice Inbound (IVR)`
 * becomes `Voice Inbound - IVR`; signs that are not allowed are dropped.
 *
 * Letters are never dropped. A text with letters that Kustomer does not take is folded: `Příchozí hovor` becomes
 * `Prichozi hovor`. What has no plain letters, such as Chinese, is named by the beginning of its hash, so that different texts
 * stay different tags: `日本` becomes `tag-` and eight signs, `VIP 日本` becomes `VIP - ` and eight signs.
 *
 * @returns an empty text when there is neither a letter nor a digit in it
 */
export function toTag(text: string): string {
	const written = text.slice(0, MOST_READ).normalize('NFC');
	if (!OTHER_LETTERS.test(written)) return withoutSigns(written).slice(0, MAX_TAG_LENGTH).trim();
	const { text: folded, isWhole } = foldLetters(written);
	const plain = withoutSigns(folded);
	if (isWhole) return plain.slice(0, MAX_TAG_LENGTH).trim();
	const hash = shortHash(written.replace(/\s+/g, ' ').trim()).slice(0, HASH_SIGNS);
	const beginning = plain.slice(0, MAX_TAG_LENGTH - HASH_SIGNS - 3).replace(/(?<![ -])[ -]+$/, '');
	return /[0-9A-Za-z]/.test(beginning) ? `${beginning} - ${hash}` : `tag-${hash}`;
}

/** Signs of a hash: enough to tell the tags of an organization apart. */
const HASH_SIGNS = 8;

function withoutSigns(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.replace(/ ?[([{] ?([^()[\]{}]{0,200}?) ?[)\]}]/g, ' - $1')
		.replace(/ ?& ?/g, ' and ')
		.replace(/ ?[:;,|] ?/g, ' - ')
		.replace(NOT_ALLOWED, ' ')
		.replace(/\s+/g, ' ')
		.replace(/^[ -]+|(?<![ -])[ -]+$/g, '');
}

function checkTag(value: unknown, parameter: string): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new InputError(
			parameter,
			'A tag is not a text.',
			'Give tags as a list of texts, for example ["Voice Inbound", "VIP"].',
		);
	}
	// An accent may be a sign of its own behind its letter; Kustomer only knows the letter with its accent.
	const tag = String(value).normalize('NFC').replace(/\s+/g, ' ').trim();
	if (tag === '') return undefined;
	if (tag.length > MAX_TAG_LENGTH) {
		throw new InputError(
			parameter,
			`The tag "${redact(tag).slice(0, 30)}…" has ${tag.length} characters; Kustomer takes at most ${MAX_TAG_LENGTH}.`,
			'Use a shorter tag.',
		);
	}
	if (TAG.test(tag)) return tag;
	const wrong = [...new Set(tag.match(NOT_ALLOWED) ?? [])].join(' ');
	const suggestion = redact(toTag(tag));
	throw new InputError(
		parameter,
		`The tag "${redact(tag)}" holds signs that Kustomer does not allow in tags: ${wrong}.`,
		`Tags may hold ${TAG_CHARACTERS}.${suggestion === '' ? '' : ` Use "${suggestion}", for example.`}`,
	);
}
