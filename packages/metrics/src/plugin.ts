import { bind, Clock, definePlugin, Logger } from '@postrider/core';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { Alerts, createAlerts } from './alerts/alerts.js';
import { createLogChannel } from './alerts/log-channel.js';
import { AlertChannels } from './ports/alert-channel.js';
import { MetricsReader } from './ports/metrics-reader.js';
import { Metrics } from './ports/metrics.js';
import { createMetrics } from './registry/metrics-registry.js';

const config = z.strictObject({
  retentionHours: z.number().positive().max(744).default(24).describe('How far windows can reach back.'),
});

/** They are memory alone, and others get hold of their series while they are set up. */
const always = { usableBeforeStart: true };

/**
 * The metrics of this process with their recent past, thresholds on them and alerts, as a plugin. Alerts go to the log
 * and to every contributed channel. Evaluating thresholds on a schedule is the host's business.
 */
export const metricsPlugin = definePlugin({
  name: '@postrider/metrics',
  version: manifest.version,
  api: '^1.0.0',
  config,
  provides: [Metrics, MetricsReader, Alerts],
  requires: { clock: Clock, logger: Logger },
  optional: { channels: AlertChannels },
  setup: ({ config: { retentionHours }, deps: { clock, channels }, logger }) => {
    const registry = createMetrics({ clock, retentionHours });
    const alerts = createAlerts({ clock, reader: registry, logger, channels: [createLogChannel(logger)] });
    return {
      ports: [bind(Metrics, registry, always), bind(MetricsReader, registry, always), bind(Alerts, alerts, always)],
      start: async () => {
        registry.start();
        for (const channel of channels?.all() ?? []) alerts.addChannel(channel);
      },
      stop: async () => registry.stop(),
    };
  },
});
