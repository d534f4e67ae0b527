export { MetricsServer, type MetricsServerOptions } from './metrics-server.js';
export { createPrometheusRegistry, type PrometheusRegistryOptions } from './prometheus-registry.js';
export { metricsPrometheus as default, metricsPrometheus } from './plugin.js';
