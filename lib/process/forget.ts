/** Forgetting at once what a process remembers, as a restart of n8n does. Nothing in the product asks for it; tests do. */
import { endAllPauses } from '../http/pauses';
import { forgetPace } from '../http/request-pace';
import { clearMemories } from './memory';

/**
 * Empties every {@link Memory} of this process, and ends pauses and paces. Turns and readings that are under way go on:
 * they end by themselves.
 */
export function forgetEverything(): void {
	clearMemories();
	endAllPauses();
	forgetPace();
}
