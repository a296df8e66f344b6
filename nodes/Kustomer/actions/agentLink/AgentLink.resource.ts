import type { KustomerResource } from '../operation';
import * as createCallLink from './createCallLink.operation';
import * as createToken from './createToken.operation';
import * as getPage from './getPage.operation';
import * as useCallLink from './useCallLink.operation';

export const agentLink: KustomerResource = {
	operations: { createCallLink, createToken, getPage, useCallLink },
	usual: 'getPage',
};
