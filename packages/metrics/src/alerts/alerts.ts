import { definePort, silentLogger, type Clock, type Logger } from '@postrider/core';
import type { AlertChannel, AlertEvent } from '../ports/alert-channel.js';
import type { MetricsReader } from '../ports/metrics-reader.js';
import type { Alert } from './alert.js';
import { ChannelQueue } from './channel-queue.js';
import { defaultThresholds } from './default-thresholds.js';
import { assertMeasurable, mergeThreshold, type Threshold, type ThresholdChange } from './threshold.js';
import { ThresholdWatch, type Moment } from './threshold-watch.js';

const keptAlerts = 100;

/** Options of `createAlerts`. */
export interface AlertsOptions {
  readonly clock: Clock;
  readonly reader: MetricsReader;
  readonly logger?: Logger | undefined;
  /** What is watched from the beginning. Default: `defaultThresholds`. */
  readonly thresholds?: readonly ThresholdChange[] | undefined;
  /** Who hears of alerts from the beginning. */
  readonly channels?: readonly AlertChannel[] | undefined;
}

/** Watches thresholds and tells channels. Alerts live in this process: another replica watches its own metrics. */
export interface Alerts {
  /**
   * Adds a threshold, or changes the given fields of the one with this id; an alert that lasts is judged by the new
   * levels next time. Throws `CONFIG_INVALID` when it makes no sense, `VALIDATION_FAILED` for an unknown metric or label.
   */
  setThreshold(change: ThresholdChange): Threshold;
  /** Stops watching. An alert that lasts is resolved at the next evaluation. `false` when there is no such threshold. */
  removeThreshold(id: string): boolean;
  /** What is watched, in the order of addition. */
  thresholds(): readonly Threshold[];
  /** Tells a channel of everything that happens from now on; returns the function that ends it. */
  addChannel(channel: AlertChannel): () => void;
  /**
   * Looks at every threshold once. Resolves with what happened when every channel has heard of it, refused it, or run
   * out of time; never rejects. Call it on a schedule, every 10 s say. What happened is told once, whoever calls.
   */
  evaluate(): Promise<readonly AlertEvent[]>;
  /** Alerts that last, oldest first. */
  active(): readonly Alert[];
  /** Alerts that last, or were resolved since then, newest first; of the resolved ones the last 100 are kept. */
  recent(since: Date): readonly Alert[];
}

/** The alerts of the host. */
export const Alerts = definePort<Alerts>({ id: 'postrider.alerts', version: 1 });

/** Watches thresholds on metrics. */
export function createAlerts({
  clock,
  reader,
  logger = silentLogger,
  thresholds = defaultThresholds,
  channels = [],
}: AlertsOptions): Alerts {
  const watches = new Map<string, ThresholdWatch>();
  const removed: ThresholdWatch[] = [];
  const queues = new Set<ChannelQueue>();
  const resolved: Alert[] = [];

  const look = (watch: ThresholdWatch, now: Moment): AlertEvent | undefined => {
    try {
      return watch.evaluate(reader, now);
    } catch (error) {
      logger.error('threshold could not be evaluated', { thresholdId: watch.threshold.id, error });
      return undefined;
    }
  };

  const alerts: Alerts = {
    setThreshold(change) {
      const watch = watches.get(change.id);
      const threshold = mergeThreshold(change, watch?.threshold);
      // A misspelt label is told now, not to the log for ever.
      assertMeasurable(reader, threshold);
      if (watch === undefined) watches.set(threshold.id, new ThresholdWatch(threshold));
      else watch.threshold = threshold;
      return threshold;
    },
    removeThreshold(id) {
      const watch = watches.get(id);
      if (watch === undefined) return false;
      removed.push(watch);
      return watches.delete(id);
    },
    thresholds: () => [...watches.values()].map(({ threshold }) => threshold),
    addChannel(channel) {
      const queue = new ChannelQueue(channel, { clock, logger });
      queues.add(queue);
      return () => void queues.delete(queue);
    },
    async evaluate() {
      const now = momentOf(clock);
      const ended = removed.splice(0).flatMap((watch) => watch.resolve(now) ?? []);
      const events = [...ended, ...[...watches.values()].flatMap((watch) => look(watch, now) ?? [])];
      for (const { kind, alert } of events) if (kind === 'resolved') resolved.unshift(alert);
      resolved.splice(keptAlerts);
      await Promise.all([...queues].map(async (queue) => Promise.all(events.map(async (event) => queue.send(event)))));
      return events;
    },
    active: () =>
      [...watches.values(), ...removed]
        .flatMap(({ alert }) => alert ?? [])
        .toSorted((a, b) => a.raisedAt.getTime() - b.raisedAt.getTime()),
    recent: (since) => [
      ...alerts.active().toReversed(),
      ...resolved.filter(({ resolvedAt }) => resolvedAt !== undefined && resolvedAt >= since),
    ],
  };
  for (const threshold of thresholds) alerts.setThreshold(threshold);
  for (const channel of channels) alerts.addChannel(channel);
  return alerts;
}

function momentOf(clock: Clock): Moment {
  return { at: clock.now(), monotonicMs: clock.monotonicMs() };
}
