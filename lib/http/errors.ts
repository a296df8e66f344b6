/** A value that cannot be meant, or that the service would refuse, found before anything was sent. */
export class InputError extends Error {
	constructor(
		/** Where the value stands in the operation's input, for example `tags[2]` or `custom.orderNum`. */
		readonly parameter: string,
		/** One sentence: what is wrong. */
		message: string,
		/** One or two sentences: what to do. */
		readonly advice: string,
	) {
		super(message);
		this.name = 'InputError';
	}
}
