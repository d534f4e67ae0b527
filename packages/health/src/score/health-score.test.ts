import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HealthSample } from './health-sample.js';
import { calculateHealthScore } from './health-score.js';
import { toHealthStatus } from './health-status.js';

describe('the golden cases', () => {
  it.each<[name: string, sample: HealthSample, score: number, status: string]>([
    [
      'all delivered at 0.1 s',
      { deliveries: 100, succeeded: 100, errored: 0, averageResponseMs: 100 },
      100,
      'excellent',
    ],
    [
      '90 of 100, 10 errored, 0.2 s',
      { deliveries: 100, succeeded: 90, errored: 10, averageResponseMs: 200 },
      92,
      'excellent',
    ],
    ['50 of 100', { deliveries: 100, succeeded: 50, errored: 50 }, 60, 'fair'],
    ['all failed', { deliveries: 100, succeeded: 0, errored: 100 }, 20, 'critical'],
    ['all delivered at 8 s', { deliveries: 100, succeeded: 100, errored: 0, averageResponseMs: 8000 }, 88, 'good'],
    ['two breakers open', { deliveries: 100, succeeded: 100, errored: 0, openBreakers: 2 }, 80, 'good'],
    [
      'all failed, 12 s, five breakers open',
      { deliveries: 100, succeeded: 0, errored: 100, averageResponseMs: 12_000, openBreakers: 5 },
      0,
      'critical',
    ],
    [
      'the oldest due delivery 510 s old',
      { deliveries: 1, succeeded: 1, errored: 0, oldestDueAgeMs: 510_000 },
      90,
      'excellent',
    ],
    ['nothing at all', { deliveries: 0, succeeded: 0, errored: 0 }, 100, 'excellent'],
    // Errors and response times of attempts whose deliveries have not ended say nothing about the hour.
    [
      'no delivery ended',
      { deliveries: 0, succeeded: 0, errored: 3, averageResponseMs: 60_000, openBreakers: 1 },
      90,
      'excellent',
    ],
  ])('%s', (_name, sample, score, status) => {
    expect(calculateHealthScore(sample)).toMatchObject({ score, status });
  });
});

describe('the account of a score', () => {
  it('names every contributor with what it takes and from which evidence', () => {
    const { penalties } = calculateHealthScore({
      deliveries: 200,
      succeeded: 150,
      errored: 20,
      averageResponseMs: 6500,
      openBreakers: 7,
      oldestDueAgeMs: 5_000_000,
    });
    expect(penalties).toEqual([
      {
        name: 'success',
        value: 12.5,
        cap: 50,
        evidence: { deliveries: 200, succeeded: 150 },
        explanation: '50 of 200 deliveries did not succeed',
      },
      {
        name: 'errors',
        value: 3,
        cap: 30,
        evidence: { deliveries: 200, errored: 20 },
        explanation: 'the last attempt of 20 deliveries failed by an error',
      },
      {
        name: 'latency',
        value: 6,
        cap: 20,
        evidence: { averageResponseMs: 6500, toleratedMs: 5000 },
        explanation: 'answers took 6.5 s on average, 5 s are tolerated',
      },
      {
        name: 'breakers',
        value: 30,
        cap: 30,
        evidence: { openBreakers: 7 },
        explanation: '7 circuit breakers are open',
      },
      {
        name: 'backlog',
        value: 20,
        cap: 20,
        evidence: { oldestDueAgeMs: 5_000_000, toleratedMs: 60_000, rampMs: 900_000 },
        explanation: 'the oldest due delivery waits 5000 s, 60 s are tolerated',
      },
    ]);
  });

  it('follows the options', () => {
    const sample = { deliveries: 10, succeeded: 0, errored: 10, averageResponseMs: 3000, openBreakers: 1 };
    const { score, penalties } = calculateHealthScore(sample, {
      success: { weight: 80, cap: 60 },
      errors: { weight: undefined, cap: 0 },
      latency: { toleratedMs: 1000 },
    });
    expect(penalties.map(({ value }) => value)).toEqual([60, 0, 8, 10, 0]);
    expect(score).toBe(22);
  });
});

describe('the status', () => {
  it.each([
    [100, 'excellent'],
    [90, 'excellent'],
    [89.99, 'good'],
    [75, 'good'],
    [74.99, 'fair'],
    [50, 'fair'],
    [49.99, 'poor'],
    [25, 'poor'],
    [24.99, 'critical'],
    [0, 'critical'],
  ])('of %d is %s', (score, status) => {
    expect(toHealthStatus(score)).toBe(status);
  });
});

describe('properties', () => {
  const amount = fc.nat({ max: 1_000_000 });
  const optional = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined });
  const samples: fc.Arbitrary<HealthSample> = fc
    .record({
      deliveries: amount,
      failed: amount,
      errored: amount,
      averageResponseMs: optional,
      openBreakers: fc.option(fc.nat({ max: 50 }), { nil: undefined }),
      oldestDueAgeMs: optional,
    })
    .map(({ failed, ...sample }) => ({ ...sample, succeeded: Math.max(0, sample.deliveries - failed) }));

  it('the score lies between 0 and 100, and is what the penalties leave', () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const { score, penalties, status } = calculateHealthScore(sample);
        const total = penalties.reduce((sum, { value }) => sum + value, 0);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(score).toBeCloseTo(Math.max(0, 100 - total), 6);
        expect(status).toBe(toHealthStatus(score));
        for (const { value, cap } of penalties) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(cap);
        }
      }),
    );
  });

  it('more successes never lower the score', () => {
    fc.assert(
      fc.property(samples, fc.nat({ max: 1000 }), (sample, more) => {
        const { score } = calculateHealthScore(sample);
        const sameTraffic = { ...sample, succeeded: Math.min(sample.deliveries, sample.succeeded + more) };
        expect(calculateHealthScore(sameTraffic).score).toBeGreaterThanOrEqual(score);
        if (sample.deliveries === 0) return;
        const moreTraffic = {
          ...sample,
          deliveries: sample.deliveries + more,
          succeeded: sample.succeeded + more,
        };
        expect(calculateHealthScore(moreTraffic).score).toBeGreaterThanOrEqual(score);
      }),
    );
  });

  it('more errors, time, open breakers or backlog never raise it', () => {
    const worse = fc.constantFrom('errored', 'averageResponseMs', 'openBreakers', 'oldestDueAgeMs');
    fc.assert(
      fc.property(samples, worse, amount, (sample, field, more) => {
        const worsened = { ...sample, [field]: (sample[field] ?? 0) + more };
        expect(calculateHealthScore(worsened).score).toBeLessThanOrEqual(calculateHealthScore(sample).score);
      }),
    );
  });
});

describe('refusals', () => {
  const sample = { deliveries: 10, succeeded: 5, errored: 5 };

  it.each([
    [{ ...sample, succeeded: 11 }, /11 of 10 deliveries succeeded/],
    [{ ...sample, errored: -1 }, /errored is -1/],
    [{ ...sample, averageResponseMs: Number.NaN }, /averageResponseMs is NaN/],
  ])('of the sample %j', (broken, message) => {
    expect(() => calculateHealthScore(broken)).toThrow(message);
  });

  it.each([
    [{ success: { weight: -1 } }, /success\.weight is -1/],
    [{ backlog: { rampMs: 0 } }, /backlog\.rampMs is 0; expected a finite number above 0/],
    [{ latency: { cap: Number.POSITIVE_INFINITY } }, /latency\.cap is Infinity/],
  ])('of the options %j', (options, message) => {
    expect(() => calculateHealthScore(sample, options)).toThrow(message);
  });
});
