/**
 * Holds the stand-in Kustomer against Kustomer's published OpenAPI document:
 *
 *     npx tsx tools/check-contract.ts <path of the Core Resources OpenAPI document>
 *
 * Drives every endpoint that the package relies on, validates each answer against the document's schema, and sends
 * bodies that the document refuses: the stand-in has to refuse them too, and has to take what the document allows.
 * Ends with 1 when there is a difference. Errors of the document itself are listed in DOCUMENT_ERRORS with the reason.
 */
import { readFileSync } from 'node:fs';
import { startKustomerStandIn } from '../sandbox/kustomer';
import { driveAnswers } from './check-contract/answers';
import { driveBodies } from './check-contract/bodies';
import {
	answerSchemas,
	bodySchemas,
	DOCUMENT_ERRORS,
	EMPTY_WHEN_NEVER_GIVEN,
	withNull,
	type OpenApi,
	type Operation,
} from './check-contract/document';
import { Driver, Findings } from './check-contract/driver';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

async function main(path: string): Promise<number> {
	const document = JSON.parse(readFileSync(path, 'utf8')) as OpenApi;
	const findings = new Findings();
	const operations = new Map<string, Operation>();
	for (const methods of Object.values(document.paths)) {
		for (const [method, operation] of Object.entries(methods)) {
			if (METHODS.includes(method)) operations.set(operation.operationId, operation);
		}
	}
	console.log('Errors of the document itself, corrected before comparing:');
	for (const error of DOCUMENT_ERRORS) {
		const count = error.fix(operations);
		console.log(`  ${error.what} (${count} times)\n    ${error.because}`);
		if (count === 0)
			findings.differences.push(
				`The document no longer has this error, remove it from the list: ${error.what}`,
			);
	}
	console.log(
		`Empty when never given, although the document’s examples have a value: ${EMPTY_WHEN_NEVER_GIVEN.join(', ')}\n`,
	);
	for (const operation of operations.values()) {
		for (const schema of [...bodySchemas(operation), ...answerSchemas(operation)]) withNull(schema);
	}

	const standIn = await startKustomerStandIn({ rateLimitPerMinute: 0 });
	try {
		const driver = new Driver(standIn, operations, findings);
		await driveAnswers(driver);
		await driveBodies(driver);
	} finally {
		await standIn.close();
	}
	for (const one of findings.stricter) console.log(`Stricter than the document: ${one}`);
	for (const difference of findings.differences) console.log(`DIFFERENCE ${difference}`);
	console.log(
		`${findings.answersChecked} responses checked, ${findings.bodiesChecked} request bodies checked, ${findings.differences.length} differences`,
	);
	return findings.differences.length === 0 ? 0 : 1;
}

const [path] = process.argv.slice(2);
if (path === undefined) {
	console.error('Usage: npx tsx tools/check-contract.ts <path of the Core Resources OpenAPI document>');
	process.exitCode = 2;
} else {
	void main(path).then((code) => {
		process.exitCode = code;
	});
}
