/**
 * The language of a conversation as Kustomer writes it: `en`, `pt_br` (rule C21). Kustomer's published schema takes any text; its
 * own values are of this form.
 *
 * @param language as the platform wrote it, for example `en`, `pt-BR`
 * @returns undefined for what is no language code
 */
export function conversationLanguage(language: string | undefined): string | undefined {
	const [, code, region] = /^([a-z]{2,3})(?:[-_]([a-z]{2}))?$/i.exec(language?.trim() ?? '') ?? [];
	if (code === undefined) return undefined;
	return [code, region]
		.filter((part) => part !== undefined)
		.join('_')
		.toLowerCase();
}
