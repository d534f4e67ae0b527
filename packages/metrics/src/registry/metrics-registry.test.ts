import { FakeClock } from '@postrider/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineMetrics } from '../catalogue/metric-definition.js';
import { createMetrics, createMetricsFor } from './metrics-registry.js';
import { noopMetrics } from './noop-metrics.js';

function setUp(retentionHours?: number) {
  const clock = new FakeClock();
  const metrics = createMetrics({ clock, retentionHours });
  metrics.start();
  return { clock, metrics };
}

function snapshotOf(metrics: ReturnType<typeof createMetrics>, wanted: string) {
  return metrics.collect().find(({ name }) => name === wanted);
}

describe('recording', () => {
  it('adds to counters, sets gauges and fills the buckets of histograms', () => {
    const { metrics } = setUp();
    const hits = metrics.counter('webhook_rate_limit_hits', { scope: 'api' });
    hits.add();
    hits.add(2.5);
    const queue = metrics.gauge('webhook_queue_size', { state: 'due' });
    queue.set(7);
    queue.add(-3);
    const sizes = metrics.histogram('webhook_publish_batch_size');
    for (const size of [1, 2, 3, 5, 1000]) sizes.record(size);

    expect(snapshotOf(metrics, 'webhook_rate_limit_hits')).toEqual({
      name: 'webhook_rate_limit_hits',
      type: 'counter',
      help: 'Sends or calls that a rate limit held back.',
      labelNames: ['scope'],
      series: [{ labels: { scope: 'api' }, value: 3.5 }],
    });
    expect(snapshotOf(metrics, 'webhook_queue_size')?.series).toEqual([{ labels: { state: 'due' }, value: 4 }]);
    const [sizeSeries] = snapshotOf(metrics, 'webhook_publish_batch_size')?.series ?? [];
    expect(sizeSeries).toMatchObject({ labels: {}, value: 1011, count: 5 });
    expect(sizeSeries?.buckets?.map(({ upTo, count }) => [upTo, count])).toEqual([
      [1, 1],
      [2, 2],
      [5, 4],
      [10, 4],
      [20, 4],
      [50, 4],
      [100, 4],
      [200, 4],
      [500, 4],
      [Infinity, 5],
    ]);
  });

  it('ignores what is no number, and a counter that should go back', () => {
    const { metrics } = setUp();
    const hits = metrics.counter('webhook_rate_limit_hits', { scope: 'api' });
    const age = metrics.gauge('webhook_oldest_due_age_seconds');
    const sizes = metrics.histogram('webhook_publish_batch_size');
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      hits.add(value);
      age.set(value);
      age.add(value);
      sizes.record(value);
    }
    hits.add(-1);
    expect(snapshotOf(metrics, 'webhook_rate_limit_hits')?.series).toMatchObject([{ value: 0 }]);
    expect(snapshotOf(metrics, 'webhook_oldest_due_age_seconds')?.series).toEqual([]);
    expect(snapshotOf(metrics, 'webhook_publish_batch_size')?.series).toMatchObject([{ value: 0, count: 0 }]);
  });

  it('gives the same series for equal labels', () => {
    const { metrics } = setUp();
    expect(metrics.counter('webhook_attempts_total', { kind: 'timeout', outcome: 'failed' })).toBe(
      metrics.counter('webhook_attempts_total', { outcome: 'failed', kind: 'timeout' }),
    );
  });

  it('is possible where nothing is kept', () => {
    noopMetrics.counter('webhook_rate_limit_hits', { scope: 'api' }).add();
    noopMetrics.gauge('webhook_oldest_due_age_seconds').set(1);
    expect(noopMetrics.histogram('webhook_publish_batch_size').record(1)).toBeUndefined();
  });
});

describe('labels', () => {
  it('of a closed list accept nothing else, as types and as values', () => {
    const { metrics } = setUp();
    // @ts-expect-error moon is not a scope
    metrics.counter('webhook_rate_limit_hits', { scope: 'moon' }).add();
    // @ts-expect-error the scope is missing
    metrics.counter('webhook_rate_limit_hits', {}).add();
    // @ts-expect-error there is no such counter
    expect(() => metrics.counter('webhook_queue_size', { state: 'due' })).toThrow(/no counter "webhook_queue_size"/);
    expect(snapshotOf(metrics, 'webhook_rate_limit_hits')?.series).toEqual([{ labels: { scope: 'other' }, value: 2 }]);
  });

  it('of an open list are bounded, whoever chooses the values', () => {
    const { metrics } = setUp();
    for (let turn = 0; turn < 1000; turn += 1) {
      metrics
        .counter('webhook_deliveries_total', { outcome: 'delivered', event_type: `type.${String(turn % 150)}` })
        .add();
    }
    const series = snapshotOf(metrics, 'webhook_deliveries_total')?.series ?? [];
    expect(series).toHaveLength(101);
    const total = series.reduce((sum, { value }) => sum + value, 0);
    expect(total).toBe(1000);
    const other = series.find(({ labels }) => labels.event_type === 'other');
    expect(other?.value).toBe(300); // 50 types beyond the first 100, six times each
  });
});

describe('a window', () => {
  it('over a counter: increase, rate and total', async () => {
    const { clock, metrics } = setUp();
    const hits = metrics.counter('webhook_rate_limit_hits', { scope: 'api' });
    hits.add(100);
    await clock.advance(60_000);
    hits.add(10);
    await clock.advance(10_000);
    hits.add(20);
    await clock.advance(10_000);
    const metric = 'webhook_rate_limit_hits';
    expect(metrics.window({ metric, windowSeconds: 20 })).toEqual({ count: 30, average: 1.5, latest: 130 });
    expect(metrics.window({ metric, windowSeconds: 10 })).toEqual({ count: 20, average: 2, latest: 130 });
    expect(metrics.window({ metric, windowSeconds: 3600 })).toEqual({ count: 130, average: 130 / 80, latest: 130 });
    hits.add(5); // in the open step, seen at once
    expect(metrics.window({ metric, windowSeconds: 10 }).count).toBe(25);
  });

  it('over a histogram: observations, mean and the last one', async () => {
    const { clock, metrics } = setUp();
    const metric = 'webhook_delivery_duration_seconds';
    const succeeded = metrics.histogram(metric, { outcome: 'succeeded' });
    const failed = metrics.histogram(metric, { outcome: 'failed' });
    succeeded.record(1);
    failed.record(8);
    succeeded.record(3);
    expect(metrics.window({ metric, windowSeconds: 10 })).toEqual({ count: 3, average: 4, latest: 3 });
    expect(metrics.window({ metric, labels: { outcome: 'failed' }, windowSeconds: 10 })).toEqual({
      count: 1,
      average: 8,
      latest: 8,
    });
    await clock.advance(30_000);
    expect(metrics.window({ metric, windowSeconds: 20 })).toEqual({ count: 0, average: undefined, latest: undefined });
  });

  it('over a gauge: steps with a value, their mean, and the value now', async () => {
    const { clock, metrics } = setUp();
    const due = metrics.gauge('webhook_queue_size', { state: 'due' });
    const pending = metrics.gauge('webhook_queue_size', { state: 'pending' });
    await clock.advance(20_000);
    due.set(10);
    await clock.advance(10_000);
    due.set(20);
    pending.set(4);
    await clock.advance(10_000);
    const metric = 'webhook_queue_size';
    const average = (10 + 24 + 24) / 3; // two ended steps and the open one; earlier there was no value
    expect(metrics.window({ metric, windowSeconds: 40 })).toEqual({ count: 3, average, latest: 24 });
    expect(metrics.window({ metric, labels: { state: 'pending' }, windowSeconds: 40 })).toEqual({
      count: 2,
      average: 4,
      latest: 4,
    });
  });

  it.each(['sum', 'average', 'max'] as const)('over several gauges makes one number of them: %s', (aggregate) => {
    const catalogue = defineMetrics({
      load: { type: 'gauge', labels: { core: { limit: 4 } }, aggregate, help: 'Load of a core.' },
    });
    const metrics = createMetricsFor({ clock: new FakeClock(), catalogue });
    metrics.gauge('load', { core: '0' }).set(1);
    metrics.gauge('load', { core: '1' }).set(3);
    const expected = { sum: 4, average: 2, max: 3 }[aggregate];
    expect(metrics.window({ metric: 'load', windowSeconds: 10 })).toEqual({
      count: 1,
      average: expected,
      latest: expected,
    });
  });

  it('over a metric that nobody recorded is empty', () => {
    const { metrics } = setUp();
    const { count, latest } = metrics.window({ metric: 'webhook_attempts_total', windowSeconds: 300 });
    expect({ count, latest }).toEqual({ count: 0, latest: undefined });
    expect(metrics.window({ metric: 'webhook_queue_size', windowSeconds: 300 })).toEqual({ count: 0 });
  });

  it('is the same when the wall clock jumps', async () => {
    const { clock, metrics } = setUp();
    metrics.counter('webhook_lease_lost_total').add(3);
    await clock.advance(10_000);
    clock.setWallClock(new Date(0));
    await clock.advance(10_000);
    expect(metrics.window({ metric: 'webhook_lease_lost_total', windowSeconds: 20 }).count).toBe(3);
  });

  it.each([
    [{ metric: 'nothing', windowSeconds: 10 }, /no metric "nothing"/],
    [{ metric: 'webhook_queue_size', windowSeconds: 0 }, /windowSeconds is 0/],
    [{ metric: 'webhook_queue_size', windowSeconds: Number.NaN }, /windowSeconds is NaN/],
    [{ metric: 'webhook_queue_size', windowSeconds: 86_401 }, /at most 86400/],
    [{ metric: 'webhook_queue_size', labels: { stat: 'due' }, windowSeconds: 10 }, /no label "stat".*state/],
    [{ metric: 'webhook_deliveries_total', labels: { event_type: 'a' }, windowSeconds: 10 }, /no label "event_type"/],
  ])('is refused for %j', (query, reason) => {
    expect(() => setUp().metrics.window(query)).toThrow(reason);
  });
});

describe('a series', () => {
  it('has a point for each step, with the instant at which it began', async () => {
    const { clock, metrics } = setUp();
    const startedAt = clock.now().getTime();
    const hits = metrics.counter('webhook_rate_limit_hits', { scope: 'api' });
    hits.add(10);
    await clock.advance(20_000);
    hits.add(5);
    await clock.advance(5000);
    expect(metrics.series({ metric: 'webhook_rate_limit_hits', windowSeconds: 60 })).toEqual([
      { startedAt: new Date(startedAt), count: 10, average: 1 },
      { startedAt: new Date(startedAt + 10_000), count: 0, average: 0 },
      { startedAt: new Date(startedAt + 20_000), count: 5, average: 1 },
    ]);
  });

  it('reaches back as far as the retention', async () => {
    const { clock, metrics } = setUp(1);
    const lost = metrics.counter('webhook_lease_lost_total');
    for (let minute = 0; minute < 180; minute += 1) {
      lost.add();
      await clock.advance(60_000);
    }
    expect(metrics.window({ metric: 'webhook_lease_lost_total', windowSeconds: 3600 })).toMatchObject({
      count: 60,
      latest: 180,
    });
    expect(metrics.series({ metric: 'webhook_lease_lost_total', windowSeconds: 3600 })).toHaveLength(361);
  });
});

describe('the timer', () => {
  it('runs between start and stop', async () => {
    const clock = new FakeClock();
    const metrics = createMetrics({ clock });
    expect(clock.pendingTimers).toBe(0);
    metrics.start();
    metrics.start();
    await clock.advance(35_000);
    expect(clock.pendingTimers).toBe(1);
    metrics.stop();
    metrics.stop();
    expect(clock.pendingTimers).toBe(0);
  });

  it('can be left out: what happened since the last look counts for the last step', async () => {
    const clock = new FakeClock();
    const metrics = createMetrics({ clock });
    metrics.counter('webhook_lease_lost_total').add(6);
    metrics.gauge('webhook_oldest_due_age_seconds').set(2);
    await clock.advance(100_000);
    expect(metrics.window({ metric: 'webhook_lease_lost_total', windowSeconds: 10 }).count).toBe(6);
    expect(metrics.window({ metric: 'webhook_oldest_due_age_seconds', windowSeconds: 100 }).count).toBe(11);
  });
});

it.each([0, -1, 745, Number.NaN])('a retention of %d hours is refused', (retentionHours) => {
  expect(() => createMetrics({ clock: new FakeClock(), retentionHours })).toThrow(/retentionHours/);
});

it('windows agree with a plain list of everything that was recorded', async () => {
  const command = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), value: fc.nat({ max: 100 }) }),
    fc.record({ kind: fc.constant('record' as const), value: fc.nat({ max: 100 }) }),
    fc.record({ kind: fc.constant('advance' as const), value: fc.nat({ max: 65_000 }) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(command, { maxLength: 40 }),
      fc.integer({ min: 1, max: 300 }),
      async (commands, seconds) => {
        const { clock, metrics } = setUp(1);
        const counter = metrics.counter('webhook_lease_lost_total');
        const histogram = metrics.histogram('webhook_end_to_end_seconds');
        const events: { readonly kind: string; readonly step: number; readonly value: number }[] = [];
        for (const { kind, value } of commands) {
          if (kind === 'advance') {
            await clock.advance(value);
            continue;
          }
          events.push({ kind, value, step: Math.floor(clock.monotonicMs() / 10_000) });
          if (kind === 'add') counter.add(value);
          else histogram.record(value);
        }
        const fromStep = Math.floor(clock.monotonicMs() / 10_000) - Math.ceil(seconds / 10);
        const inWindow = (wanted: string) =>
          events.filter(({ kind, step }) => kind === wanted && step >= fromStep).map(({ value }) => value);
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        const recorded = inWindow('record');
        expect(metrics.window({ metric: 'webhook_lease_lost_total', windowSeconds: seconds })).toMatchObject({
          count: sum(inWindow('add')),
          latest: sum(events.flatMap(({ kind, value }) => (kind === 'add' ? [value] : []))),
        });
        expect(metrics.window({ metric: 'webhook_end_to_end_seconds', windowSeconds: seconds })).toEqual({
          count: recorded.length,
          average: recorded.length === 0 ? undefined : sum(recorded) / recorded.length,
          latest: recorded.at(-1),
        });
      },
    ),
    { numRuns: 60 },
  );
});
