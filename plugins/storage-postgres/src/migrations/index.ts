import { initialSchema } from './0001-initial-schema.js';
import { endpointLearning } from './0002-endpoint-learning.js';
import type { Migration } from './migration.js';

/** All steps, in order. */
export const migrations: readonly Migration[] = [initialSchema, endpointLearning];
