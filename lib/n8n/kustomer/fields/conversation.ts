import { numberOf } from '../../panel/values';

/** A priority; the limits are checked where it is written. */
export function priorityOf(value: unknown): number | undefined {
	return numberOf(value, 'Priority');
}
