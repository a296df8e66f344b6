import type { TelephonyPlatform } from './platform';
import { PLATFORMS } from './platforms';

/** Finds a platform by its name. Undefined when there is none of that name. */
export function findPlatform(name: string): TelephonyPlatform | undefined {
	return PLATFORMS.find((platform) => platform.name === name);
}
