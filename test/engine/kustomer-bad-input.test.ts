import { SANDBOX } from '../../sandbox/kustomer';
import { locator, mapped, only, run, useKustomer } from './kustomer-setup';

const { jonas } = SANDBOX.customers;
const EMOJI = '🚀👩‍💻 ünïcödé 漢字';

const standIn = useKustomer();

/** Runs "create conversation" and gives what the person reads. */
async function messageFor(parameters: object, expectedRequests = 0): Promise<string> {
	const { error } = await run(standIn, 'conversation.create', {
		customer: locator('id', jonas.id),
		...parameters,
	} as never);
	expect(standIn.requests).toHaveLength(expectedRequests);
	return `${error?.message} | ${error?.description}`;
}

describe('B4: values that do not fit are refused before anything is sent', () => {
	it.each([
		[{ callDurationNum: 'long' }, /callDurationNum.*number/],
		[{ callStartedAt: 'yesterday' }, /callStartedAt.*date/],
		[{ vipBool: 'perhaps' }, /vipBool.*(true|yes)/],
		[{ recordingUrl: 'not a url' }, /recordingUrl.*(URL|address|URI)/i],
		[{ callIdStr: 'x'.repeat(1025) }, /callIdStr.*1,?024/],
		[{ callIdStr: { nested: 1 } }, /callIdStr/],
	])('B4: %j', async (attributes, message) => {
		expect(await messageFor({ customAttributes: mapped(attributes) })).toMatch(message);
	});
});

it('an unknown custom attribute is named, with where to create it', async () => {
	const text = await messageFor({ customAttributes: mapped({ nobodyKnowsStr: 'x' }) }, 1);
	expect(text).toMatch(/"nobodyKnowsStr".*Settings > Platform > Klasses > Conversation/);
});

it('D8: a tag with a parenthesis is refused with a tag that would do', async () => {
	const text = await messageFor({ additionalFields: { otherTags: 'Voice Inbound (IVR)' } });
	expect(text).toMatch(/Voice Inbound \(IVR\).*"Voice Inbound - IVR"/);
});

it('a name of 10,000 characters is refused with the limit and how to shorten it', async () => {
	const text = await messageFor({ additionalFields: { name: 'n'.repeat(10_000) } });
	expect(text).toMatch(/10,?000 characters.*256.*slice/);
});

it('30 tags are refused with the limit', async () => {
	const tags = Array.from({ length: 30 }, (_, index) => `tag ${index}`);
	expect(await messageFor({ additionalFields: { tags } })).toMatch(/30 tags.*20/);
});

it('a missing customer is refused, whether empty or without a value from the expression', async () => {
	expect(await messageFor({ customer: locator('id', '={{ "" }}') })).toMatch(
		/'Customer' is empty.*expression/,
	);
	expect(await messageFor({ customer: locator('id', '={{ $json.nothing }}') })).toMatch(
		/'Customer' is empty/,
	);
});

it('a customer id that is none is refused', async () => {
	expect(await messageFor({ customer: locator('id', '={{ "jonas" }}') })).toMatch(
		/customer ID is not a Kustomer ID/,
	);
});

it('a customer that does not exist is reported', async () => {
	const text = await messageFor({ customer: locator('id', 'f'.repeat(24)) }, 1);
	expect(text).toMatch(/customer/i);
});

it('a value that a list of choices does not have is refused with those that it has', async () => {
	const text = await messageFor({ additionalFields: { status: '={{ "closed" }}' } });
	expect(text).toMatch(/'Status'.*open, done/);
});

it('a priority out of range is refused', async () => {
	expect(await messageFor({ additionalFields: { priority: '={{ 9 }}' } })).toMatch(/priority.*1 to 5/);
});

it('an object where text belongs is refused with the name of the field', async () => {
	const text = await messageFor({ externalId: '={{ { a: 1 } }}' });
	expect(text).toMatch(/'External ID' must be text.*object/);
});

it('emoji and other scripts in every text field arrive as they were sent', async () => {
	const externalId = `${EMOJI}:1`;
	const created = only(
		await run(standIn, 'conversation.create', {
			customer: locator('id', jonas.id),
			externalId,
			additionalFields: { name: EMOJI, defaultLang: EMOJI },
			customAttributes: mapped({ callIdStr: EMOJI }),
			note: EMOJI,
			noteKey: EMOJI,
		}),
	);
	expect(created).toMatchObject({ name: EMOJI, externalId, note: 'added', custom: { callIdStr: EMOJI } });
	const updated = only(
		await run(standIn, 'conversation.update', {
			conversation: locator('externalId', externalId),
			updateFields: { name: `${EMOJI}!` },
			note: EMOJI,
			noteKey: EMOJI,
		}),
	);
	expect(updated).toMatchObject({ id: created.id, name: `${EMOJI}!`, note: 'alreadyThere' });
	const customer = only(
		await run(standIn, 'customer.create', {
			name: EMOJI,
			externalId,
			additionalFields: { username: EMOJI },
		}),
	);
	expect(customer).toMatchObject({ name: EMOJI, username: EMOJI });
	const message = only(
		await run(standIn, 'message.create', {
			conversation: locator('externalId', externalId),
			externalId: `${EMOJI}:m`,
			additionalFields: {
				subject: EMOJI,
				preview: EMOJI,
				app: EMOJI,
				meta: JSON.stringify({ [EMOJI]: EMOJI }),
			},
		}),
	);
	expect(message).toMatchObject({ subject: EMOJI, preview: EMOJI, app: EMOJI, meta: { [EMOJI]: EMOJI } });
});

it('an emoji in a tag is refused, because Kustomer does not allow it', async () => {
	expect(await messageFor({ additionalFields: { otherTags: 'VIP 🚀' } })).toMatch(/🚀.*"VIP"/);
});

it('an emoji in an email address or phone number is no reason to fail without words', async () => {
	const { error } = await run(standIn, 'customer.findOrCreate', {
		phone: EMOJI,
		options: { whenUnusable: 'stop' },
	});
	expect(error?.message).toMatch(/number/);
});
