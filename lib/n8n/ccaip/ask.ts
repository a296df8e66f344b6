import { asking } from '../panel/ask';
import { createCcaiPlatformClientFor } from './client';

/** Asks CCAI Platform while somebody edits a node. */
export const askCcaiPlatform = asking(createCcaiPlatformClientFor);
