import { assertHealthSample, type HealthSample } from './health-sample.js';
import { completeHealthScoreOptions, type HealthScoreOptions } from './health-score-options.js';
import { toHealthStatus, type HealthStatus } from './health-status.js';

/** What takes points away. */
export type HealthContributor = keyof HealthScoreOptions;

/** The points that one contributor takes, and why. */
export interface HealthPenalty {
  readonly name: HealthContributor;
  /** Points taken, 0 to `cap`, to two decimals. */
  readonly value: number;
  /** The most that this contributor can take. */
  readonly cap: number;
  /** The numbers it was computed from. */
  readonly evidence: Readonly<Record<string, number>>;
  /** The evidence as a sentence for people. */
  readonly explanation: string;
}

/** A score with its account. */
export interface HealthScore {
  /** 0 to 100, to two decimals. */
  readonly score: number;
  readonly status: HealthStatus;
  /** One per contributor, always all five and in the same order; those that take nothing have the value 0. */
  readonly penalties: readonly HealthPenalty[];
}

/**
 * 100 minus the penalties, never below 0.
 *
 * - success: 50 × (1 − success rate), at most 50
 * - errors: 30 × min(1, errored ÷ deliveries), at most 30
 * - latency: 4 for each second of average response above 5 s, at most 20
 * - breakers: 10 for each open one, at most 30
 * - backlog: 20 × the age of the oldest due delivery, counted from 60 s over 900 s, at most 20
 *
 * Without deliveries the first three are 0: no traffic is not bad health. Throws `VALIDATION_FAILED` for an impossible
 * sample and `CONFIG_INVALID` for impossible options.
 */
export function calculateHealthScore(sample: HealthSample, options: HealthScoreOptions = {}): HealthScore {
  assertHealthSample(sample);
  const { success, errors, latency, breakers, backlog } = completeHealthScoreOptions(options);
  const { deliveries, succeeded, errored } = sample;
  const averageResponseMs = sample.averageResponseMs ?? 0;
  const openBreakers = sample.openBreakers ?? 0;
  const oldestDueAgeMs = sample.oldestDueAgeMs ?? 0;
  const hasTraffic = deliveries > 0;
  const failed = deliveries - succeeded;
  const slowByMs = hasTraffic ? Math.max(0, averageResponseMs - latency.toleratedMs) : 0;
  const lateShare = Math.min(1, Math.max(0, (oldestDueAgeMs - backlog.toleratedMs) / backlog.rampMs));

  const penalties: readonly HealthPenalty[] = [
    {
      name: 'success',
      // Multiplied before it is divided: 50 × 0.1 is then exactly 5.
      value: toPoints(hasTraffic ? (success.weight * failed) / deliveries : 0, success.cap),
      cap: success.cap,
      evidence: { deliveries, succeeded },
      explanation: hasTraffic
        ? `${String(failed)} of ${String(deliveries)} deliveries did not succeed`
        : 'no deliveries ended',
    },
    {
      name: 'errors',
      value: toPoints(hasTraffic ? (errors.weight * Math.min(deliveries, errored)) / deliveries : 0, errors.cap),
      cap: errors.cap,
      evidence: { deliveries, errored },
      explanation: `the last attempt of ${String(errored)} deliveries failed by an error`,
    },
    {
      name: 'latency',
      value: toPoints((latency.weight * slowByMs) / 1000, latency.cap),
      cap: latency.cap,
      evidence: { averageResponseMs, toleratedMs: latency.toleratedMs },
      explanation: `answers took ${toSeconds(averageResponseMs)} on average, ${toSeconds(latency.toleratedMs)} are tolerated`,
    },
    {
      name: 'breakers',
      value: toPoints(breakers.weight * openBreakers, breakers.cap),
      cap: breakers.cap,
      evidence: { openBreakers },
      explanation: `${String(openBreakers)} circuit breakers are open`,
    },
    {
      name: 'backlog',
      value: toPoints(backlog.weight * lateShare, backlog.cap),
      cap: backlog.cap,
      evidence: { oldestDueAgeMs, toleratedMs: backlog.toleratedMs, rampMs: backlog.rampMs },
      explanation: `the oldest due delivery waits ${toSeconds(oldestDueAgeMs)}, ${toSeconds(backlog.toleratedMs)} are tolerated`,
    },
  ];
  const total = penalties.reduce((sum, { value }) => sum + value, 0);
  const score = Math.max(0, round(100 - total));
  return { score, status: toHealthStatus(score), penalties };
}

function toPoints(points: number, cap: number): number {
  return round(Math.min(cap, points));
}

// Two decimals: the parts then add up to the whole for whoever reads them, and the status is that of the shown score.
function round(points: number): number {
  return Math.round(points * 100) / 100;
}

function toSeconds(durationMs: number): string {
  return `${String(round(durationMs / 1000))} s`;
}
