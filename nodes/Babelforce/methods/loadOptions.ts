/** Fills lists of choices. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { byName, toldApart } from '../../../lib/n8n/panel/sorting';
import { listPresences } from '../../../lib/platforms/babelforce/api/resources/presences';
import { askBabelforce } from '../../../lib/n8n/babelforce/ask';

/** Presences of the account. Their values are names, by which babelforce takes them. */
export async function getPresences(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const presences = await askBabelforce(this, listPresences);
	return toldApart(presences.map(({ name, label }) => ({ name: label, value: name })).sort(byName));
}
