/** The telephony platforms that this package understands. A new platform is one more line here. */
import { babelforce } from './babelforce/webhook';
import { ccaip } from './ccaip/webhook';
import { generic } from './generic/webhook';
import type { TelephonyPlatform } from './platform';

export const PLATFORMS = { babelforce, ccaip, generic } as const satisfies Record<string, TelephonyPlatform>;

export type PlatformName = keyof typeof PLATFORMS;

/** Finds a platform by its name. Undefined when there is none of that name. */
export function findPlatform(name: string): TelephonyPlatform | undefined {
	return Object.hasOwn(PLATFORMS, name) ? PLATFORMS[name as PlatformName] : undefined;
}
