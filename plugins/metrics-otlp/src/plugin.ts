import { Clock, definePlugin } from '@postrider/core';
import { MetricsReader } from '@postrider/metrics';
import manifest from '../package.json' with { type: 'json' };
import { otlpConfig } from './config.js';
import { createOtlpExporter } from './otlp-exporter.js';

/** Sends what the host has recorded to an OpenTelemetry collector. Provides no port: it only reads. */
export const otlpPlugin = definePlugin({
  name: '@postrider/metrics-otlp',
  version: manifest.version,
  api: '^1.0.0',
  config: otlpConfig,
  requires: { reader: MetricsReader, clock: Clock },
  setup: ({ config, deps, logger }) => {
    const exporter = createOtlpExporter({ ...deps, logger, version: manifest.version }, config);
    return { start: async () => exporter.start(), stop: () => exporter.stop() };
  },
});
