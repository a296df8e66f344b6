/**
 * n8n-core 1.x starts a timer that closes idle SSH connections, and ends it only together with n8n. Left alone it would
 * keep jest waiting after the last test.
 */
afterAll(() => {
	// Read here and not at the top: n8n-core has to be loaded by the tests, after the settings that it reads.
	const { Container } = require('./n8n/node_modules/@n8n/di');
	const {
		SSHClientsManager,
	} = require('./n8n/node_modules/n8n-core/dist/execution-engine/ssh-clients-manager');
	Container.get(SSHClientsManager).onShutdown();
});
