import { matchesPayload, type Application, type ApplicationRoutes } from '@postrider/core';
import { RouteTarget } from './route-target.js';

/** The enabled endpoints of one event type: all of them, and those that take messages without channels. */
interface Row {
  readonly targets: readonly RouteTarget[];
  readonly unchanneled: readonly RouteTarget[];
  /** Whether one of them looks at payloads. */
  readonly isFiltered: boolean;
}

/**
 * Who receives what in one application, arranged so that matching a message costs one look-up.
 *
 * An endpoint without event types receives all of them. An endpoint without channels receives every message; one with
 * channels receives the messages that carry one of them, hence none of those without channels. An endpoint with a filter
 * receives those of them whose payload passes. Disabled endpoints match nothing but are still found by `target`.
 */
export class RoutingTable {
  readonly application: Application;
  readonly #byId = new Map<string, RouteTarget>();
  readonly #byEventType = new Map<string, Row>();
  /** For event types that no endpoint names. */
  readonly #others: Row;

  /** `previous` lends its targets where nothing changed, so that their signers are kept. */
  constructor(routes: ApplicationRoutes, previous?: RoutingTable) {
    this.application = routes.application;
    for (const routed of routes.endpoints) {
      const known = previous?.target(routed.endpoint.id);
      this.#byId.set(routed.endpoint.id, known === undefined ? new RouteTarget(routed) : known.refreshed(routed));
    }
    const enabled = [...this.#byId.values()].filter((target) => !target.endpoint.disabled);
    for (const eventType of new Set(enabled.flatMap((target) => target.endpoint.eventTypes ?? []))) {
      this.#byEventType.set(
        eventType,
        toRow(enabled.filter(({ endpoint }) => endpoint.eventTypes?.includes(eventType) ?? true)),
      );
    }
    this.#others = toRow(enabled.filter(({ endpoint }) => endpoint.eventTypes === undefined));
  }

  /** How many endpoints it knows. */
  get size(): number {
    return this.#byId.size;
  }

  /** The endpoint, disabled or not; `undefined` when the application has none of that id. */
  target(endpointId: string): RouteTarget | undefined {
    return this.#byId.get(endpointId);
  }

  /** The endpoints that receive a message of this event type with these channels and this payload, oldest first. */
  match(params: {
    readonly eventType: string;
    readonly channels?: readonly string[] | undefined;
    /** JSON text; read only when somebody filters. */
    readonly payload: string;
  }): readonly RouteTarget[] {
    const row = this.#byEventType.get(params.eventType) ?? this.#others;
    const targets = inChannels(row, params.channels);
    return row.isFiltered ? passing(targets, params.payload) : targets;
  }
}

function inChannels(row: Row, channels: readonly string[] | undefined): readonly RouteTarget[] {
  if (channels === undefined || channels.length === 0 || row.unchanneled.length === row.targets.length) {
    return row.unchanneled;
  }
  return row.targets.filter(({ endpoint }) => endpoint.channels?.some((channel) => channels.includes(channel)) ?? true);
}

function passing(targets: readonly RouteTarget[], payload: string): readonly RouteTarget[] {
  if (targets.every(({ endpoint }) => endpoint.filter === undefined)) return targets;
  const value: unknown = JSON.parse(payload);
  return targets.filter(({ endpoint }) => endpoint.filter === undefined || matchesPayload(endpoint.filter, value));
}

function toRow(targets: readonly RouteTarget[]): Row {
  return {
    targets,
    unchanneled: targets.filter(({ endpoint }) => endpoint.channels === undefined),
    isFiltered: targets.some(({ endpoint }) => endpoint.filter !== undefined),
  };
}
