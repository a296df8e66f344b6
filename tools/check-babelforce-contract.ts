/**
 * Holds what the node Babelforce sends against babelforce's published OpenAPI document:
 *
 *     npm run check:contract:babelforce -- <path of manager.openapi.yaml>
 *
 * Serves the document as a mock server and runs every operation of the node against it, in n8n's engine. What the document
 * refuses never gets an answer; behind it is the stand-in, whose answers are held against the document, too. Ends with 1
 * when anything differs. It is bundled first: tsx would take `Babelforce.node.json` for the node. The document: https://github.com/babelforce/manager-sdk (static/openapi/manager.openapi.yaml)
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

import { startBabelforceStandIn } from '../sandbox/babelforce';
import { ContractDocument, type OpenApi } from './check-babelforce-contract/document';
import { serveDocument } from './check-babelforce-contract/mock-server';
import { driveOperations } from './check-babelforce-contract/operations';

async function main(path: string): Promise<number> {
	const document = new ContractDocument(parse(readFileSync(path, 'utf8')) as OpenApi);
	const standIn = await startBabelforceStandIn();
	const mock = await serveDocument(document, standIn.url);
	try {
		const problems = await driveOperations({ ...standIn, url: mock.url });
		const differences = [...new Set([...problems, ...mock.violations])];
		for (const [operation, count] of [...mock.taken].sort()) console.log(`${operation}: ${count} taken`);
		for (const difference of differences) console.log(`DIFFERENCE ${difference}`);
		const requests = [...mock.taken.values()].reduce((sum, count) => sum + count, 0);
		console.log(
			`${requests} requests of ${mock.taken.size} operations taken, ${differences.length} differences`,
		);
		return differences.length === 0 ? 0 : 1;
	} finally {
		await mock.close();
		await standIn.close();
	}
}

const [path] = process.argv.slice(2);
if (path === undefined) {
	console.error('Usage: npm run check:contract:babelforce -- <path of manager.openapi.yaml>');
	process.exitCode = 2;
} else {
	void main(path).then((code) => {
		process.exitCode = code;
	});
}
