import { asking } from '../panel/ask';
import { createBabelforceClientFor } from './client';

/** Asks babelforce while somebody edits a node. */
export const askBabelforce = asking(createBabelforceClientFor);
