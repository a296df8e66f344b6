import { anything, atLeast, boolean, exactly, id, list, set, text } from './build';
import { check } from './validate';

const definition = exactly({
	type: text(),
	displayName: text(256, 1),
	enumeration: list(text(1024)),
	target: text(),
	multi: boolean,
	description: text(1024),
	sensitive: atLeast({ enabled: boolean, maskType: text() }),
});

export const checkMetadataUpdate = check({
	...exactly({
		standardProperties: anything,
		relationships: { ...anything, maxProperties: 20 },
		properties: { type: 'object', maxProperties: 100, additionalProperties: definition },
		validations: set(id, 10),
	}),
});
