/** A long list of names, written as the words of a text. */
export function words(text: string): string[] {
	return text.trim().split(/\s+/);
}
