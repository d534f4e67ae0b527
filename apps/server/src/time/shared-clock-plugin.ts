import { bind, Clock, definePlugin, SharedClock, Storage } from '@postrider/core';
import { z } from 'zod';
import { createFollowingClock } from './following-clock.js';

/** Brings the clock that all processes on the storage share. It follows the storage before anything that uses it starts. */
export const sharedClockPlugin = definePlugin({
  name: '@postrider/server/shared-clock',
  version: '1.0.0',
  api: '^1.0.0',
  config: z.strictObject({}),
  provides: [SharedClock],
  requires: { clock: Clock, storage: Storage },
  setup: ({ deps, logger }) => {
    const clock = createFollowingClock({ ...deps, logger });
    return {
      ports: [bind(SharedClock, clock, { usableBeforeStart: true })],
      start: () => clock.start(),
      stop: async () => clock.stop(),
    };
  },
});
