/** What holds for the panel of every node, whatever it does. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';

const ROOT = join(__dirname, '../..');

/** Every property of a panel, those inside collections included. */
export function everyProperty(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return (option as INodePropertyCollection).values;
			return 'type' in option ? [option as INodeProperties] : [];
		});
		return [property, ...everyProperty(inner)];
	});
}

/** The operations of a panel, by resource. */
export function operationsByResource({ description }: INodeType): Record<string, unknown[]> {
	return Object.fromEntries(
		description.properties
			.filter(({ name }) => name === 'operation')
			.map(({ displayOptions, options }) => [
				String(displayOptions?.show?.resource?.[0]),
				(options as INodePropertyOptions[]).map(({ value }) => value),
			]),
	);
}

/** The names of a panel's parameters, each once, in the order in which they first appear. */
export function namesOf(properties: INodeProperties[]): string[] {
	return [...new Set(properties.map(({ name }) => name))];
}

/** Names that mean something of another kind elsewhere: n8n keeps values when the operation changes. */
export function ambiguousNames(properties: INodeProperties[]): string[] {
	const kinds = new Map<string, Set<string>>();
	for (const { name, type } of properties) kinds.set(name, (kinds.get(name) ?? new Set()).add(type));
	return [...kinds].filter(([, types]) => types.size > 1).map(([name]) => name);
}

/** The values of an option list. */
export function valuesOf(property: INodeProperties | undefined): unknown[] {
	return ((property?.options ?? []) as INodePropertyOptions[]).map(({ value }) => value);
}

/** Tests of the icons, and of the codex, without which n8n drops documentation and search words. */
export function testIconsAndCodex({ description }: INodeType, folder: string): void {
	const read = (file: string) => readFileSync(join(ROOT, 'nodes', folder, file), 'utf8');

	it('has a codex, and documentation at the addresses that it names', () => {
		const codex = JSON.parse(read(`${folder}.node.json`)) as {
			node: string;
			resources: Record<'primaryDocumentation' | 'credentialDocumentation', Array<{ url: string }>>;
		};
		expect(codex.node).toBe(`n8n-nodes-kustomer.${description.name}`);
		const { primaryDocumentation, credentialDocumentation } = codex.resources;
		for (const [link] of [primaryDocumentation, credentialDocumentation]) {
			expect(link?.url).toMatch(/^https:\/\//);
			expectDocumentation(link?.url);
		}
	});

	it('has an icon for light and one for dark backgrounds', () => {
		const { light, dark } = description.icon as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const icon of [light, dark]) {
			expect(existsSync(join(ROOT, 'nodes', folder, icon.replace('file:', '')))).toBe(true);
			expect(read(icon.replace('file:', ''))).toMatch(/^<svg [^>]*viewBox="0 0 60 60"/);
		}
	});
}

/** The page of this repository at the end of a link, and the heading on it. */
export function expectDocumentation(url: string | undefined): void {
	const [, file = '', anchor = ''] = /\/blob\/main\/([^#]+)#?(.*)$/.exec(url ?? '') ?? [];
	expect(readFileSync(join(ROOT, file), 'utf8').toLowerCase()).toContain(`# ${anchor}`);
}

/** Tests of a panel that has resources and operations. */
export function testOperationPanel(node: INodeType): void {
	const properties = everyProperty(node.description.properties);
	const methods = node.methods as Record<string, object>;

	it('explains every property, without a dash that is hard to read', () => {
		for (const { name, displayName, description: text, type } of properties) {
			if (name === 'resource' || name === 'operation') continue;
			if (type === 'collection' || type === 'notice') continue;
			expect({ displayName, text }).toEqual({ displayName, text: expect.stringMatching(/^[^—–]{10,}$/) });
		}
	});

	it('gives every operation an action and one plain sentence', () => {
		for (const { options } of node.description.properties.filter(({ name }) => name === 'operation')) {
			for (const option of options as INodePropertyOptions[]) {
				expect(option.action).toMatch(/^[A-Z][a-z]/);
				expect(option.description).toMatch(/^[A-Z][^.]+$/);
			}
		}
	});

	it('fills every list that the panel asks for', () => {
		for (const { typeOptions, modes } of properties) {
			const { loadOptionsMethod, resourceMapper } = typeOptions ?? {};
			if (loadOptionsMethod !== undefined) expect(methods.loadOptions).toHaveProperty(loadOptionsMethod);
			if (resourceMapper?.resourceMapperMethod !== undefined) {
				expect(methods.resourceMapping).toHaveProperty(resourceMapper.resourceMapperMethod);
			}
			for (const mode of modes ?? []) {
				const search = mode.typeOptions?.searchListMethod;
				if (search !== undefined) expect(methods.listSearch).toHaveProperty(search);
			}
		}
		for (const { testedBy } of node.description.credentials ?? []) {
			if (testedBy !== undefined) expect(methods.credentialTest).toHaveProperty(String(testedBy));
		}
	});
}
