import { Agent } from 'node:http';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import {
	startKustomerStandIn,
	type KustomerStandIn,
	type KustomerStandInOptions,
} from '../../../sandbox/kustomer';
import { useStandIn } from '../../setup/stand-in';

export interface Harness {
	standIn: KustomerStandIn;
	/** Speaks as the key with full access; every status is an answer. */
	http: AxiosInstance;
	/** Speaks as another key. */
	as(token: string | undefined): AxiosInstance;
	reset(): void;
	close(): Promise<void>;
}

/** One stand-in for all tests of a file, and those who speak to it. */
export function useHarness(options: KustomerStandInOptions = {}): Harness {
	return useStandIn(() => start(options));
}

export async function start(options: KustomerStandInOptions = {}): Promise<Harness> {
	const standIn = await startKustomerStandIn(options);
	const httpAgent = new Agent({ keepAlive: true });
	const as = (token: string | undefined): AxiosInstance =>
		axios.create({
			baseURL: standIn.url,
			httpAgent,
			proxy: false,
			headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
			validateStatus: () => true,
		});
	return {
		standIn,
		http: as(standIn.apiKey),
		as,
		reset: () => standIn.reset(),
		async close() {
			httpAgent.destroy();
			await standIn.close();
		},
	};
}

export interface KustomerError {
	status: number;
	code: string;
	title: string;
	detail?: string;
	source?: { parameter: string };
}

/** The first error of an answer. */
export function errorOf(response: AxiosResponse): KustomerError {
	return (response.data as { errors: KustomerError[] }).errors[0]!;
}

export interface Answered {
	type: string;
	id: string;
	attributes: Record<string, unknown> & { rev: number; tags: string[]; status: string };
	relationships: Record<string, { data?: { type: string; id: string } }>;
	links: { self: string };
}

/** The object of an answer. */
export function dataOf(response: AxiosResponse): Answered {
	return (response.data as { data: Answered }).data;
}

/** The objects of an answer with a list. */
export function listOf(response: AxiosResponse): Answered[] {
	return (response.data as { data: Answered[] }).data;
}
