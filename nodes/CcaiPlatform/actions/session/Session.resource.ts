import type { CcaiPlatformResource } from '../operation';
import * as getCall from './getCall.operation';
import * as getChat from './getChat.operation';
import * as getMany from './getMany.operation';

export const session: CcaiPlatformResource = {
	operations: { getCall, getChat, getMany },
	usual: 'getMany',
};
