import { bind, Clock, definePlugin, Invalidations, Logger, Random, SharedClock, Storage, Wake } from '@postrider/core';
import { SharedState } from '@postrider/resilience';
import { deliveryConfig } from './config.js';
import { createEgressPolicy } from './egress/egress-policy.js';
import { createDeliveryEngine } from './engine.js';
import { deliveryObservers } from './ports/delivery-observer.js';
import { DeliveryEngine } from './ports/delivery.js';
import { Failpoints } from './ports/failpoints.js';
import { createCanary } from './gates/canary.js';
import { createSender } from './sender/http-sender.js';

/**
 * The delivery engine with its sender, as a plugin. Goes by the `SharedClock` when the host brings one. Its `stop` drains at once: a host that wants to give requests
 * time to end calls `drain` before.
 */
export const deliveryPlugin = definePlugin({
  name: '@postrider/delivery',
  version: '0.1.0',
  api: '^1.0.0',
  config: deliveryConfig,
  provides: [DeliveryEngine],
  requires: { storage: Storage, clock: Clock, random: Random, logger: Logger, wake: Wake },
  optional: {
    sharedClock: SharedClock,
    invalidations: Invalidations,
    sharedState: SharedState,
    failpoints: Failpoints,
    observers: deliveryObservers,
  },
  setup: ({ config: { egress, ...options }, deps, logger }) => {
    const { canaryUrl, ...policy } = egress;
    const clock = deps.sharedClock ?? deps.clock;
    const sender = createSender({ policy: createEgressPolicy(policy), clock });
    const canary = canaryUrl === undefined ? undefined : createCanary(sender, canaryUrl);
    const engine = createDeliveryEngine({ ...deps, clock, logger, sender, canary }, options);
    return {
      ports: [bind(DeliveryEngine, engine)],
      start: () => engine.start(),
      stop: async () => {
        await engine.stop();
        await sender.close();
      },
    };
  },
});
