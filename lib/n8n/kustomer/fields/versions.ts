/**
 * Versions of the node. A field that got another form keeps its first one in version 1, which the steps of saved workflows
 * have: their values stay as they are, and in sight.
 */
import type { IDisplayOptions } from 'n8n-workflow';

/** Version 1.1 has one field for tags, and lists that begin with a row. */
export const VERSIONS = [1, 1.1];

/** Shows a field in version 1 only. */
export const FIRST_VERSION: IDisplayOptions = { show: { '@version': [1] } };

/** Shows a field in every version from 1.1 on. */
export const LATER_VERSIONS: IDisplayOptions = { show: { '@version': [{ _cnd: { gte: 1.1 } }] } };
