import type { CheckOutcome, HealthCheck } from '../ports/health-check.js';

/** The answer of one check, now or a moment ago. */
export interface CheckResult extends CheckOutcome {
  readonly name: string;
  readonly criticality: HealthCheck['criticality'];
  /** When the check was made. */
  readonly checkedAt: Date;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
}

/** All checks at one glance. */
export interface HealthReport {
  /** `down` when a critical check is down, `degraded` when anything else is not up, else `up`. */
  readonly status: CheckOutcome['status'];
  readonly checkedAt: Date;
  /** In the order in which the checks were added. */
  readonly checks: readonly CheckResult[];
}

/** Sums up results as `HealthReport.status` says. */
export function toOverallStatus(checks: readonly CheckResult[]): CheckOutcome['status'] {
  if (checks.some(({ criticality, status }) => criticality === 'critical' && status === 'down')) return 'down';
  return checks.every(({ status }) => status === 'up') ? 'up' : 'degraded';
}
