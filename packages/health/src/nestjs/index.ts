export { HealthModule, type HealthModuleOptions } from './health.module.js';
export { RegistryIndicator } from './registry-indicator.js';
export { HEALTH, InjectHealth } from './tokens.js';
