/** The telephony platforms that this package understands. A new platform is one more line here. */
import { babelforce } from './babelforce/platform';
import { ccaip } from './ccaip/platform';
import { generic } from './generic/platform';
import type { TelephonyPlatform } from './platform';

/** In the order in which they are offered. */
export const PLATFORMS: readonly TelephonyPlatform[] = [babelforce, ccaip, generic];
