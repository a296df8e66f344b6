import { exactly, id, number } from './build';
import { check } from './validate';

/** `PUT /v1/routing/work-sessions/{id}` */
export const checkWorkSessionUpdate = check(exactly({ status: id, team: id, rev: number }, ['status']));
