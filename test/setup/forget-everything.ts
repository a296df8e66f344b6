/** Every test starts as n8n does: nothing is remembered of the one before. */
import { forgetEverything } from '../../lib/process/forget';

beforeEach(forgetEverything);
