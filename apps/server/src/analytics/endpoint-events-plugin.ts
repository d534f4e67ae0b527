import { Clock, contribute, definePlugin, Logger, Random, Storage } from '@postrider/core';
import { deliveryObservers } from '@postrider/delivery';
import { z } from 'zod';
import { EndpointEventCounter } from './endpoint-event-counter.js';

const writerIdBytes = 9;

/** Joins the engine and the rollups: what happened to endpoints beside their deliveries is counted too. */
export const endpointEventsPlugin = definePlugin({
  name: '@postrider/server/endpoint-events',
  version: '1.0.0',
  api: '^1.0.0',
  config: z.strictObject({}),
  requires: { storage: Storage, clock: Clock, logger: Logger, random: Random },
  contributes: [deliveryObservers],
  setup: ({ deps: { storage, clock, logger, random } }) => {
    const writerId = Buffer.from(random.bytes(writerIdBytes)).toString('base64url');
    const counter = new EndpointEventCounter({ store: storage, clock, logger, writerId });
    return { contributions: [contribute(deliveryObservers, counter)], stop: () => counter.stop() };
  },
});
