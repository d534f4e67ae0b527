import { definePlugin, Logger } from '@postrider/core';
import { MetricsReader } from '@postrider/metrics';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { MetricsServer } from './metrics-server.js';
import { createPrometheusRegistry } from './prometheus-registry.js';

const config = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address to serve the metrics on.'),
  port: z.number().int().min(0).max(65_535).default(9_464).describe('Port of its own; 0 takes any free one.'),
  path: z.string().startsWith('/').default('/metrics').describe('Where the metrics are.'),
  processMetrics: z.boolean().default(true).describe('Adds metrics of the process and of Node.js.'),
});

/** Serves the metrics of the host to Prometheus, on a port of its own. */
export const metricsPrometheus = definePlugin({
  name: '@postrider/metrics-prometheus',
  version: manifest.version,
  api: '^1.0.0',
  config,
  requires: { reader: MetricsReader, logger: Logger },
  setup: ({ config: { processMetrics, ...options }, deps: { reader }, logger }) => {
    const registry = createPrometheusRegistry({ reader, processMetrics });
    const server = new MetricsServer({ ...options, registry, logger });
    return {
      start: () => server.start(),
      stop: async () => {
        await server.stop();
        registry.clear();
      },
    };
  },
});
