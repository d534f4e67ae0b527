import { initialSchema } from './0001-initial-schema.js';
import { requestsTokensAudit } from './0006-requests-tokens-audit.js';
import type { Migration } from './migration.js';

/** All steps, in order. */
export const migrations: readonly Migration[] = [initialSchema, requestsTokensAudit];
