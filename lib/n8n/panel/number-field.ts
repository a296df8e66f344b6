import type { INodeProperties } from 'n8n-workflow';

/** What differs between the fields for numbers that stand in a panel of their own right. */
export interface NumberField {
	displayName: string;
	name: string;
	/** What it is when nobody has entered anything. */
	usual: number;
	description: string;
	hint: string;
	/** 0 when absent. */
	minValue?: number;
}

/** A field for a number, with a hint below it. */
export function numberField({ usual, minValue = 0, ...field }: NumberField): INodeProperties {
	const { displayName, name, hint, description } = field;
	return { displayName, name, type: 'number', typeOptions: { minValue }, default: usual, hint, description };
}
