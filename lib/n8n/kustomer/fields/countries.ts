import type { INodePropertyOptions } from 'n8n-workflow';

import { countryCodes } from '../../../domain/phone-number';

const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** Every country that has phone numbers, by its English name. Values are ISO 3166-1 alpha-2 codes. */
export const countries: INodePropertyOptions[] = countryCodes()
	.map((code) => ({ name: `${names.of(code) ?? code} (${code})`, value: code }))
	.sort((a, b) => a.name.localeCompare(b.name, 'en'));
