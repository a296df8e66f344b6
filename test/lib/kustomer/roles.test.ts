import {
	type OperationName,
	OPERATION_REQUESTS,
	REQUEST_ROLES,
	rolesOfOperation,
} from '../../../lib/kustomer/roles';

describe('roles', () => {
	it('X8: every request has the narrowest role, none a broad one', () => {
		for (const { role } of Object.values(REQUEST_ROLES)) {
			expect(role ?? 'org.permission.none.read').toMatch(
				/^org\.permission\.[a-z_]+\.(read|create|update|delete)$/,
			);
		}
	});

	it('X8: every request of the package belongs to an operation, a picker or the credential test', () => {
		const used = new Set(
			Object.values(OPERATION_REQUESTS).flatMap(({ always, sometimes }) => [
				...always,
				...sometimes.map(({ request }) => request),
			]),
		);
		const elsewhere = ['credential.test', 'queue.list'];
		const names = Object.keys(REQUEST_ROLES).filter((name) => !(used as Set<string>).has(name));
		expect(names.sort()).toEqual(elsewhere.sort());
	});

	it('X8: an operation lists each role once, and those for special cases apart', () => {
		expect(rolesOfOperation('customer.findOrCreate').always).toEqual([
			'org.permission.customer.read',
			'org.permission.customer.create',
		]);
		expect(rolesOfOperation('conversation.update').always).toEqual(['org.permission.conversation.update']);
		expect(rolesOfOperation('conversation.update').sometimes.map(({ role }) => role)).toEqual([
			'org.permission.conversation.read',
			'org.permission.conversation.delete',
			'org.permission.note.create',
		]);
		for (const name of Object.keys(OPERATION_REQUESTS) as OperationName[]) {
			// It signs a token, and asks Kustomer nothing.
			if (name === 'agentLink.createToken') continue;
			expect(rolesOfOperation(name).always.length).toBeGreaterThan(0);
		}
	});
});
