export { MetricsModule, type MetricsModuleOptions } from './metrics.module.js';
export { ALERTS, InjectAlerts, InjectMetrics, METRICS } from './tokens.js';
