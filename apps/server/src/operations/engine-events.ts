import { contribute, bind, definePlugin, definePort } from '@postrider/core';
import { deliveryObservers, type DeliveryObserver } from '@postrider/delivery';
import { z } from 'zod';

type Heard = Pick<DeliveryObserver, 'recorded' | 'endpointFailing' | 'endpointDisabled'>;

/** What the engine tells, for parts of the server that are made after it. */
export interface EngineEvents {
  /** The listener must be quick and must not throw. Returns the function that ends it. */
  subscribe(listener: Heard): () => void;
}

/** One per process. */
export const EngineEvents = definePort<EngineEvents>({ id: 'postrider.server.engine-events', version: 1 });

/** Joins the engine and whoever subscribes later. */
export const engineEventsPlugin = definePlugin({
  name: '@postrider/server/engine-events',
  version: '1.0.0',
  api: '^1.0.0',
  config: z.strictObject({}),
  provides: [EngineEvents],
  contributes: [deliveryObservers],
  setup: () => {
    const listeners = new Set<Heard>();
    const observer: DeliveryObserver = {
      recorded: (batch) => {
        for (const listener of listeners) listener.recorded?.(batch);
      },
      endpointFailing: (failing) => {
        for (const listener of listeners) listener.endpointFailing?.(failing);
      },
      endpointDisabled: (endpoint) => {
        for (const listener of listeners) listener.endpointDisabled?.(endpoint);
      },
    };
    const events: EngineEvents = {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    return { ports: [bind(EngineEvents, events)], contributions: [contribute(deliveryObservers, observer)] };
  },
});
