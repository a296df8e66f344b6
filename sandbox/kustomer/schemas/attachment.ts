import { boolean, exactly, formatted, number, oneOf, text } from './build';
import { check } from './validate';

export const checkNewAttachment = check(
	exactly(
		{
			name: text(undefined, 1),
			contentType: text(undefined, 1),
			contentLength: number,
			externalUrl: formatted('uri'),
			renderMode: oneOf('default', 'metadata_only'),
		},
		['name', 'contentType', 'contentLength'],
	),
);

export const checkAttachmentUpdate = check(
	exactly({ name: text(), redacted: boolean, contentType: text(), contentLength: number }),
);
