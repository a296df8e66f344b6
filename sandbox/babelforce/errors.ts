/** Thrown anywhere below a route; becomes the answer. assumes: error-body */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
		this.name = 'ApiError';
	}

	get body(): unknown {
		return { success: false, message: this.message };
	}
}
