/** What a person does on the platform's side, shown in the node's panel. n8n's notices keep only links and lists. */

export const BABELFORCE_SETUP = notice('In babelforce:', [
	"1. Open 'Integrated processes' > 'Global automations'. Add one automation for the event 'Inbound call' and one for 'Call bridged', each with the trigger 'always'.",
	"2. Choose the HTTP request action with the method POST. URL: the production URL of this node, with ?event=call.inbound at its end for 'Inbound call' and ?event=call.bridged for 'Call bridged'.",
	"3. Tick the bucket 'Call'. For 'Call bridged' also tick 'Agent' and 'Queue'.",
	'4. Add the header that the credential above asks for.',
]);

export const GENERIC_SETUP = notice('On your platform:', [
	'1. Send each event as a POST request with JSON to the production URL of this node.',
	"2. Put 'event' (for example incoming, bridged or ended) and 'sessionId' (the same in every event of a call) in it.",
	"3. Add what you know: 'from', 'to', 'direction', 'agentEmail', 'agentName', 'queueName', 'startedAt', 'duration'.",
	'4. Add the header that the credential above asks for.',
]);

function notice(title: string, steps: string[]): string {
	return `${title}<ul>${steps.map((step) => `<li>${step.replace('>', '&gt;')}</li>`).join('')}</ul>`;
}
