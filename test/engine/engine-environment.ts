/** Settings that n8n-core reads while it is loaded: imported before it. */
import 'reflect-metadata';

// Errors of runs are what tests look at; printed as well, they would only hide what failed.
process.env.N8N_LOG_LEVEL ??= 'silent';
