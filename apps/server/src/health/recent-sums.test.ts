import { emptyRollupSums, type RollupSummary } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { sumSince } from './recent-sums.js';

const hourMs = 3_600_000;
const scope = { environmentId: 'env_1', applicationId: '', endpointId: '', eventType: '' };

function summary(params: Partial<RollupSummary> & { atMinute: number }): RollupSummary {
  const { atMinute, ...given } = params;
  return {
    ...scope,
    ...emptyRollupSums(),
    bucketAt: new Date(atMinute * 60_000),
    spanMinutes: 1,
    quarters: {},
    ...given,
  };
}

describe('sumSince', () => {
  it('takes minutes whole, from the instant on', () => {
    const minute = (atMinute: number) =>
      summary({ atMinute, attempts: 4, retries: 1, durationSumMs: 80, quarters: { 0: [3, 1, 4, 1] } });
    expect(sumSince([minute(59), minute(60), minute(119)], hourMs)).toEqual({
      ...{ attempts: 8, retries: 2, delivered: 6, deadLettered: 2, durationSumMs: 160 },
    });
  });

  it('takes of an hour the quarters that ended later, and the rest in proportion', () => {
    const hour = summary({
      ...{
        atMinute: 0,
        spanMinutes: 60,
        attempts: 40,
        retries: 8,
        delivered: 36,
        deadLettered: 4,
        durationSumMs: 4_000,
      },
      quarters: { 0: [9, 1, 10, 1], 1: [9, 1, 10, 1], 2: [18, 2, 20, 2] },
    });
    const since = (minutes: number) => sumSince([hour], minutes * 60_000);
    const whole = { attempts: 40, retries: 8, delivered: 36, deadLettered: 4, durationSumMs: 4_000 };
    expect(since(0)).toEqual(whole);
    expect(since(10)).toEqual(whole);
    expect(since(15)).toEqual({ attempts: 30, retries: 6, delivered: 27, deadLettered: 3, durationSumMs: 3_000 });
    expect(since(44)).toEqual({ attempts: 20, retries: 4, delivered: 18, deadLettered: 2, durationSumMs: 2_000 });
    expect(since(60)).toEqual({ attempts: 0, retries: 0, delivered: 0, deadLettered: 0, durationSumMs: 0 });
  });

  it('counts endings without an attempt', () => {
    const ended = summary({ atMinute: 60, deadLettered: 5, quarters: { 0: [0, 5, 0, 0] } });
    expect(sumSince([ended], hourMs)).toMatchObject({ deadLettered: 5, attempts: 0 });
  });
});
