/**
 * How text is brought into the letters A to Z and the digits 0 to 9, for all who need that (rules D8, X17): folded, letter by
 * letter, and never cut to pieces.
 *
 * Accents go (`č` is `c`), letters with a form of their own are written as they usually are where only plain letters are at
 * hand (`ł` is `l`, `ß` is `ss`, `ø` is `o`, `đ` is `d`, `ı` is `i`), and Greek and Cyrillic letters are transliterated in the
 * manner of passports (https://www.icao.int/publications/Documents/9303_p3_cons_en.pdf, section 6). Other scripts have no such
 * form: their letters stay, and the result says so.
 */

/** Letters that Unicode does not take apart, by what is written for them. */
// prettier-ignore
const LETTERS: ReadonlyMap<string, string> = new Map(
	Object.entries({
		// Latin
		ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', ħ: 'h', Ħ: 'H',
		ı: 'i', ĸ: 'k', ł: 'l', Ł: 'L', ŋ: 'ng', Ŋ: 'NG', þ: 'th', Þ: 'TH', ŧ: 't', Ŧ: 'T', ƒ: 'f', ə: 'e', Ə: 'E', ɓ: 'b',
		Ɓ: 'B', ɗ: 'd', Ɗ: 'D', ɛ: 'e', Ɛ: 'E', ɔ: 'o', Ɔ: 'O', ƙ: 'k', Ƙ: 'K', ƴ: 'y', Ƴ: 'Y', ƶ: 'z', Ƶ: 'Z', ʻ: '', ʼ: '',
		ʹ: '', ʺ: '',
		// Greek
		α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o',
		π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
		// Cyrillic
		а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i',
		к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u', ф: 'f', х: 'kh', ц: 'ts',
		ч: 'ch', ш: 'sh', щ: 'shch', ъ: 'ie', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia', ђ: 'dj', ј: 'j', љ: 'lj', њ: 'nj',
		ћ: 'c', џ: 'dz', ѓ: 'gj', ќ: 'kj', ѕ: 'dz', ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h',
	}),
);

/** A text in plain letters. */
export interface Folded {
	text: string;
	/** False when letters or digits are left that have no plain form: Chinese, Arabic, Hebrew, Thai and so on. */
	isWhole: boolean;
}

/** Folds the letters and digits of a text; signs stay as they are. */
export function foldLetters(text: string): Folded {
	let isWhole = true;
	const folded = [...text.normalize('NFC')].map((letter) => {
		const plain = plainForm(letter);
		if (plain === undefined) isWhole = false;
		return plain ?? letter;
	});
	return { text: folded.join(''), isWhole };
}

/** A word of a platform in one spelling: plain lower-case letters and digits, without anything else. */
export function plainWord(word: string | undefined): string {
	return foldLetters((word ?? '').slice(0, LONGEST_WORD))
		.text.toLowerCase()
		.replace(/[^a-z0-9]/g, '');
}

/** No platform's word is longer; what follows is not read. */
const LONGEST_WORD = 100;

function plainForm(letter: string): string | undefined {
	if (!/^[\p{L}\p{N}\p{M}]/u.test(letter)) return letter;
	let plain = '';
	for (const part of letter.normalize('NFKD')) {
		if (/^[A-Za-z0-9]/.test(part)) plain += part;
		else if (/^\p{M}/u.test(part)) continue;
		else if (!/^[\p{L}\p{N}]/u.test(part)) plain += part;
		else {
			const known = LETTERS.get(letter) ?? LETTERS.get(part) ?? capital(part) ?? digit(part);
			if (known === undefined) return undefined;
			plain += known;
			if (LETTERS.has(letter)) break;
		}
	}
	return plain;
}

/** Of a capital letter of which only the small one is in the table: `Ж` is `Zh`. */
function capital(letter: string): string | undefined {
	const small = letter.toLowerCase();
	const known = small === letter ? undefined : LETTERS.get(small);
	return known === undefined ? undefined : known.charAt(0).toUpperCase() + known.slice(1);
}

/** The digits of other scripts stand in their order, ten by ten. */
function digit(sign: string): string | undefined {
	if (!/^\p{Nd}/u.test(sign)) return undefined;
	let value = 0;
	const code = sign.codePointAt(0) ?? 0;
	while (value < 10 && /^\p{Nd}/u.test(String.fromCodePoint(code - value - 1)) && value < code) value += 1;
	return String(value % 10);
}
