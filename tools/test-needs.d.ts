/** See `test-needs.js`. */
export const MISSING_VARIABLE: string;
export const NEEDS: Record<string, { tests: string; project?: string }>;
export function filesThatNeed(needs: string[], folder?: string): string[];
export function programsOf(file: string): Set<string>;
export function withoutMissing<T extends { displayName?: unknown }>(projects: T[], missing?: string): T[];
