/** The operations of every node, with this node's client. */
import type { KustomerClient } from '../../../lib/kustomer/client';
import type * as run from '../../../lib/n8n/run/operation';

export type { OperationOption } from '../../../lib/n8n/run/operation';

export type KustomerResource = run.Resource<KustomerClient>;
export type ExecuteOperation = run.ExecuteOperation<KustomerClient>;
export type OperationCall = run.OperationCall<KustomerClient>;
export type ExecuteTogether = run.ExecuteTogether<KustomerClient>;
