import type { CcaiPlatformResource } from '../operation';
import * as chooseFiles from './chooseFiles.operation';
import * as getFolders from './getFolders.operation';
import * as noteResults from './noteResults.operation';
import * as read from './read.operation';

/** Files that CCAI Platform puts into external storage. Their steps are described in the order in which they are used. */
export const storageFile: CcaiPlatformResource = {
	operations: { getFolders, chooseFiles, read, noteResults },
	usual: 'getFolders',
};
