/** A program of the machine that tests need; see `programs.js`. */
export type ProgramNeed = 'browser' | 'imap' | 'sftp';

export const PROGRAMS: Record<ProgramNeed, { label: string; debianPackage: string }>;
export function findProgram(need: ProgramNeed): string | undefined;
export function programPath(need: ProgramNeed): string;
