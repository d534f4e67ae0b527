import { bind, Clock, definePlugin, Random, SharedClock } from '@postrider/core';
import { SharedState } from '@postrider/resilience';
import manifest from '../package.json' with { type: 'json' };
import { redisStateConfig } from './config.js';
import { createRedisState } from './redis-state.js';

/** Provides `SharedState` on Redis. */
export const plugin = definePlugin({
  name: '@postrider/state-redis',
  version: manifest.version,
  api: '^1.0.0',
  config: redisStateConfig,
  provides: [SharedState],
  requires: { clock: Clock, random: Random },
  // Instants in its answers have to be of the clock that delivery goes by.
  optional: { sharedClock: SharedClock },
  capabilities: { shared: true },
  setup({ config, deps, logger }) {
    const state = createRedisState(config, {
      clock: deps.sharedClock ?? deps.clock,
      random: () => deps.random.next(),
      logger,
    });
    return {
      ports: [bind(SharedState, state)],
      start: ({ signal }) => state.connect({ signal }),
      stop: () => state.close(),
    };
  },
});
