/** See `once` of an operation's call: reads each thing once, and again after a failure. */
export function readingOnce<Client>(client: Client): <T>(read: (client: Client) => Promise<T>) => Promise<T> {
	const readings = new Map<unknown, Promise<unknown>>();
	return async <T>(read: (client: Client) => Promise<T>) => {
		const known = readings.get(read) as Promise<T> | undefined;
		if (known !== undefined) return await known;
		const reading = read(client).catch((error: unknown) => {
			readings.delete(read);
			return Promise.reject(error);
		});
		readings.set(read, reading);
		return await reading;
	};
}
