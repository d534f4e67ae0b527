import { applicationTag } from '@postrider/core';
import type { EngineContext } from '../internal/engine-context.js';
import type { BreakerView, EndpointControl, EndpointRef } from '../ports/endpoint-control.js';
import type { RouteCache } from '../routing/route-cache.js';
import type { Doorkeeper } from './doorkeeper.js';
import type { GateBook, Guarded } from './gate-book.js';
import type { RateLimits } from './rate-limits.js';

export interface EndpointControlParts {
  readonly routes: RouteCache;
  readonly gates: GateBook;
  readonly rates: RateLimits;
  readonly doorkeeper: Doorkeeper;
}

/** The guards of endpoints, for operators. */
export function createEndpointControl(context: EngineContext, parts: EndpointControlParts): EndpointControl {
  const { routes, gates, rates, doorkeeper } = parts;

  const find = async ({ environmentId, applicationId, endpointId }: EndpointRef): Promise<Guarded | undefined> => {
    const table = await routes.get(applicationId);
    const target = table?.target(endpointId);
    if (table === undefined || target?.endpoint.environmentId !== environmentId) return undefined;
    return gates.of(target, table.application);
  };

  return {
    listBreakers: ({ environmentId }) =>
      gates
        .shut()
        .filter(({ target }) => target.endpoint.environmentId === environmentId)
        .map(toView),

    getBreaker: async (endpoint) => {
      const guarded = await find(endpoint);
      return guarded && toView(guarded);
    },

    forceBreaker: async ({ state, ...endpoint }) => {
      const guarded = await find(endpoint);
      if (guarded === undefined) return undefined;
      const endpointStates = [await doorkeeper.force(guarded, state)];
      await context.store.recordOutcomes({ outcomes: [], endpointStates, recordedAt: context.clock.now() });
      context.invalidations.publish({ tags: [applicationTag(endpoint.applicationId)] });
      context.wake.notify();
      return toView(guarded);
    },

    getRateLimits: async (endpoint) => {
      if ((await find(endpoint)) === undefined) return undefined;
      const now = context.clock.now();
      return {
        endpoint: await rates.status(endpoint.endpointId, now),
        application: await rates.status(endpoint.applicationId, now),
      };
    },
  };
}

function toView({ gate, target }: Guarded): BreakerView {
  const { environmentId, applicationId, id: endpointId } = target.endpoint;
  const snapshot = gate.snapshot();
  return {
    environmentId,
    applicationId,
    endpointId,
    state: snapshot.state,
    openUntil: snapshot.state === 'open' ? new Date(Math.ceil(snapshot.openUntilMs)) : undefined,
    trips: snapshot.trips,
  };
}
