import {
	boolean,
	custom,
	exactly,
	formatted,
	id,
	nullable,
	number,
	oneOf,
	sentiment,
	set,
	tags,
	text,
	time,
	web,
	type Schema,
} from './build';
import { check } from './validate';

const external = set(exactly({ externalId: text(255, 1), verified: boolean }, ['externalId']), 10);
const emails = set(
	exactly({ email: formatted('email-relaxed'), type: oneOf('home', 'work', 'other'), verified: boolean }, [
		'email',
	]),
	10,
);
const phones = set(
	exactly(
		{
			phone: formatted('phone-number'),
			type: oneOf('mobile', 'home', 'work', 'fax', 'other'),
			verified: boolean,
		},
		['phone'],
	),
	10,
);
const socials = set(
	exactly(
		{
			type: oneOf('twitter', 'facebook', 'instagram', 'linkedin', 'pinterest'),
			username: text(256, 1),
			userid: text(256),
			url: web,
			verified: boolean,
		},
		['type', 'username'],
	),
	10,
);
const locations = set(
	exactly({
		type: nullable(oneOf('home', 'work', 'other')),
		name: nullable(text()),
		address: nullable(text(256)),
		address2: nullable(text(256)),
		address3: nullable(text(256)),
		latitude: nullable(number),
		longitude: nullable(number),
		countryCode: nullable(text(2, 2)),
		countryName: nullable(text(64)),
		regionCode: nullable(text(2)),
		regionName: nullable(text(128)),
		cityName: nullable(text(128)),
		zipCode: nullable(text(30)),
		areaCode: nullable(text(30)),
	}),
	10,
);

const properties: Record<string, Schema> = {
	name: nullable(text(256)),
	company: nullable(id),
	externalId: nullable(text(256, 1)),
	username: nullable(text(256)),
	signedUpAt: nullable(time),
	lastActivityAt: nullable(time),
	lastCustomerActivityAt: nullable(time),
	lastSeenAt: nullable(time),
	birthdayAt: nullable(time),
	createdAt: time,
	importedAt: time,
	avatarUrl: nullable(web),
	externalIds: external,
	sharedExternalIds: external,
	emails,
	sharedEmails: emails,
	phones,
	sharedPhones: phones,
	whatsapps: set(
		exactly({ phone: formatted('whatsapp-number'), type: oneOf('mobile'), verified: boolean }, ['phone']),
		10,
	),
	facebookIds: set(
		exactly({ pageId: text(255), userId: text(255), name: text(255) }, ['pageId', 'userId']),
		10,
	),
	instagramIds: set(
		exactly({ pageId: text(255), threadId: text(255), username: text(255), instagramId: text(255) }, [
			'pageId',
			'threadId',
			'username',
		]),
		10,
	),
	socials,
	sharedSocials: socials,
	urls: set(exactly({ url: web, type: oneOf('website', 'blog', 'other') }, ['url']), 10),
	locations,
	locale: nullable(text(16)),
	timeZone: nullable(text(64)),
	tags,
	sentiment,
	custom,
	gender: nullable(oneOf('m', 'f')),
	rev: number,
	defaultLang: nullable(text(100)),
};

/** Creating and updating take the same body; nothing is required. */
export const checkCustomer = check(exactly(properties));
