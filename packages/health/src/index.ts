// Score
export type { HealthSample } from './score/health-sample.js';
export {
  calculateHealthScore,
  type HealthContributor,
  type HealthPenalty,
  type HealthScore,
} from './score/health-score.js';
export {
  defaultHealthScoreOptions,
  type CompleteHealthScoreOptions,
  type HealthScoreOptions,
} from './score/health-score-options.js';
export { toHealthStatus, type HealthStatus } from './score/health-status.js';

// Checks and probes
export type { CheckResult, HealthReport } from './checks/check-result.js';
export {
  createHealthRegistry,
  type HealthRegistry,
  type ProbeResult,
  type ProcessPhase,
  type ReadinessResult,
} from './checks/health-registry.js';
export { HealthChecks, type CheckOutcome, type HealthCheck } from './ports/health-check.js';
