/** The platforms whose API can be asked. A new one is one more line here. */
import { babelforceApi } from './babelforce/platform-api';
import { ccaipApi } from './ccaip/platform-api';
import type { PlatformApi } from './platform-api';

/** In the order in which they are offered. */
export const PLATFORM_APIS: readonly PlatformApi[] = [babelforceApi, ccaipApi];
