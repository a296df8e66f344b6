/** The few pages of Kustomer's web app to which links lead, as far as it takes to see that they lead there. */
import { Router } from 'express';
import type { KustomerStore } from '../store';

/** assumes: web-app-addresses */
export function webApp(store: KustomerStore): Router {
	const router = Router();
	// assumes: web-app-can-be-framed
	router.use('/app', (_request, response, next) => {
		response.setHeader('content-security-policy', "default-src 'self'");
		next();
	});
	router.get(['/app/customers/:id', '/app/customers/:id/event/:conversation'], (request, response) => {
		const { id, conversation } = request.params as { id: string; conversation?: string };
		const customer = store.customers.get(id);
		const shown = conversation === undefined ? undefined : store.conversations.get(conversation);
		const isMissing = conversation !== undefined && shown?.customerId !== id;
		if (customer === undefined || isMissing) {
			response
				.status(404)
				.type('html')
				.send(htmlPage('Not found', ['Kustomer has no such page.']));
			return;
		}
		const lines = [`Customer ${customer.name ?? id}`];
		if (shown !== undefined) lines.push(`Conversation ${shown.name ?? shown.id}`);
		response.type('html').send(htmlPage(customer.name ?? 'Customer', lines));
	});
	router.get('/app/search', (request, response) => {
		const { q } = request.query;
		response.type('html').send(htmlPage('Search', [`Search for ${typeof q === 'string' ? q : ''}`]));
	});
	return router;
}

function htmlPage(title: string, lines: readonly string[]): string {
	const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('');
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><body><h1>${escaped(title)}</h1>${paragraphs}</body></html>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
