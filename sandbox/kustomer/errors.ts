/** Errors as Kustomer's core API answers them: `errors[]` with an integer status and a code without underscore. */

/** Thrown anywhere below a route; becomes the answer. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		readonly title: string,
		readonly where: { detail?: string; parameter?: string } = {},
		readonly headers: Record<string, string> = {},
	) {
		super(title);
		this.name = 'ApiError';
	}

	/** The body of the answer. */
	get body(): unknown {
		const { detail, parameter } = this.where;
		return {
			errors: [
				{
					status: this.status,
					...(parameter === undefined ? {} : { source: { parameter } }),
					code: this.code,
					title: this.title,
					...(detail === undefined ? {} : { detail }),
				},
			],
		};
	}
}

/** 400 for a body or query parameter. */
export function badParameter(parameter: string, title: string, detail?: string): ApiError {
	return new ApiError(400, 'badparam', title, { parameter, detail });
}

/** 404; `parameter` names the part of the path that found nothing. */
export function notFound(parameter: string): ApiError {
	return new ApiError(404, 'notfound', 'Not Found', { parameter });
}

/** 409. assumes: conflict-is-409 */
export function conflict(parameter: string, detail: string): ApiError {
	return new ApiError(409, 'conflict', 'Conflict', { parameter, detail });
}
