/**
 * n8n stores an execution's data as one JSON array in which every string and object is a reference, written as a
 * string, to another element of the array. This turns it back into plain data.
 */

type Reference = string;

/**
 * @param text the `data` of an execution as n8n's REST API gives it
 * @returns the data; objects that were shared are shared again
 * @throws SyntaxError when the text is not JSON
 */
export function readFlatted(text: string): unknown {
	const table = JSON.parse(text) as unknown[];
	const built = new Map<number, unknown>();

	const valueAt = (index: number): unknown => {
		const known = built.get(index);
		if (known !== undefined) return known;
		const raw = table[index];
		if (typeof raw !== 'object' || raw === null) return raw;
		if (Array.isArray(raw)) {
			const list: unknown[] = [];
			built.set(index, list);
			for (const element of raw) list.push(follow(element));
			return list;
		}
		const record: Record<string, unknown> = {};
		built.set(index, record);
		for (const [key, element] of Object.entries(raw)) record[key] = follow(element);
		return record;
	};
	const follow = (element: unknown): unknown =>
		typeof element === 'string' ? valueAt(Number(element as Reference)) : element;

	return valueAt(0);
}
