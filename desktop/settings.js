/*
 * The settings of the agent desktop: the only file to change. Nothing in it is secret, since everybody who can open the page can read it.
 */
window.AGENT_DESKTOP = {
	/** Where agents open CCAI Platform: protocol and host. Messages of any other origin are not listened to. */
	platform: 'https://acme.uc1.ccaiplatform.com',

	/** What stands beside the adapters at first. Empty: nothing until a record is opened. */
	kustomer: 'https://acme.kustomerapp.com/app',

	/** Production URL of the step "Sign In" of the workflow "CCAI Platform: agent desktop". */
	signIn: 'https://n8n.example.com/webhook/agent-desktop-sign-in',

	/** Production URL of its step "Adapter Event". */
	events: 'https://n8n.example.com/webhook/ccaip-agent-desktop',

	/** Hosts on which records may be opened, over https: your Kustomer, and your n8n when lookup URLs lead there. */
	recordHosts: ['acme.kustomerapp.com', 'n8n.example.com'],

	/** 'frame': records open beside the adapters. 'window': in a window of their own, if your Kustomer does not let itself be framed. */
	openRecordsIn: 'frame',

	/** Which adapters are shown. */
	adapters: ['call', 'chat'],
};
