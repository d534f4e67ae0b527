import { initialSchema } from './0001-initial-schema.js';
import { endpointLearning } from './0002-endpoint-learning.js';
import type { Migration } from './migration.js';

/** Every migration, in order. */
export const allMigrations: readonly Migration[] = [initialSchema, endpointLearning];
