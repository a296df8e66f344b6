/** Kustomer's own formats, next to the standard ones of ajv-formats. */

/** Ids: 24 hexadecimal characters. */
export const OBJECT_ID = /^[0-9a-f]{24}$/i;

/** assumes: phone-format */
export const PHONE = /^\+?[1-9]\d{1,14}$/;

/** assumes: email-format */
export const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

export const FORMATS: Readonly<Record<string, RegExp>> = {
	'object-id': OBJECT_ID,
	'phone-number': PHONE,
	'whatsapp-number': PHONE,
	'email-relaxed': EMAIL,
};
