export type { AnalyticsModuleAsyncOptions, AnalyticsModuleOptions } from './analytics-module-options.js';
export { AnalyticsModule } from './analytics.module.js';
export { ANALYTICS, InjectAnalytics } from './inject-analytics.js';
