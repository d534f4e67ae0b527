export { plugin as default } from './plugin.js';
export { redisStateConfig, type RedisStateConfig, type RedisStateOptions } from './config.js';
export { createRedisState, type RedisState, type RedisStateDependencies } from './redis-state.js';
