/** What stands below the fields that both of Kustomer's credential types have. */

export const ORGANIZATION_HINT =
	'Your Kustomer address: "acme" for acme.kustomerapp.com. You may paste the whole address.';

export const BASE_URL_HINT = 'Leave it empty, unless you were told another address';
