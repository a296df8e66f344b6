/**
 * A strict stand-in for the part of Google Cloud Storage that the workflows use: listing and downloading the objects of one
 * bucket, with access tokens that end. What it assumes beyond the documentation is listed in `assumptions.ts`.
 */
export { ASSUMPTIONS } from './assumptions';
export { startCloudStorageStandIn } from './server';
export type { CloudStorageStandIn, CloudStorageStandInOptions, RecordedRequest, StoredObject } from './types';
