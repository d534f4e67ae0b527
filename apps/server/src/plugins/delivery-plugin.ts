import { bind, Clock, definePlugin, Logger, Random, Storage, Wake, type Plugin } from '@postrider/core';
import {
  createDeliveryEngine,
  createSender,
  DeliveryEngine,
  type EgressPolicy,
  type Failpoints,
} from '@postrider/delivery';
import { z } from 'zod';

/** What the host decides about delivery. */
export interface DeliveryPluginOptions {
  readonly role: 'all' | 'api' | 'worker';
  readonly policy: EgressPolicy;
  readonly failpoints: Failpoints | undefined;
  readonly userAgent: string;
  readonly svixHeaders: boolean;
  readonly timeoutMs: number;
  readonly maxTimeoutMs: number;
  readonly leaseMs: number;
  readonly heartbeatIntervalMs: number;
  readonly retryScheduleMs: readonly number[];
}

/** Brings the delivery engine in by the same door as every plugin. Draining is the host's: it knows the deadline. */
export function createDeliveryPlugin({ policy, failpoints, ...options }: DeliveryPluginOptions): Plugin {
  return definePlugin({
    name: '@postrider/delivery',
    version: '0.1.0',
    api: '^1.0.0',
    config: z.strictObject({}),
    provides: [DeliveryEngine],
    requires: { storage: Storage, clock: Clock, random: Random, wake: Wake, logger: Logger },
    setup: ({ deps, logger }) => {
      const sender = createSender({ policy, clock: deps.clock });
      const engine = createDeliveryEngine({ ...deps, logger, sender, failpoints }, options);
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
}
