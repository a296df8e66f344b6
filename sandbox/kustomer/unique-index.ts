/** Values that only one object may hold, such as phone numbers. */
export class UniqueIndex {
	private readonly owners = new Map<string, string>();

	/** Id of the object that holds the value. */
	get(key: string): string | undefined {
		return this.owners.get(key);
	}

	/** The first of these values that another object holds. */
	takenBy(keys: readonly string[], id: string | undefined): string | undefined {
		return keys.find((key) => {
			const owner = this.owners.get(key);
			return owner !== undefined && owner !== id;
		});
	}

	/** Gives an object its values. A value that is taken stays where it is. */
	assign(id: string, keys: readonly string[]): void {
		for (const key of keys) if (!this.owners.has(key)) this.owners.set(key, id);
	}

	release(id: string, keys: readonly string[]): void {
		for (const key of keys) if (this.owners.get(key) === id) this.owners.delete(key);
	}

	clear(): void {
		this.owners.clear();
	}
}
