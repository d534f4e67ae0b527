import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom, FakeClock } from '@postrider/core/testing';
import { createMemoryAnalyticsStore } from './analytics-store.js';
import { createAnalytics, type Analytics } from './create-analytics.js';
import type { TrackedEvent } from './tracked-event.js';

const startAt = new Date('2026-03-20T00:00:00.000Z');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function setUp() {
  const clock = new FakeClock({ startAt });
  const store = createMemoryAnalyticsStore();
  const writer = (seed: number): Analytics => createAnalytics({ store, clock, random: createSeededRandom(seed) });
  return { clock, store, writer, analytics: writer(1) };
}

const delivery = (given: Partial<TrackedEvent> = {}): TrackedEvent =>
  ({ kind: 'delivery', endpointId: 'ep', eventType: 'a', durationMs: 100, ...given }) as TrackedEvent;
const deadLetter = (given: Partial<TrackedEvent> = {}): TrackedEvent =>
  ({ ...delivery(), kind: 'error', errorKind: 'http_500', final: true, ...given }) as TrackedEvent;

describe('report', () => {
  it('is all zeros for an empty period, and never NaN', async () => {
    const { analytics } = setUp();
    const report = await analytics.report({ from: startAt, to: startAt });
    expect(report).toMatchObject({
      totalEvents: 0,
      deliveries: 0,
      successRate: 0,
      topEndpoints: [],
      errorBreakdown: {},
    });
    expect(Object.keys(report.hourlyDistribution)).toHaveLength(24);
    expect(JSON.stringify(report)).not.toMatch(/null/u);
  });

  it('counts deliveries, errors, rate limits and circuit breakers', async () => {
    const { analytics } = setUp();
    await analytics.track(delivery({ durationMs: 200 }));
    await analytics.track(deadLetter({ attemptNumber: 3, durationMs: 400 }));
    await analytics.track({ kind: 'error', endpointId: 'ep', eventType: 'a', errorKind: 'timeout', durationMs: 600 });
    await analytics.track({ kind: 'rate_limit', endpointId: 'ep' });
    await analytics.track({ kind: 'circuit_breaker', endpointId: 'ep' });
    const report = await analytics.report({ from: startAt, to: new Date(startAt.getTime() + 1) });
    expect(report).toMatchObject({
      periodStart: startAt,
      periodEnd: new Date(startAt.getTime() + hourMs),
      totalEvents: 5,
      events: { delivery: 1, error: 2, rate_limit: 1, circuit_breaker: 1 },
      ...{ deliveries: 2, successRate: 0.5, attemptSuccessRate: 1 / 3, averageResponseTime: 0.4 },
      topEndpoints: [{ endpointId: 'ep', count: 2 }],
      errorBreakdown: { http_500: 1, timeout: 1 },
      hourlyDistribution: { 0: 2 },
      performance: { min: 0.2, max: 0.6, averageRetryCount: 0.5, maxRetryCount: 2, retryRate: 1 / 3 },
    });
  });

  it('tells the hours of the time zone, over the change to daylight saving', async () => {
    const { clock, analytics } = setUp();
    await clock.advance(Date.parse('2026-03-29T00:30:00Z') - startAt.getTime());
    await analytics.track(delivery()); // 01:30 in Berlin
    await clock.advance(hourMs);
    await analytics.track(delivery()); // 03:30: there is no 02:30
    const query = { from: startAt, to: clock.now() };
    const { hourlyDistribution } = await analytics.report({ ...query, timeZone: 'Europe/Berlin' });
    expect(hourlyDistribution).toMatchObject({ 1: 1, 2: 0, 3: 1 });
    const nepal = await analytics.report({ ...query, timeZone: 'Asia/Kathmandu' });
    expect(nepal.hourlyDistribution).toMatchObject({ 6: 1, 7: 1 });
  });

  it('equals what the raw events say, for any history, writers, range and compaction', async () => {
    const event = fc.record({
      gapMinutes: fc.integer({ min: 0, max: 900 }),
      writer: fc.integer({ min: 0, max: 2 }),
      endpoint: fc.constantFrom('ep_a', 'ep_b'),
      durationMs: fc.integer({ min: 1, max: 20_000 }),
      isFailed: fc.boolean(),
      attemptNumber: fc.integer({ min: 1, max: 5 }),
      compact: fc.boolean(),
    });
    const history = fc.array(event, { minLength: 1, maxLength: 60 });
    const range = fc.record({ from: fc.integer({ min: 0, max: 400 }), length: fc.integer({ min: 0, max: 400 }) });
    await fc.assert(
      fc.asyncProperty(history, range, async (events, { from, length }) => {
        const { clock, store, writer } = setUp();
        const writers = [writer(1), writer(2), writer(3)];
        const raw: { atMs: number; event: (typeof events)[number] }[] = [];
        for (const each of events) {
          await clock.advance(each.gapMinutes * minuteMs);
          const { endpoint: endpointId, durationMs, attemptNumber } = each;
          const given = { endpointId, durationMs, attemptNumber };
          await writers[each.writer]?.track(each.isFailed ? deadLetter(given) : delivery(given));
          raw.push({ atMs: clock.nowMs(), event: each });
          const hoursBefore = new Date(clock.nowMs() - minuteMs);
          const daysBefore = new Date(clock.nowMs() - 8 * dayMs);
          if (each.compact) await store.compactRollups({ hoursBefore, daysBefore });
        }
        const asked = {
          from: new Date(startAt.getTime() + from * hourMs),
          to: new Date(startAt.getTime() + (from + length) * hourMs),
        };
        const report = await writer(4).report(asked);
        const inside = raw.filter(
          ({ atMs }) => atMs >= report.periodStart.getTime() && atMs < report.periodEnd.getTime(),
        );
        expect(report.periodStart.getTime()).toBeLessThanOrEqual(asked.from.getTime());
        expect(report.periodEnd.getTime()).toBeGreaterThanOrEqual(asked.to.getTime());
        const failed = inside.filter(({ event: { isFailed } }) => isFailed).length;
        expect(report.deliveries).toBe(inside.length);
        expect(report.events).toMatchObject({ delivery: inside.length - failed, error: failed });
        expect(report.errorBreakdown).toEqual(failed === 0 ? {} : { http_500: failed });
        expect(report.successRate).toBe(inside.length === 0 ? 0 : (inside.length - failed) / inside.length);
        const hours = Array.from(
          { length: 24 },
          (_, hour) => inside.filter(({ atMs }) => new Date(atMs).getUTCHours() === hour).length,
        );
        expect(Object.values(report.hourlyDistribution)).toEqual(hours);
        const durations = inside.map(({ event: { durationMs } }) => durationMs / 1_000).sort((a, b) => a - b);
        for (const [name, rank] of [
          ['p50', 0.5],
          ['p95', 0.95],
          ['p99', 0.99],
        ] as const) {
          const exact = durations[Math.floor(rank * (durations.length - 1))] ?? 0;
          expect(Math.abs(report.performance[name] - exact)).toBeLessThanOrEqual(exact * 0.0101);
        }
        expect(report.performance.min).toBe(durations[0] ?? 0);
        expect(report.performance.max).toBe(durations.at(-1) ?? 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('endpoint', () => {
  const query = { applicationId: 'default', endpointId: 'ep' };

  it('tells each day of the time zone, empty ones too', async () => {
    const { clock, analytics } = setUp();
    await clock.advance(22.5 * hourMs);
    await analytics.track(delivery());
    await analytics.track(deadLetter());
    await clock.advance(2 * dayMs);
    const { daily } = await analytics.endpoint({ ...query, days: 2, timeZone: 'Asia/Kolkata' });
    expect(daily).toEqual([
      { date: '2026-03-21', deliveries: 2, errors: 1, successRate: 0.5 },
      { date: '2026-03-22', deliveries: 0, errors: 0, successRate: 0 },
      { date: '2026-03-23', deliveries: 0, errors: 0, successRate: 0 },
    ]);
  });

  it.each([
    { first: 10, second: 4, direction: 'declining' },
    { first: 4, second: 10, direction: 'improving' },
    { first: 9, second: 9, direction: 'stable' },
  ])('calls $first, then $second of 10 delivered $direction', async ({ first, second, direction }) => {
    const { clock, analytics } = setUp();
    for (const delivered of [first, second]) {
      await clock.advance(hourMs);
      for (let index = 0; index < 10; index += 1) await analytics.track(index < delivered ? delivery() : deadLetter());
    }
    const { trend } = await analytics.endpoint(query);
    expect(trend).toEqual({ direction, firstHalfSuccessRate: first / 10, secondHalfSuccessRate: second / 10 });
  });

  it('says when there are too few deliveries to tell', async () => {
    const { analytics } = setUp();
    for (let index = 0; index < 9; index += 1) await analytics.track(delivery());
    expect((await analytics.endpoint(query)).trend.direction).toBe('insufficient_data');
  });
});

describe('timeseries', () => {
  it('has a point for every step, zeros too', async () => {
    const { clock, analytics } = setUp();
    await clock.advance(hourMs);
    await analytics.track(delivery());
    await clock.advance(hourMs);
    const { points } = await analytics.timeseries({
      metric: 'deliveries',
      step: 'hour',
      from: startAt,
      to: clock.now(),
    });
    expect(points).toEqual([
      { at: startAt, value: 0 },
      { at: new Date(startAt.getTime() + hourMs), value: 1 },
    ]);
  });
});

describe('questions that cannot be answered', () => {
  const range = { from: startAt, to: startAt };
  const invalid = new Date(Number.NaN);
  it.each<[string, (analytics: Analytics) => Promise<unknown>]>([
    ['from', (analytics) => analytics.report({ from: new Date(startAt.getTime() + 1), to: startAt })],
    ['from', (analytics) => analytics.report({ from: new Date(0), to: startAt })],
    ['to', (analytics) => analytics.report({ from: startAt, to: invalid })],
    ['timeZone', (analytics) => analytics.report({ ...range, timeZone: 'Mars/Olympus' })],
    ['days', (analytics) => analytics.endpoint({ applicationId: 'a', endpointId: 'e', days: 0 })],
    ['metric', (analytics) => analytics.timeseries({ ...range, metric: 'constructor', step: 'hour' })],
    ['step', (analytics) => analytics.timeseries({ ...range, metric: 'attempts', step: 'week' })],
    ['durationMs', (analytics) => analytics.track(delivery({ durationMs: Number.NaN }))],
    ['errorKind', (analytics) => analytics.track(deadLetter({ errorKind: '__proto__' }))],
    ['eventType', (analytics) => analytics.track(delivery({ eventType: '*' }))],
  ])('name the field: %s', async (field, ask) => {
    const { analytics } = setUp();
    await expect(ask(analytics)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', details: { field } });
  });
});
