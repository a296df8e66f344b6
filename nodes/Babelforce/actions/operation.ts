/** The operations of every node, with this node's client. */
import type { BabelforceClient } from '../../../lib/platforms/babelforce/api/client';
import type * as run from '../../../lib/n8n/run/operation';

export type { OperationOption } from '../../../lib/n8n/run/operation';

export type BabelforceResource = run.Resource<BabelforceClient>;
export type ExecuteOperation = run.ExecuteOperation<BabelforceClient>;
export type OperationCall = run.OperationCall<BabelforceClient>;
