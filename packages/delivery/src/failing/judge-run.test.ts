import type { FailureRun, QuarterCounts, RollupSummary, SummarySpan } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { readEvidence } from './failure-evidence.js';
import { judgeRun } from './judge-run.js';

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 0, 5, 10, 7, 30);
const hoursIn = (hours: number): Date => new Date(startMs + hours * hourMs);
const scope = { environmentId: 'env_1', applicationId: 'app_1', endpointId: 'ep_1', eventType: '' };

/** A bucket of which only the quarters count. */
function bucket(bucketAt: Date, spanMinutes: SummarySpan, quarters: Record<string, QuarterCounts>): RollupSummary {
  return {
    ...{ ...scope, bucketAt, spanMinutes, quarters },
    ...{ attempts: 0, failedAttempts: 0, retries: 0, maxAttemptNumber: 0, delivered: 0, deadLettered: 0, cancelled: 0 },
    ...{ durationSumMs: 0, durationMinMs: 0, durationMaxMs: 0, durations: {}, errors: {}, events: {} },
  };
}

const failed: QuarterCounts = [0, 0, 3, 3];
const succeeded: QuarterCounts = [1, 0, 1, 0];

describe('the evidence of rollups', () => {
  const since = new Date(startMs);
  const dayAt = new Date(Date.UTC(2026, 0, 5));

  it('adds up minutes, hours and days, and leaves out what was before', () => {
    const summaries = [
      bucket(dayAt, 1440, { 39: failed, 40: failed, 95: failed }),
      bucket(new Date(Date.UTC(2026, 0, 6, 1)), 60, { 0: failed }),
      bucket(new Date(Date.UTC(2026, 0, 6, 3, 5)), 1, { 0: failed }),
    ];
    expect(readEvidence(summaries, since)).toEqual({
      attempts: 12,
      lastFailureMs: Date.UTC(2026, 0, 6, 3, 5),
      lastSuccessMs: undefined,
    });
  });

  it('takes a success in the bucket of the beginning for a later one, and one before it for none', () => {
    const lastSuccess = (...summaries: RollupSummary[]): number | undefined =>
      readEvidence(summaries, since).lastSuccessMs;
    expect(lastSuccess(bucket(dayAt, 1440, { 39: succeeded }))).toBeUndefined();
    expect(lastSuccess(bucket(dayAt, 1440, { 40: succeeded }))).toBe(Date.UTC(2026, 0, 5, 10, 15));
    expect(lastSuccess(bucket(new Date(Date.UTC(2026, 0, 5, 10, 6)), 1, { 0: succeeded }))).toBeUndefined();
    expect(lastSuccess(bucket(new Date(Date.UTC(2026, 0, 5, 10, 7)), 1, { 0: succeeded }))).toBe(
      Date.UTC(2026, 0, 5, 10, 8),
    );
  });
});

describe('a failure run', () => {
  const run = (notices = 0): FailureRun => ({
    ...{ environmentId: 'env_1', applicationId: 'app_1', endpointId: 'ep_1' },
    ...{ failingSince: new Date(startMs), notices },
  });
  const judge = (
    { notices = 0, attempts = 20, nowHours = 0 }: { notices?: number; attempts?: number; nowHours?: number },
    lastFailureHours: number | undefined,
    lastSuccessHours?: number,
  ) => {
    const inMs = (hours: number | undefined): number | undefined => hours && hoursIn(hours).getTime();
    const evidence = { attempts, lastFailureMs: inMs(lastFailureHours), lastSuccessMs: inMs(lastSuccessHours) };
    const now = hoursIn(nowHours || (lastFailureHours ?? 0));
    return judgeRun(run(notices), evidence, { now, disableAfterMs: 120 * hourMs });
  };

  it('is told of after 24 and 72 hours, once each, the later one alone when both are due', () => {
    expect(judge({}, 23.9)).toEqual({ kind: 'wait' });
    expect(judge({}, 24)).toEqual({ kind: 'notice', stage: '24h', notices: 1 });
    expect(judge({ notices: 1 }, 71.9)).toEqual({ kind: 'wait' });
    expect(judge({ notices: 1 }, 72)).toEqual({ kind: 'notice', stage: '72h', notices: 2 });
    expect(judge({}, 72)).toEqual({ kind: 'notice', stage: '72h', notices: 2 });
    expect(judge({ notices: 2 }, 119.9)).toEqual({ kind: 'wait' });
  });

  it('disables its endpoint after the time, noticed or not', () => {
    expect(judge({}, 120)).toEqual({ kind: 'disable' });
    expect(judge({ notices: 2 }, 130)).toEqual({ kind: 'disable' });
  });

  it('waits while there are fewer than twenty attempts', () => {
    expect(judge({ attempts: 19 }, 119)).toEqual({ kind: 'wait' });
    expect(judge({ attempts: 19 }, 200)).toEqual({ kind: 'wait' });
  });

  it('lasts to its last failure, not to now; long after that it is over', () => {
    expect(judge({ nowHours: 100 }, 10)).toEqual({ kind: 'wait' });
    expect(judge({ nowHours: 131 }, 10)).toEqual({ kind: 'correct', next: undefined });
    expect(judge({ nowHours: 131 }, undefined)).toEqual({ kind: 'correct', next: undefined });
  });

  it('begins anew after a success, and is over when nothing failed since', () => {
    expect(judge({ notices: 2 }, 130, 60)).toEqual({
      kind: 'correct',
      next: { failingSince: hoursIn(60), notices: 0 },
    });
    expect(judge({ notices: 2 }, 130, 130.1)).toEqual({ kind: 'correct', next: undefined });
  });
});
