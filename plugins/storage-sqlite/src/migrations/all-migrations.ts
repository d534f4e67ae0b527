import { initialSchema } from './0001-initial-schema.js';
import { endpointLearning } from './0002-endpoint-learning.js';
import { failureRuns } from './0003-failure-runs.js';
import { jobLocks } from './0004-job-locks.js';
import { settings } from './0005-settings.js';
import { requestsTokensAudit } from './0006-requests-tokens-audit.js';
import { tasks } from './0007-tasks.js';
import { learnedGeneration } from './0009-learned-generation.js';
import { orderedDeliveries } from './0010-ordered-deliveries.js';
import { deliverySearch } from './0012-delivery-search.js';
import { endpointFilters } from './0013-endpoint-filters.js';
import { rollupSummaries } from './0014-rollup-summaries.js';
import { endpointCounts } from './0040-endpoint-counts.js';
import type { Migration } from './migration.js';

/** Every migration, in order. */
export const allMigrations: readonly Migration[] = [
  initialSchema,
  endpointLearning,
  failureRuns,
  jobLocks,
  settings,
  requestsTokensAudit,
  tasks,
  learnedGeneration,
  orderedDeliveries,
  deliverySearch,
  endpointFilters,
  rollupSummaries,
  endpointCounts,
];
