import { z } from 'zod';

/** Options of the plugin. */
export const otlpConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Where to send to, path included. Default: `OTEL_EXPORTER_OTLP_*`, else http://localhost:4318/v1/metrics.',
    ),
  headers: z
    .record(z.string(), z.string())
    .default({})
    .describe('Sent along, such as the key of the collector. Secret: they are never logged.'),
  intervalMs: z.int().min(1_000).max(3_600_000).default(60_000).describe('How often to send, in milliseconds.'),
  timeoutMs: z.int().min(100).max(60_000).default(3_000).describe('How long one sending may take, in milliseconds.'),
  serviceName: z.string().min(1).max(256).default('postrider').describe('The resource attribute `service.name`.'),
  attributes: z.record(z.string(), z.string()).default({}).describe('Further resource attributes.'),
});

/** Options with defaults filled in. */
export type OtlpConfig = z.output<typeof otlpConfig>;

/** Options as given: defaults may be left out. */
export type OtlpOptions = z.input<typeof otlpConfig>;
