import { mapStatus, type MapInput } from '../../../../lib/agent-status/rules/map-status';

const TABLE = [
	{ kustomer: 'Lunch', platform: 'Break' },
	{ kustomer: 'Training', platform: 'Break' },
];
const FITS = 'The two statuses fit the table: nothing is to be changed.';
const unknown = (where: string) => `${where} the present status is not known.`;
const other = (where: string, status: string) =>
	`${where} the status is "${status}", which does not fit the table.`;
const noRow = (side: string, status: string) =>
	`The table has no row for the ${side} status "${status}". Nothing is to be changed. Add a row.`;

type Row = [
	direction: MapInput['direction'],
	status: string,
	current: string | undefined,
	leadsTo: string | undefined,
	change: boolean,
	reason: string,
];

describe('one status through the table', () => {
	it.each<Row>([
		['kustomerToPlatform', 'Lunch', 'break', 'Break', false, FITS],
		['kustomerToPlatform', 'lunch', 'Ready', 'Break', true, other('On the platform', 'Ready')],
		['kustomerToPlatform', 'Lunch', undefined, 'Break', true, unknown('On the platform')],
		['kustomerToPlatform', 'Email', 'Break', undefined, false, noRow('Kustomer', 'Email')],
		['platformToKustomer', 'Break', 'Training', 'Training', false, FITS],
		['platformToKustomer', 'Break', 'Email', 'Lunch', true, other('In Kustomer', 'Email')],
		['platformToKustomer', 'Break', undefined, 'Lunch', true, unknown('In Kustomer')],
		['platformToKustomer', 'Ready', 'Lunch', undefined, false, noRow('platform', 'Ready')],
		['platformToKustomer', 'Ready', undefined, undefined, false, noRow('platform', 'Ready')],
	])('S1, S3, S9: %s: %s, where the other side shows %s, leads to %s', (...row) => {
		const [direction, status, current, leadsTo, change, reason] = row;
		expect(mapStatus({ direction, status, current, table: TABLE })).toEqual({
			direction,
			from: status,
			mapped: leadsTo !== undefined,
			...(leadsTo === undefined ? {} : { status: leadsTo }),
			change,
			reason,
		});
	});

	it('S9: what has no row leads to the status for all others, if there is one, and only towards the platform', () => {
		const to = (direction: MapInput['direction']) =>
			mapStatus({ direction, status: 'Email', table: TABLE, fallback: ' Away ' }).status;
		expect([to('kustomerToPlatform'), to('platformToKustomer')]).toEqual(['Away', undefined]);
	});
});
