import type { IDataObject } from 'n8n-workflow';

/** Leaves out fields without a value, so that in the output an absent field and an empty one look alike. */
export function present(fields: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
	) as IDataObject;
}

/** The same for services that write empty text where they have nothing. */
export function filled(fields: Record<string, unknown>): IDataObject {
	return present(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')));
}
