/**
 * Pages in a real browser: any page, and n8n's editor by the `data-test-id`s of n8n 2.41.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, selectors, type BrowserContext, type Locator, type Page } from 'playwright-core';

import { PROJECT_ROOT, type N8nApi, type RunningN8n } from '../../../sandbox/launcher';
import { programPath } from '../../../tools/programs';

import { waitFor } from './wait';

const VIEWPORT = { width: 1440, height: 900 };
/** Shows the shipped workflows large enough to read every word. */
const LARGE_VIEWPORT = { width: 1900, height: 1100 };
/** Shows the longest panel without scrolling. */
const TALL_HEIGHT = 3400;
const CANVAS_MARGIN = 24;
const FIELDS_MARGIN = 12;
/** Distance of the points of a connection that are looked at. */
const LINE_STEP_PX = 4;
/** So long the canvas has to stand still to be at rest. */
const CANVAS_REST_MS = 300;
const UI_TIMEOUT_MS = 20_000;
/** The editor is large: on a machine with other work its first page takes that long. */
const FIRST_PAGE_TIMEOUT_MS = 55_000;
const ONLY_THE_WORKFLOW = `
	.vue-flow__panel, .el-notification, [data-test-id="canvas-handle-plus-wrapper"], header, aside, [class*="suggestedActions"],
	[data-test-id="production-checklist"], .vue-flow__background { visibility: hidden !important; }`;
/** Hides what appears beside a field on which the mouse rests. */
const ONLY_THE_FIELDS = `
	[data-test-id="parameter-options-container"], [class*="featureRequest"] { visibility: hidden !important; }`;
/** The drawn part of a node; sticky notes have none. */
const NODE_BODY = '[data-test-id="canvas-default-node"], [data-test-id="canvas-trigger-node"]';
const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * An error that n8n's editor raises now and then when one workflow is left for another: what it shows of the first looks for
 * a store that is gone already. Whether that happens depends on the order of two steps in one frame, so nothing can be waited
 * for; the editor goes on as if nothing was. n8n describes it in https://github.com/n8n-io/n8n/pull/36399.
 */
const ERROR_OF_THE_EDITOR = 'injectNDVStore() was accessed without an active workflow document store';

selectors.setTestIdAttribute('data-test-id');

/** Pictures are taken for the documentation only; drawing them takes longer than what the tests look at. */
const TAKES_PICTURES = process.env.UPDATE_SCREENSHOTS === '1';
const PICTURES = join(PROJECT_ROOT, 'docs', 'images');

/** A tab of a browser of its own. */
export interface Tab {
	page: Page;
	/** Errors that the page raised, but for one that is known of n8n's editor. */
	errors: string[];
	/**
	 * Takes a picture for docs/images, when UPDATE_SCREENSHOTS=1 is set.
	 *
	 * @param name without folder and ending
	 * @param part an element, or an area of the page
	 * @param style CSS that holds while the picture is taken
	 */
	screenshot(name: string, part?: Locator | Area, style?: string): Promise<void>;
	close(): Promise<void>;
}

/** A rectangle of the page, in pixels. */
export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** True when two areas have more than their edges in common. */
export function overlap(one: Area, other: Area): boolean {
	return (
		one.x < other.x + other.width &&
		other.x < one.x + one.width &&
		one.y < other.y + other.height &&
		other.y < one.y + one.height
	);
}

/** The smallest area that holds all of these, and a margin around them. */
function around(areas: Area[], margin: number): Area {
	const x = Math.min(...areas.map((area) => area.x)) - margin;
	const y = Math.min(...areas.map((area) => area.y)) - margin;
	return {
		x,
		y,
		width: Math.max(...areas.map((area) => area.x + area.width)) + margin - x,
		height: Math.max(...areas.map((area) => area.y + area.height)) + margin - y,
	};
}

/** Opens an empty tab. */
export async function openTab(cookies: Parameters<BrowserContext['addCookies']>[0] = []): Promise<Tab> {
	const browser = await chromium.launch({ executablePath: programPath('browser'), args: CHROMIUM_ARGS });
	try {
		const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-US', timezoneId: 'UTC' });
		await context.addCookies(cookies);
		const page = await context.newPage();
		page.setDefaultTimeout(UI_TIMEOUT_MS);
		page.setDefaultNavigationTimeout(FIRST_PAGE_TIMEOUT_MS);
		const errors: string[] = [];
		page.on('pageerror', ({ message }) => {
			if (!message.startsWith(ERROR_OF_THE_EDITOR)) errors.push(message);
		});
		return {
			page,
			errors,
			screenshot: async (name, part, style) => {
				if (!TAKES_PICTURES) return;
				mkdirSync(PICTURES, { recursive: true });
				const path = join(PICTURES, `${name}.png`);
				const options = { path, style, animations: 'disabled' as const };
				if (part === undefined) await page.screenshot(options);
				else if ('x' in part) await page.screenshot({ ...options, clip: part });
				else await part.screenshot(options);
			},
			close: async () => await browser.close(),
		};
	} catch (error) {
		await browser.close();
		throw error;
	}
}

/** A node as the canvas shows it. */
export interface CanvasNode {
	name: string;
	/** The sentences that n8n shows for a node that cannot run as it stands; empty when all is well. */
	issues: string[];
	/** True for a "?" node: its type is not installed. */
	unknown: boolean;
}

/** An entry of n8n's list of steps. */
export interface FoundStep {
	name: string;
	description: string;
}

/** A sticky note as the canvas shows it. */
export interface CanvasNote {
	/** Its first line. */
	title: string;
	area: Area;
	/** What its text takes of the area. */
	text: Area;
}

/** n8n's editor, signed in as the owner. */
export class Editor {
	readonly page: Page;
	/** Errors that the page raised; see {@link Tab}. */
	readonly pageErrors: string[];

	private constructor(
		private readonly tab: Tab,
		private readonly api: N8nApi,
	) {
		this.page = tab.page;
		this.pageErrors = tab.errors;
	}

	static async open(n8n: RunningN8n): Promise<Editor> {
		const api = await n8n.login();
		const tab = await openTab([{ ...api.cookie, url: n8n.baseUrl, httpOnly: true, sameSite: 'Lax' }]);
		return new Editor(tab, api);
	}

	/**
	 * Opens a workflow and waits until its nodes are drawn. The editor is loaded for the first one only: afterwards it
	 * changes from one to the other by itself, as when a person clicks on a workflow, which takes a fifth of the time.
	 * Where a test has left a panel or dialog open, the editor is loaded again.
	 */
	async openWorkflow(id: string): Promise<void> {
		const path = `/workflow/${id}`;
		const left = this.page.locator('[data-test-id="ndv"], [aria-modal="true"]').filter({ visible: true });
		if (this.page.url().startsWith(this.api.baseUrl) && (await left.count()) === 0) {
			await this.page.evaluate((address) => {
				history.pushState({}, '', address);
				dispatchEvent(new PopStateEvent('popstate', { state: {} }));
			}, path);
		} else {
			await this.page.goto(`${this.api.baseUrl}${path}`, { waitUntil: 'domcontentloaded' });
		}
		const { nodes } = await this.api.workflow(id);
		const steps = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
		const wanted = { names: steps.map(({ name }) => name).sort(), notes: nodes.length - steps.length };
		await this.page.waitForFunction(
			({ names, notes }) => {
				const drawn = [...document.querySelectorAll('[data-test-id="canvas-node"]')];
				const shown = drawn.map((node) => node.getAttribute('data-node-name') ?? '').sort();
				const stickies = document.querySelectorAll('[data-test-id="sticky"]').length;
				return JSON.stringify(shown) === JSON.stringify(names) && stickies === notes;
			},
			wanted,
			{ timeout: FIRST_PAGE_TIMEOUT_MS },
		);
		await this.page.locator(NODE_BODY).first().waitFor();
		// The issues are worked out after the first drawing.
		await this.page.getByTestId('canvas-node-output-handle').first().waitFor();
		await this.page.getByTestId('zoom-to-fit').click();
		await this.page.waitForLoadState('networkidle');
	}

	/** What the canvas shows, without sticky notes. */
	async nodes(): Promise<CanvasNode[]> {
		const nodes: CanvasNode[] = [];
		for (const node of await this.page.getByTestId('canvas-node').all()) {
			const name = (await node.getAttribute('data-node-name')) ?? '';
			if ((await node.locator(NODE_BODY).count()) === 0) continue;
			const missing = await node.getByTestId('node-not-installed').count();
			const placeholder = await node.locator('[class*="nodeIconPlaceholder"]').count();
			nodes.push({ name, issues: await this.issuesOf(node), unknown: missing + placeholder > 0 });
		}
		return nodes;
	}

	/** The sticky notes of the canvas. */
	async notes(): Promise<CanvasNote[]> {
		// In one go: the canvas may be gliding.
		const measured = await this.page.getByTestId('sticky').evaluateAll((stickies) => {
			const areaIn = (element: Element): Area => {
				const { x, y, width, height } = element.getBoundingClientRect();
				return { x, y, width, height };
			};
			return stickies.map((sticky) => {
				const blocks = [...sticky.querySelectorAll('h1, h2, h3, p, li')];
				return { title: blocks[0]?.textContent ?? '', area: areaIn(sticky), texts: blocks.map(areaIn) };
			});
		});
		return measured.map(({ title, area, texts }) => ({ title, area, text: around(texts, 0) }));
	}

	/** Beginnings of the lines of sticky notes over which a connection is drawn. */
	async crossedLines(): Promise<string[]> {
		return await this.page.evaluate((stepPx) => {
			const lines = [...document.querySelectorAll('[data-test-id="sticky"]')].flatMap((sticky) =>
				[...sticky.querySelectorAll('h1, h2, h3, p, li')].flatMap((block) => {
					const range = document.createRange();
					range.selectNodeContents(block);
					const name = (block.textContent ?? '').slice(0, 40);
					return [...range.getClientRects()].map((area) => ({ name, area }));
				}),
			);
			const crossed = new Set<string>();
			for (const path of document.querySelectorAll<SVGPathElement>('path.vue-flow__edge-path')) {
				const toScreen = path.getScreenCTM();
				if (toScreen === null) continue;
				for (let at = 0; at <= path.getTotalLength(); at += stepPx) {
					const { x, y } = path.getPointAtLength(at).matrixTransform(toScreen);
					for (const { name, area } of lines) {
						if (x > area.left && x < area.right && y > area.top && y < area.bottom) crossed.add(name);
					}
				}
			}
			return [...crossed];
		}, LINE_STEP_PX);
	}

	/** Where a node is drawn, without its name. */
	async nodeArea(name: string): Promise<Area> {
		return await areaOf(this.node(name).locator(NODE_BODY));
	}

	/** Takes a picture of the whole workflow, without the editor's buttons. */
	async screenshotCanvas(name: string): Promise<void> {
		if (!TAKES_PICTURES) return;
		await this.page.setViewportSize(LARGE_VIEWPORT);
		await this.page.getByTestId('zoom-to-fit').click();
		await this.canvasRests();
		const nodes = await this.page.getByTestId('canvas-node').or(this.page.getByTestId('sticky')).all();
		const area = around(await Promise.all(nodes.map(areaOf)), CANVAS_MARGIN);
		await this.tab.screenshot(name, area, ONLY_THE_WORKFLOW);
		await this.page.setViewportSize(VIEWPORT);
		await this.canvasRests();
	}

	/** Waits until the canvas, which glides to its new place, has arrived there. */
	private async canvasRests(): Promise<void> {
		await this.page.locator('.vue-flow__transformationpane').evaluate(async (pane, restMs) => {
			let [place, since] = ['', 0];
			while (performance.now() - since < restMs || place === '') {
				const now = pane.getAttribute('style') ?? '';
				if (now !== place) [place, since] = [now, performance.now()];
				await new Promise((next) => requestAnimationFrame(next));
			}
		}, CANVAS_REST_MS);
	}

	/** Types into the search of n8n's list of steps, which is opened first. */
	async searchSteps(text: string): Promise<void> {
		const list = await this.openStepList();
		await list.getByTestId('node-creator-search-bar').fill(text);
	}

	/** What n8n's list of steps shows, first what it takes for the best. */
	async steps(): Promise<FoundStep[]> {
		return await foundIn(this.page.getByTestId('node-creator'));
	}

	/** What a step of the list can do, as the list shows it after a click on the step. */
	async actionsOf(step: string): Promise<string[]> {
		const list = await this.openStepList();
		await list.getByTestId('node-creator-search-bar').fill(step);
		const found = list.getByTestId('node-creator-item-name').getByText(step, { exact: true }).first();
		await found.waitFor();
		// They stay in sight for a moment after the click.
		const steps = new Set((await foundIn(list)).map(({ name }) => name));
		await found.click();
		const heading = list.getByText(/^Actions \(/);
		await heading.waitFor();
		// n8n draws a long list little by little.
		const count = Number(/\((\d+)\)/.exec((await heading.textContent()) ?? '')?.[1] ?? 0);
		return await waitFor('the actions', async () => {
			const names = (await foundIn(list)).map(({ name }) => name).filter((name) => !steps.has(name));
			return names.length >= count ? names : undefined;
		});
	}

	/** Takes a picture of the list of steps as it is. */
	async screenshotStepList(name: string): Promise<void> {
		await this.tab.screenshot(name, this.page.getByTestId('node-creator'));
	}

	async closeStepList(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.getByTestId('node-creator').waitFor({ state: 'hidden' });
	}

	private async openStepList(): Promise<Locator> {
		const list = this.page.getByTestId('node-creator');
		if (!(await list.isVisible())) await this.page.getByTestId('node-creator-plus-button').click();
		await list.waitFor();
		return list;
	}

	/** Opens a node's panel with its parameters. */
	async openNode(name: string): Promise<Locator> {
		await this.node(name).locator(NODE_BODY).dblclick();
		const panel = this.page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		return panel;
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** The labels of the fields that the open panel shows, top to bottom. */
	async fieldLabels(): Promise<string[]> {
		const labels = this.page.getByTestId('ndv').getByTestId('node-parameters').getByTestId('input-label');
		const texts = await labels.allInnerTexts();
		return texts.map((text) => text.split('\n')[0]?.trim() ?? '').filter((text) => text !== '');
	}

	/** Adds a field to the first collection of the open panel, as a person does. */
	async addField(field: string): Promise<void> {
		await this.page.getByTestId('ndv').getByTestId('collection-parameter-add').first().click();
		const entry = this.page.getByText(field, { exact: true }).last();
		await entry.scrollIntoViewIfNeeded();
		await entry.click();
	}

	/** Chooses an entry of a list of the open panel. */
	async choose(parameter: string, entry: string): Promise<void> {
		await this.page.getByTestId('ndv').getByTestId(`parameter-input-${parameter}`).click();
		await this.page.locator('.el-select-dropdown__item:visible', { hasText: entry }).first().click();
	}

	/** What is ticked in a list of the open panel, as the panel shows it. */
	async ticked(parameter: string): Promise<string[]> {
		const list = this.page.getByTestId('ndv').getByTestId(`parameter-input-${parameter}`);
		return await list.locator('.el-select__tags-text').allInnerTexts();
	}

	/** Takes one of the ticked entries out of a list of the open panel. */
	async untick(parameter: string, entry: string): Promise<void> {
		const list = this.page.getByTestId('ndv').getByTestId(`parameter-input-${parameter}`);
		await list.locator('.el-tag', { hasText: entry }).locator('.el-tag__close').click();
	}

	/** Opens the settings of the workflow, and returns their dialog. */
	async openSettings(): Promise<Locator> {
		await this.page.getByTestId('workflow-menu').click();
		await this.page.getByTestId('workflow-menu-item-settings').click();
		const dialog = this.page.getByTestId('workflow-settings-dialog');
		await dialog.waitFor();
		return dialog;
	}

	/** How many rows with something to choose the open panel shows under a list's heading. */
	async rowsOf(list: string): Promise<number> {
		const lists = this.page.getByTestId('ndv').locator('.duplicate-parameter');
		return await lists.filter({ hasText: list }).getByTestId('rlc-input').count();
	}

	/** What the open panel complains about: values that are missing or not allowed, and lists that cannot be loaded. */
	async panelIssues(): Promise<string[]> {
		const panel = this.page.getByTestId('ndv');
		// Lists and custom attributes come from Kustomer.
		await this.page.waitForLoadState('networkidle');
		const signs = await panel.getByTestId('parameter-issues').all();
		const marked = await Promise.all(
			signs.map(async (sign) => {
				const field = sign.locator('xpath=ancestor::*[@data-test-id="parameter-item"][1]');
				return `${(await field.innerText()).split('\n')[0]} is marked`;
			}),
		);
		const failed = await panel
			.getByTestId('empty-fields-notice')
			.or(panel.getByPlaceholder('Error fetching options'))
			.allInnerTexts();
		return [...marked, ...failed];
	}

	/** Takes a picture of all fields of the open panel, however many they are. */
	async screenshotFields(name: string): Promise<void> {
		if (!TAKES_PICTURES) return;
		await this.page.mouse.move(0, 0);
		await this.page.setViewportSize({ ...VIEWPORT, height: TALL_HEIGHT });
		const fields = this.page.getByTestId('ndv').getByTestId('node-parameters').getByTestId('parameter-item');
		const areas = await Promise.all((await fields.all()).map(areaOf));
		await this.tab.screenshot(
			name,
			around(
				areas.filter(({ height }) => height > 0),
				FIELDS_MARGIN,
			),
			ONLY_THE_FIELDS,
		);
		await this.page.setViewportSize(VIEWPORT);
	}

	/** Opens the credential that the open panel has chosen and returns its dialog. n8n tests it at once. */
	async openCredential(): Promise<Locator> {
		await this.page.getByTestId('ndv').getByTestId('credential-edit-button').first().click();
		const dialog = this.page.getByTestId('credential-edit-dialog');
		await dialog.waitFor();
		return dialog;
	}

	/** Fills in the open credential's secret and saves it, which tests it again. */
	async saveSecret(secret: string): Promise<void> {
		await this.page
			.getByTestId('credential-edit-dialog')
			.locator('input[type=password]')
			.first()
			.fill(secret);
		await this.page.getByTestId('credential-save-button').click();
	}

	/**
	 * What the open credential's dialog says about its test.
	 *
	 * @param expected waited for, because the result of an earlier test stands there until the next is done
	 * @returns the whole text, details included
	 */
	async credentialTestResult(expected: 'success' | 'failure'): Promise<string> {
		const dialog = this.page.getByTestId('credential-edit-dialog');
		const sentence =
			expected === 'success' ? 'Connection tested successfully' : 'connect with these settings';
		await dialog.getByText(sentence).waitFor();
		const details = dialog.getByText('More details');
		if ((await details.count()) > 0) await details.click();
		return await dialog.innerText();
	}

	private node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name.replaceAll('"', '\\"')}"]`);
	}

	private async issuesOf(node: Locator): Promise<string[]> {
		const sign = node.getByTestId('node-issues');
		if ((await sign.count()) === 0) return [];
		await sign.hover();
		const tooltip = this.page.getByTestId('tooltip-content').filter({ hasText: 'Issues' }).first();
		const text = await tooltip.innerText();
		await this.page.mouse.move(0, 0);
		await tooltip.waitFor({ state: 'hidden' });
		return text
			.split('\n')
			.map((line) => line.trim())
			.filter((line) => line !== '' && !/^Issues:?$/.test(line));
	}

	/** Takes a picture; see {@link Tab}. */
	async screenshot(name: string, part?: Locator | Area): Promise<void> {
		await this.tab.screenshot(name, part);
	}

	async close(): Promise<void> {
		await this.tab.close();
	}
}

async function areaOf(part: Locator): Promise<Area> {
	return (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
}

async function foundIn(list: Locator): Promise<FoundStep[]> {
	return await list.getByTestId('node-creator-item-name').evaluateAll((names) =>
		names.map((name) => ({
			name: name.textContent?.trim() ?? '',
			description:
				name
					.closest('[class*="creatorNode"]')
					?.querySelector('[data-test-id="node-creator-item-description"]')
					?.textContent?.trim() ?? '',
		})),
	);
}
