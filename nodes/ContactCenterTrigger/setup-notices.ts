/**
 * What a person does on the platform's side, shown in the node's panel. n8n's notices keep only links and lists with
 * bullets.
 */

const DOCS = 'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs';

export const BABELFORCE_SETUP = notice('In babelforce', `${DOCS}/babelforce.md`, [
	"Open 'Integrated processes' > 'Global automations'. Add one automation for the event 'Inbound call' and one for 'Call bridged', each with the trigger 'always'.",
	"Choose the action 'HTTP request' with the method POST. The URL is the production URL of this node, followed by ?event=call.inbound for 'Inbound call' and by ?event=call.bridged for 'Call bridged'.",
	"Tick the bucket 'Call'. For 'Call bridged' also tick 'Agent' and 'Queue'.",
	'Add the header or the user and password from the credential above.',
]);

export const CCAIP_SETUP = notice('In CCAI Platform (UJET)', `${DOCS}/ccaip.md`, [
	"Open 'Settings' > 'Developer Settings' > 'Session Data Export' > 'Manage Data Export Settings' and turn on 'External Session Events'. Tick call events, chat events or both. The API endpoint is the production URL of this node; user and password are those of the credential above.",
	"Session metadata: let a workflow of yours post each file 'call-….json' or 'chat-….json' to the same URL.",
	"Chats over the Apps API: put the URL of a second trigger under 'Developer Settings' > 'Webhooks'. Its credential uses the method 'Signature' with the header X-Signature (Base64), the timestamp header X-Signature-Timestamp, and timestamp followed by body as signed content.",
	'Agent adapter: the page that holds it passes its events on to the URL.',
]);

export const GENERIC_SETUP = notice('On your platform', `${DOCS}/other-platforms.md`, [
	'Send each event as a POST request with JSON to the production URL of this node.',
	"Two fields are needed: 'event' (for example incoming, bridged or ended) and 'sessionId' (the same in every event of a call).",
	"Add what you know: 'from', 'to', 'direction', 'agentEmail', 'agentName', 'queueName', 'startedAt', 'duration'.",
	'Add the header, the user and password, or the signature from the credential above.',
]);

function notice(title: string, page: string, steps: string[]): string {
	const list = steps.map((step) => `<li>${step.replaceAll('>', '&gt;')}</li>`).join('');
	return `${title} (<a href="${page}" target="_blank">step by step</a>):<ul>${list}</ul>`;
}
