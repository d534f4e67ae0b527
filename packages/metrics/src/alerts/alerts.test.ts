import { createRecordingLogger, FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import type { AlertChannel, AlertEvent } from '../ports/alert-channel.js';
import { createMetrics } from '../registry/metrics-registry.js';
import { createAlerts } from './alerts.js';
import { createLogChannel } from './log-channel.js';
import type { ThresholdChange } from './threshold.js';

const queueThreshold: ThresholdChange = {
  id: 'queue_size',
  metric: 'webhook_queue_size',
  statistic: 'latest',
  warning: 100,
  critical: 200,
  forSeconds: 30,
};

function setUp(thresholds?: readonly ThresholdChange[]) {
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  const metrics = createMetrics({ clock });
  metrics.start();
  const heard: string[] = [];
  const channel: AlertChannel = {
    name: 'test',
    notify: async ({ kind, alert }) => void heard.push(`${kind} ${alert.thresholdId} ${alert.severity}`),
  };
  const alerts = createAlerts({ clock, reader: metrics, logger, thresholds, channels: [channel] });
  const queue = metrics.gauge('webhook_queue_size', { state: 'due' });
  /** Sets the queue, lets 10 s pass and looks. */
  const tick = async (size?: number): Promise<readonly AlertEvent[]> => {
    if (size !== undefined) queue.set(size);
    await clock.advance(10_000);
    return alerts.evaluate();
  };
  return { clock, logger, metrics, alerts, heard, queue, tick };
}

describe('an alert', () => {
  it('is raised once, when the level has been exceeded for long enough, and resolved once', async () => {
    const { heard, tick, alerts, clock } = setUp([queueThreshold]);
    for (const size of [150, 150, 150]) expect(await tick(size)).toEqual([]);
    const [raised] = await tick();
    expect(raised).toEqual({
      kind: 'raised',
      alert: {
        id: `queue_size-${String(clock.nowMs())}-1`,
        thresholdId: 'queue_size',
        metric: 'webhook_queue_size',
        severity: 'warning',
        level: 100,
        value: 150,
        raisedAt: clock.now(),
        message: 'latest of webhook_queue_size over 300 s is 150, above 100',
      },
    });
    for (let turn = 0; turn < 10; turn += 1) expect(await tick()).toEqual([]);
    expect(alerts.active()).toEqual([raised?.alert]);
    const [resolved] = await tick(10);
    expect(resolved).toEqual({ kind: 'resolved', alert: { ...raised?.alert, resolvedAt: clock.now() } });
    expect(await tick()).toEqual([]);
    expect(alerts.active()).toEqual([]);
    expect(heard).toEqual(['raised queue_size warning', 'resolved queue_size warning']);
  });

  it('is not raised when the level was exceeded with a pause', async () => {
    const { heard, tick } = setUp([queueThreshold]);
    for (const size of [150, 150, 150, 100, 150, 150, 150, 100]) await tick(size);
    expect(heard).toEqual([]);
  });

  it('is raised at the first look with forSeconds 0', async () => {
    const { tick } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
    expect(await tick(101)).toMatchObject([{ kind: 'raised' }]);
  });

  it('stays while the value is within the hysteresis, and is not raised again', async () => {
    const { heard, tick } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
    for (const size of [101, 99, 101, 91, 101, 95]) await tick(size);
    expect(heard).toEqual(['raised queue_size warning']);
    await tick(90);
    expect(heard).toEqual(['raised queue_size warning', 'resolved queue_size warning']);
  });

  it('escalates once when it becomes critical, keeps its id, and does not become milder before it resolves', async () => {
    const { heard, tick, alerts } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
    const [raised] = await tick(150);
    const [escalated] = await tick(250);
    expect(escalated).toMatchObject({ kind: 'escalated', alert: { id: raised?.alert.id, level: 200, value: 250 } });
    for (const size of [150, 250, 150]) await tick(size);
    expect(alerts.active()).toMatchObject([{ severity: 'critical' }]);
    await tick(0);
    expect(heard).toEqual([
      'raised queue_size warning',
      'escalated queue_size critical',
      'resolved queue_size critical',
    ]);
  });

  it('is critical from the beginning when both levels were exceeded for long enough', async () => {
    const { heard, tick } = setUp([queueThreshold]);
    for (let turn = 0; turn < 5; turn += 1) await tick(500);
    expect(heard).toEqual(['raised queue_size critical']);
  });

  it('works the other way round with below, near the end of the scale too', async () => {
    const { heard, tick, metrics } = setUp([
      {
        id: 'hit_rate',
        metric: 'webhook_cache_hits_total',
        statistic: 'share',
        shareOf: ['webhook_cache_hits_total', 'webhook_cache_misses_total'],
        comparison: 'below',
        warning: 0.95,
        windowSeconds: 60,
        forSeconds: 0,
      },
    ]);
    const hits = metrics.counter('webhook_cache_hits_total', { cache: 'routes' });
    const misses = metrics.counter('webhook_cache_misses_total', { cache: 'routes' });
    expect(await tick()).toEqual([]); // no reads: no rate
    hits.add(90);
    misses.add(10);
    expect(await tick()).toMatchObject([{ kind: 'raised', alert: { value: 0.9 } }]);
    hits.add(200); // 290 of 300 is 96.7 %, short of the 97.5 % that end it
    expect(await tick()).toEqual([]);
    hits.add(200);
    await tick();
    expect(heard).toEqual(['raised hit_rate warning', 'resolved hit_rate warning']);
  });

  it('resolves when there is no data any more', async () => {
    const { heard, tick, metrics } = setUp([
      { id: 'slow', metric: 'webhook_delivery_duration_seconds', warning: 5, windowSeconds: 60, forSeconds: 0 },
    ]);
    metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'succeeded' }).record(9);
    for (let turn = 0; turn < 8; turn += 1) await tick();
    expect(heard).toEqual(['raised slow warning', 'resolved slow warning']);
  });

  it('waits as long as it should when the wall clock jumps', async () => {
    const { clock, heard, tick } = setUp([queueThreshold]);
    await tick(150);
    clock.setWallClock(new Date(Date.UTC(2030, 0, 1)));
    await tick();
    expect(heard).toEqual([]);
    clock.setWallClock(new Date(Date.UTC(2020, 0, 1)));
    await tick();
    await tick();
    expect(heard).toEqual(['raised queue_size warning']);
  });
});

describe('the default thresholds', () => {
  it('tell of slow deliveries, a long queue, failures and open breakers', async () => {
    const { heard, tick, metrics } = setUp();
    const failed = metrics.counter('webhook_attempts_total', { kind: 'timeout', outcome: 'failed' });
    const slow = metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'failed' });
    metrics.gauge('webhook_circuit_breaker_state', { state: 'open' }).set(1);
    for (let turn = 0; turn < 12; turn += 1) {
      failed.add(2);
      slow.record(8);
      await tick(101);
    }
    expect(heard.toSorted()).toEqual([
      'raised breaker_open warning',
      'raised failure_rate critical',
      'raised queue_size warning',
      'raised slow_delivery warning',
    ]);
  });

  it('are quiet when deliveries succeed, and when there are too few to judge', async () => {
    const { heard, tick, metrics } = setUp();
    metrics.gauge('webhook_circuit_breaker_state', { state: 'open' }).set(3);
    metrics.counter('webhook_attempts_total', { kind: 'timeout', outcome: 'failed' }).add(9);
    for (let turn = 0; turn < 20; turn += 1) await tick(100);
    metrics.counter('webhook_attempts_total', { kind: 'none', outcome: 'succeeded' }).add(100);
    for (let turn = 0; turn < 20; turn += 1) await tick(100);
    expect(heard).toEqual([]);
  });
});

describe('thresholds', () => {
  it('can be changed at run time, a lasting alert being judged by the new level', async () => {
    const { heard, tick, alerts } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
    await tick(150);
    expect(alerts.setThreshold({ id: 'queue_size', warning: 180 })).toMatchObject({ warning: 180, critical: 200 });
    expect(alerts.thresholds()).toMatchObject([{ id: 'queue_size', warning: 180 }]);
    await tick();
    expect(heard).toEqual(['raised queue_size warning', 'resolved queue_size warning']);
  });

  it('can be removed: what lasts is resolved, and nothing is raised any more', async () => {
    const { heard, tick, alerts } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
    await tick(150);
    expect(alerts.removeThreshold('queue_size')).toBe(true);
    expect(alerts.removeThreshold('queue_size')).toBe(false);
    expect(alerts.active()).toHaveLength(1);
    for (let turn = 0; turn < 3; turn += 1) await tick();
    expect(alerts.active()).toEqual([]);
    expect(heard).toEqual(['raised queue_size warning', 'resolved queue_size warning']);
  });

  it.each<[change: Partial<ThresholdChange>, reason: RegExp]>([
    [{ id: 'Not an id' }, /its id must be/],
    [{ metric: '' }, /it names no metric/],
    [{ warning: undefined, critical: undefined }, /neither a warning nor a critical/],
    [{ warning: Number.NaN }, /finite/],
    [{ critical: 50 }, /critical \(50\) is milder than warning \(100\)/],
    [{ comparison: 'below' }, /critical \(200\) is milder than warning \(100\)/],
    [{ windowSeconds: 0 }, /windowSeconds is 0/],
    [{ windowSeconds: 90_000 }, /at most 86400/],
    [{ forSeconds: -1 }, /forSeconds is -1/],
    [{ hysteresis: 2 }, /hysteresis is 2/],
    [{ metric: 'webhook_queue' }, /no metric "webhook_queue"/],
    [{ labels: { stat: 'due' } }, /no label "stat"/],
    [{ onlyWhile: { metric: 'nothing', statistic: 'latest', comparison: 'above', level: 1 } }, /no metric "nothing"/],
  ])('are refused, and the old one stays, with %j', (change, reason) => {
    const { alerts } = setUp([queueThreshold]);
    const before = alerts.thresholds();
    expect(() => alerts.setThreshold({ ...queueThreshold, ...change })).toThrow(reason);
    expect(alerts.thresholds()).toEqual(before);
  });
});

describe('channels', () => {
  it('do not hold each other up: one fails, one throws, one hangs, the others hear', async () => {
    const { clock, heard, logger, alerts, queue } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
    const signals: AbortSignal[] = [];
    alerts.addChannel({
      name: 'fails',
      notify: async () => {
        throw new Error('503');
      },
    });
    alerts.addChannel({
      name: 'throws',
      // Not async: it throws instead of rejecting.
      notify: () => {
        throw new Error('bug');
      },
    });
    alerts.addChannel({
      name: 'hangs',
      notify: async (_event, { signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    queue.set(150);
    const evaluation = alerts.evaluate();
    await clock.advance(0);
    expect(heard).toEqual(['raised queue_size warning']);
    queue.set(0);
    const next = alerts.evaluate();
    await clock.advance(0);
    expect(heard).toEqual(['raised queue_size warning', 'resolved queue_size warning']);
    expect(signals).toHaveLength(1); // the second event waits its turn
    await clock.advance(20_000);
    await Promise.all([evaluation, next]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    const failures = logger.lines.filter(({ message }) => message === 'alert channel failed');
    expect(failures.map(({ fields }) => String(fields.channel)).toSorted()).toEqual([
      'fails',
      'fails',
      'hangs',
      'hangs',
      'throws',
      'throws',
    ]);
  });

  it('hear nothing once removed, and nothing twice from looks at the same time', async () => {
    const { heard, alerts, queue } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
    const late: string[] = [];
    const remove = alerts.addChannel({ name: 'late', notify: async ({ kind }) => void late.push(kind) });
    queue.set(150);
    await Promise.all([alerts.evaluate(), alerts.evaluate(), alerts.evaluate()]);
    remove();
    queue.set(0);
    await Promise.all([alerts.evaluate(), alerts.evaluate()]);
    expect(heard).toEqual(['raised queue_size warning', 'resolved queue_size warning']);
    expect(late).toEqual(['raised']);
  });

  it('of the log write each kind at its level', async () => {
    const { alerts, logger, tick } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
    alerts.addChannel(createLogChannel(logger));
    for (const size of [150, 250, 0]) await tick(size);
    expect(logger.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warn alert raised: latest of webhook_queue_size over 300 s is 150, above 100',
      'error alert escalated: latest of webhook_queue_size over 300 s is 250, above 200',
      'info alert resolved: latest of webhook_queue_size over 300 s is 250, above 200',
    ]);
  });
});

it('recent alerts are those that last and those resolved since, newest first, and a hundred at most', async () => {
  const { clock, alerts, tick } = setUp([{ ...queueThreshold, forSeconds: 0 }]);
  for (let turn = 0; turn < 120; turn += 1) {
    await tick(150);
    await tick(0);
  }
  await tick(150);
  const all = alerts.recent(new Date(0));
  expect(all).toHaveLength(101);
  expect(all[0]?.resolvedAt).toBeUndefined();
  expect(all.map(({ raisedAt }) => raisedAt.getTime())).toEqual(
    all.map(({ raisedAt }) => raisedAt.getTime()).toSorted((a, b) => b - a),
  );
  expect(alerts.recent(new Date(clock.nowMs() - 30_000))).toHaveLength(3);
});
