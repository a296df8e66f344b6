/** Mails of CCAI Platform, from a real IMAP server through a real n8n into Kustomer. */
import { createHash, randomBytes } from 'node:crypto';

import { SANDBOX } from '../../sandbox/kustomer';
import { writes } from '../lib/session-log/world';

import { mail, MAIL_SERVER, PLATFORM_SENDER, type MailPart } from './harness/mail';
import { MailLane, type Worked } from './harness/mail-lane';
import { useSandbox } from './harness/sandbox';

const TEST_TIMEOUT_MS = 120_000;
/** n8n tries a lost connection again after 1, 2, 4, 8 and 16 seconds. */
const DOWN_MS = 5000;
const MEBIBYTE = 1024 * 1024;

const ANA = SANDBOX.users.ana;
const TRANSCRIPT = 'Ana: Hello, how can I help?\nJonas: Where is my parcel? 📦 Grüße\n';

const sandbox = useSandbox({ workflows: [] });

let count = 0;
const openLane = async (early?: string[]) => await MailLane.open(sandbox, `mailbox-${(count += 1)}`, early);
/** Runs a test with a mailbox of its own. Tests wait for n8n to listen most of their time, so they run side by side. */
async function withLane(test: (lane: MailLane) => Promise<void>): Promise<void> {
	const lane = await openLane();
	try {
		await test(lane);
	} finally {
		await lane.close();
	}
}

// --- mails --------------------------------------------------------------------------------------------------------------

let lastId = 4000;
const newId = () => (lastId += 1);

/** What the platform knows of a chat that is over. */
const chat = (id: number, facts: Record<string, unknown> = {}) => ({
	id,
	chat_type: 'Messaging Inbound (Web Chat)',
	status: 'finished',
	lang: 'en',
	created_at: '2026-11-20T09:00:00Z',
	assigned_at: '2026-11-20T09:00:20Z',
	connected_at: '2026-11-20T09:00:20Z',
	ends_at: '2026-11-20T09:04:20Z',
	updated_at: '2026-11-20T09:19:20Z',
	wait_duration: 20,
	chat_duration: 240,
	message_count: 6,
	rating: 5,
	feedback: FEEDBACK,
	agent_info: { id: 11, name: ANA.name, email: ANA.email },
	end_user: { id, identifier: `shop-${id}` },
	menu_path: { name: 'Orders / Delivery' },
	...facts,
});
const call = (id: number) => ({
	...chat(id),
	chat_type: undefined,
	chat_duration: undefined,
	message_count: undefined,
	call_type: 'Voice Inbound (IVR)',
	call_duration: 240,
});
const FEEDBACK = 'Très bien, "merci" & à bientôt';

const indented = (content: unknown) => JSON.stringify(content, null, 2);
const text = (content: string, more: Partial<MailPart> = {}): MailPart => ({
	type: 'text/plain',
	content,
	...more,
});
const html = (content: string, more: Partial<MailPart> = {}): MailPart => ({
	type: 'text/html',
	content,
	...more,
});
const escaped = (content: unknown) =>
	indented(content).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const file = (fileName: string, content: string | Buffer = TRANSCRIPT, type = 'text/plain'): MailPart => ({
	type,
	content: Buffer.from(content),
	encoding: 'base64',
	fileName,
});
/** The mail as the platform's documentation describes it. */
const chatMail = (id: number, facts: Record<string, unknown> = {}) =>
	mail({ body: text(indented(chat(id, facts))), attachments: [file('transcript.txt')] });

// --- Kustomer -----------------------------------------------------------------------------------------------------------

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** The session in Kustomer, with the files of its conversation. */
function inKustomer({ kustomer }: MailLane, session: string) {
	const { messages, notes, attachments, conversations } = kustomer.store;
	const found = [...messages.values()].filter(({ externalId }) => externalId === `ccaip:${session}`);
	const conversation = conversations.get(found[0]?.conversationId ?? '');
	const own = [...notes.values()].filter(({ conversationId }) => conversationId === conversation?.id);
	const files = own.flatMap((note) =>
		note.attachments.map(({ _id }) => {
			const { name, contentLength, content } = attachments.get(_id) ?? {};
			return { name, length: contentLength, sha256: sha256(content ?? ''), note: note.body };
		}),
	);
	files.sort((a, b) => String(a.name).localeCompare(String(b.name)));
	return { messages: found, conversation, notes: own.map(({ body }) => body), files };
}

const stored = (name: string, content: string | Buffer = TRANSCRIPT) => ({
	name,
	length: Buffer.byteLength(content),
	sha256: sha256(content),
	note: expect.any(String) as string,
});

/** The session is in Kustomer, once, with what the mail says of it. */
function expectLogged(lane: MailLane, session: string, files: object[]): void {
	const found = inKustomer(lane, session);
	expect(found.messages).toHaveLength(1);
	expect(found.conversation).toMatchObject({ assignedUsers: [ANA.id] });
	expect(found.notes.join('\n')).toContain(FEEDBACK);
	expect(found.files).toEqual(files);
}

// --- tests --------------------------------------------------------------------------------------------------------------

describe('U4: mails of CCAI Platform', () => {
	describe('whatever a mail looks like', () => {
		let lane: MailLane;
		let worked: Worked;
		const early = newId();
		const [plain, signed, base64, quoted, latin1] = [newId(), newId(), newId(), newId(), newId()];
		const [forms, several, paths, inline] = [newId(), newId(), newId(), newId()];
		const [forwarded, reply, aCall, twice, large] = [newId(), newId(), newId(), newId(), newId()];
		const photo = randomBytes(4096);
		const video = randomBytes(20 * MEBIBYTE);

		beforeAll(async () => {
			const signature = '\n-- \nContact Center {Team}\nThis mail was sent by a machine. 🤖\n';
			lane = await openLane([chatMail(early)]);
			worked = await lane.deliver(
				chatMail(plain),
				mail({
					subject: 'Chat 12: "Grüße"',
					body: text(`Hello,\n\nhere is the session:\n\n${indented(chat(signed))}\n${signature}`),
				}),
				mail({
					body: html(`<html><body><pre>${escaped(chat(base64))}</pre></body></html>`, { encoding: 'base64' }),
				}),
				mail({
					body: html(
						`<div>${escaped(chat(quoted)).replaceAll('\n', '<br>\n').replaceAll('  ', '&nbsp;&nbsp;')}</div><p>Best regards</p>`,
						{ encoding: 'quoted-printable' },
					),
					attachments: [file('Übersicht 1.txt')],
				}),
				mail({
					body: text(indented(chat(latin1)), { encoding: 'quoted-printable', charset: 'iso-8859-1' }),
				}),
				mail({
					body: [text('Please read this mail as HTML.'), html(`<p>${escaped(chat(forms))}</p>`)],
					attachments: [file('transcript.txt')],
				}),
				mail({
					body: text(indented(chat(several))),
					attachments: [
						file(`chat-${several}.txt`),
						file(`chat-${several}-photo-7.jpg`, photo, 'image/jpeg'),
						file('notes ü.txt', 'Second text.'),
					],
				}),
				mail({
					body: text(indented(chat(paths))),
					attachments: [file('../../../etc/transcript.txt'), file('C:\\temp\\scan.jpg', photo, 'image/jpeg')],
				}),
				mail({
					body: text(indented(chat(inline))),
					attachments: [{ ...file('transcript.txt'), inline: true }],
				}),
				mail({
					subject: 'Fwd: Session outcome',
					body: text('Did not arrive here before.\n'),
					attachments: [{ type: 'message/rfc822', content: chatMail(forwarded), inline: true }],
				}),
				mail({
					subject: 'Re: Session outcome',
					body: text(`Please import.\n\n${indented(chat(reply)).replace(/^/gm, '> ')}\n`),
				}),
				mail({ body: text(indented(call(aCall))) }),
				chatMail(twice),
				chatMail(twice),
				mail({ body: text(indented(chat(large))), attachments: [file('video.mp4', video, 'video/mp4')] }),
			);
		}, TEST_TIMEOUT_MS);
		afterAll(async () => await lane?.close());

		it('U4: no run fails', () => expect(worked.failed).toEqual([]));

		it.each([
			['U4, C23, U5: as the platform documents it', `chat-${plain}`, [stored(`chat-${plain}.txt`)]],
			['U4: text before and after the JSON, no attachment', `chat-${signed}`, []],
			['U4: HTML only, in base64', `chat-${base64}`, []],
			['U4: HTML only, quoted-printable, a line each', `chat-${quoted}`, [stored(`chat-${quoted}.txt`)]],
			['U4: another character set', `chat-${latin1}`, []],
			['U4: JSON in the HTML form, not in the text form', `chat-${forms}`, [stored(`chat-${forms}.txt`)]],
			[
				'U4, U5: several attachments',
				`chat-${several}`,
				[
					stored(`chat-${several}-photo-7.jpg`, photo),
					stored(`chat-${several}.txt`),
					stored('notes ü.txt', 'Second text.'),
				],
			],
			[
				'X5: names with folders in them',
				`chat-${paths}`,
				[stored(`chat-${paths}.txt`), stored('scan.jpg', photo)],
			],
			['U4: a text file shown within the mail counts as its text', `chat-${inline}`, []],
			['U4, C23: forwarded as a mail in a mail', `chat-${forwarded}`, [stored(`chat-${forwarded}.txt`)]],
			['U4: quoted in a reply', `chat-${reply}`, []],
			['U4: a call', `call-${aCall}`, []],
			['X5: an attachment of 20 MiB', `chat-${large}`, [stored('video.mp4', video)]],
			[
				'X2: a mail of the day, from before the workflow was published',
				`chat-${early}`,
				[stored(`chat-${early}.txt`)],
			],
			['X1: the same mail twice at once', `chat-${twice}`, [stored(`chat-${twice}.txt`)]],
		])('%s', (_, session, files) => expectLogged(lane, session, files));

		it('leaves the mailbox as it was', async () => {
			expect((await lane.imap.mails()).filter(({ isRead }) => isRead)).toEqual([]);
		});
	});

	it.concurrent(
		'U4: what cannot be read is reported, and holds up nothing else; mails of others are left alone',
		async () =>
			await withLane(async (lane) => {
				const [good, forged, foreign] = [newId(), newId(), newId()];
				const [refuted, unchecked] = [newId(), newId()];
				const date = new Date('2026-11-20T09:30:00Z');
				await lane.imap.deliver(
					mail({ from: 'Mallory <mallory@elsewhere.example>', body: text(indented(chat(foreign))) }),
				);
				const { failed } = await lane.deliver(
					mail({
						date,
						subject: 'Re: +49 30 1234567 Out of office',
						headers: { 'Auto-Submitted': 'auto-replied' },
						body: text('I am away until Monday.'),
					}),
					mail({
						date,
						subject: 'Fwd: as a file',
						body: text('See the mail attached.'),
						attachments: [{ type: 'message/rfc822', content: chatMail(newId()), fileName: 'session.eml' }],
					}),
					mail({ date, subject: 'Broken', body: text(indented(chat(newId())).slice(0, -20)) }),
					mail({
						date,
						subject: 'Files of two',
						body: text('The transcripts are attached.'),
						attachments: [file(`chat-${newId()}.txt`), file(`chat-${newId()}.txt`)],
					}),
					mail({
						date,
						subject: 'Two',
						body: text(`${indented(chat(newId()))}\n${indented(chat(newId()))}`),
					}),
					mail({
						date,
						subject: 'Forged',
						from: `"${PLATFORM_SENDER}" <mallory@elsewhere.example>`,
						body: text(indented(chat(forged))),
						attachments: [file(`chat-${forged}.txt`)],
					}),
					mail({
						date,
						subject: 'Refuted',
						headers: { 'Authentication-Results': `${MAIL_SERVER}; dmarc=fail header.from=ccaiplatform.com` },
						body: text(indented(chat(refuted))),
					}),
					mail({
						date,
						subject: 'Checked elsewhere',
						headers: {
							'Authentication-Results': 'mx.elsewhere.example; dmarc=pass header.from=ccaiplatform.com',
						},
						body: text(indented(chat(unchecked))),
					}),
					chatMail(good),
				);
				const messages = failed.map(({ message }) => message).join('\n');
				for (const part of [
					/"Re: \[number\] Out of office", 2026-11-20 09:30 UTC, from ccaiplatform\.com.*holds no JSON object/,
					/"Fwd: as a file".*holds no JSON object/,
					/"Broken".*breaks off/,
					/"Two".*2 different calls or chats/,
					/"Files of two".*has files of 2 different calls or chats/,
					/"Forged".*from elsewhere\.example.*not among those/,
					/"Refuted".*its sender is not real \(DMARC\)/,
					/"Checked elsewhere".*If "mx\.elsewhere\.example" is the server of your mailbox, enter it/,
				]) {
					expect(messages).toMatch(part);
				}
				expect(messages).not.toContain('1234567');
				expectLogged(lane, `chat-${good}`, [stored(`chat-${good}.txt`)]);
				expect([
					inKustomer(lane, `chat-${forged}`).messages,
					inKustomer(lane, `chat-${foreign}`).messages,
					inKustomer(lane, `chat-${refuted}`).messages,
					inKustomer(lane, `chat-${unchecked}`).messages,
				]).toEqual([[], [], [], []]);
				expect(await lane.keptText()).not.toContain(`shop-${foreign}`);
			}),
		TEST_TIMEOUT_MS,
	);

	it.concurrent(
		'X1, U4, C23: a mail that comes again, a later one of the same session, and metadata and transcript in mails of their own',
		async () =>
			await withLane(async (lane) => {
				const [id, metadataFirst, transcriptFirst] = [newId(), newId(), newId()];
				const metadata = (of: number) => mail({ body: text(indented(chat(of))) });
				const logo = randomBytes(200);
				const transcript = (of: number, ...others: MailPart[]) =>
					mail({
						body: text('The transcript is attached.'),
						attachments: [...others, file(`CHAT-${of}.txt`)],
					});
				const again = chatMail(id);

				const first = await lane.deliver(again, metadata(metadataFirst), transcript(transcriptFirst));
				expect(first.failed.map(({ message }) => message)).toEqual([
					expect.stringContaining(`chat-${transcriptFirst} is not in Kustomer yet`),
				]);
				expectLogged(lane, `chat-${id}`, [stored(`chat-${id}.txt`)]);

				const second = await lane.deliver(again);
				expect({ failed: second.failed, writes: writes(second.requests) }).toEqual({
					failed: [],
					writes: [],
				});
				process.stdout.write(`A mail that comes again: ${second.requests.length} requests to Kustomer\n`);

				const later = chat(id, { feedback: 'Better now.', updated_at: '2026-11-20T10:00:00Z' });
				const third = await lane.deliver(
					mail({
						body: text(indented(later)),
						attachments: [file('transcript.txt'), file('photo.jpg', randomBytes(100), 'image/jpeg')],
					}),
					transcript(metadataFirst, file('logo.png', logo, 'image/png')),
					metadata(transcriptFirst),
				);
				expect(third.failed).toEqual([]);
				const { messages, notes, files } = inKustomer(lane, `chat-${id}`);
				expect(messages).toHaveLength(1);
				expect(notes.join('\n')).toContain('Better now.');
				expect(files.map(({ name }) => name)).toEqual([`chat-${id}.txt`, 'photo.jpg']);
				expectLogged(lane, `chat-${metadataFirst}`, [
					stored(`CHAT-${metadataFirst}.txt`),
					stored('logo.png', logo),
				]);

				await lane.retry(first.failed);
				expectLogged(lane, `chat-${transcriptFirst}`, [stored(`CHAT-${transcriptFirst}.txt`)]);
			}),
		2 * TEST_TIMEOUT_MS,
	);

	it.concurrent(
		'X2, U4: a mail that Kustomer refuses holds up no other mail of the run, and Retry logs it and stores its files',
		async () =>
			await withLane(async (lane) => {
				const [good, refused] = [newId(), newId()];
				const { faults } = lane.kustomer;
				faults.add({
					path: new RegExp(`/customers/externalId=shop-${refused}$`),
					fault: { kind: 'status', status: 403 },
				});
				const atLogging = await lane.deliver(
					chatMail(refused),
					mail({ subject: 'Away', body: text('I am away until Monday.') }),
					chatMail(good),
				);
				const away = atLogging.failed.filter(({ message }) => /"Away".*holds no JSON object/.test(message));
				const atLog = atLogging.failed.filter((one) => !away.includes(one));
				expect(away).toHaveLength(1);
				expect(atLog).toEqual([
					expect.objectContaining({ message: expect.stringMatching(/role/) as string }),
				]);
				expectLogged(lane, `chat-${good}`, [stored(`chat-${good}.txt`)]);
				expect(inKustomer(lane, `chat-${refused}`).messages).toEqual([]);

				faults.add({ method: 'POST', path: /\/attachments$/, fault: { kind: 'status', status: 403 } });
				const atStoring = await lane.retry(atLog);
				expect(atStoring).toHaveLength(1);
				expectLogged(lane, `chat-${refused}`, []);

				expect(await lane.retry(atStoring)).toEqual([]);
				expectLogged(lane, `chat-${refused}`, [stored(`chat-${refused}.txt`)]);
				expectLogged(lane, `chat-${good}`, [stored(`chat-${good}.txt`)]);
				expect(await lane.retry(away)).toHaveLength(1);
			}),
		2 * TEST_TIMEOUT_MS,
	);

	it.concurrent(
		'U4, U8: the mails of a queue that are switched off change nothing, and their files are not stored',
		async () =>
			await withLane(async (lane) => {
				const [off, on] = [newId(), newId()];
				const entries = [{ queue: 'Returns', settings: { logMails: false } }];
				await lane.publishSessions({ queueSettings: { entries } });
				const { failed } = await lane.deliver(
					chatMail(off, { menu_path: { name: 'Orders / Returns' } }),
					chatMail(on),
				);
				expect(failed).toEqual([]);
				expectLogged(lane, `chat-${on}`, [stored(`chat-${on}.txt`)]);
				expect(inKustomer(lane, `chat-${off}`).messages).toEqual([]);
				expect(lane.kustomer.requests.filter(({ path }) => path.endsWith('/attachments'))).toHaveLength(1);
			}),
		TEST_TIMEOUT_MS,
	);

	it.concurrent(
		'X2: mails that come while the mail server is down are read when it is back',
		async () =>
			await withLane(async (lane) => {
				await lane.deliver(chatMail(newId()));
				const id = newId();
				const { failed } = await lane.working(1, async () => {
					await lane.imap.stop();
					await lane.imap.deliver(chatMail(id));
					await new Promise((next) => setTimeout(next, DOWN_MS));
					await lane.imap.start();
				});
				expect(failed).toEqual([]);
				expectLogged(lane, `chat-${id}`, [stored(`chat-${id}.txt`)]);
			}),
		TEST_TIMEOUT_MS,
	);

	it.concurrent(
		'X2, C23: mails that come while the workflow is off are read when it is on again, those before are not; the transcript can be the text of the note',
		async () =>
			await withLane(async (lane) => {
				await lane.deliver(chatMail(newId()), chatMail(newId()));
				const id = newId();
				await lane.unpublish();
				await lane.imap.deliver(chatMail(id));
				const runs = (await lane.runs()).length;
				expect(runs).toBeGreaterThan(0);
				const { failed, requests } = await lane.working(1, async () => {
					await lane.publish((step) => (step('Store Attachment').parameters.textAsNote = true));
				});
				expect(failed).toEqual([]);
				// The one that reads the mailbox, and that of the mail.
				expect(await lane.runs()).toHaveLength(runs + 2);
				expect(requests.length).toBeLessThan(25);
				expectLogged(lane, `chat-${id}`, [{ ...stored(`chat-${id}.txt`), note: TRANSCRIPT.trim() }]);
			}),
		TEST_TIMEOUT_MS,
	);

	it.concurrent(
		'U4: a wrong password is told when the credential is tested and when the workflow is published',
		async () =>
			await withLane(async (lane) => {
				const { api } = sandbox.stack;
				const test = await api.testCredential(lane.credential('wrong'));
				expect(test).toEqual({ status: 'Error', message: 'Command failed' });
				await lane.unpublish();
				await lane.givePassword('wrong');
				const { status, triggers } = await lane.tryToPublish();
				// The entry for the run of one mail needs no mailbox.
				expect({ status, errors: triggers.map(({ errorMessage }) => errorMessage) }).toEqual({
					status: 'partial',
					errors: [null, expect.stringContaining('Command failed')],
				});
			}),
		TEST_TIMEOUT_MS,
	);
});
