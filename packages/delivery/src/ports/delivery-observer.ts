import { defineExtensionPoint, type DeliveryOutcome, type Endpoint, type Message } from '@postrider/core';
import type { EgressBlockReason } from '../egress/errors.js';
import type { BreakerSnapshot, BreakerTransition } from '@postrider/resilience';

/** The circuit breaker of an endpoint changed its state. */
export interface BreakerChange {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly from: BreakerSnapshot['state'];
  readonly to: BreakerSnapshot['state'];
  /**
   * `tripped`: its name does not resolve, or its certificate is refused, several times in a row. `shared`: by what all
   * workers counted together.
   */
  readonly cause: BreakerTransition['cause'] | 'shared';
  readonly at: Date;
  /** Another worker made the change, and is told of it too: whoever counts changes of all workers leaves it out. */
  readonly heard: boolean;
}

/**
 * Why a delivery was put off without an attempt.
 *
 * - `breaker_open`: its endpoint failed too often, or an operator isolated it.
 * - `receiver_pause`: the receiver asked for a pause.
 * - `rate_limit`: too many deliveries wait for the rate of the endpoint or of its application.
 */
export type PostponementReason = 'breaker_open' | 'receiver_pause' | 'rate_limit';

/** A delivery that was put off: no request was made, and no attempt counts. */
export interface Postponement {
  readonly applicationId: string;
  readonly endpointId: string;
  readonly deliveryId: string;
  readonly reason: PostponementReason;
  /** When it is due again. */
  readonly until: Date;
}

/** The deliveries of an endpoint wait in memory because a rate is used up. */
export interface RateHold {
  /** Whose rate. */
  readonly scope: 'endpoint' | 'application';
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly waitMs: number;
}

/** The egress guard let an attempt go nowhere. */
export interface EgressBlock {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly reason: EgressBlockReason;
}

/** Most endpoints of an environment began to fail together, so that the fault is probably on our side; or that is over. */
export interface EgressSuspicion {
  readonly environmentId: string;
  readonly suspect: boolean;
  readonly at: Date;
}

/** How long an endpoint has failed when somebody is told of it. */
export type FailingStage = '24h' | '72h';

/** Every attempt to reach an endpoint failed for long; when that goes on, it is disabled. */
export interface EndpointFailing {
  /** As stored now. */
  readonly endpoint: Endpoint;
  /** When the first of them failed. */
  readonly failingSince: Date;
  readonly stage: FailingStage;
}

/**
 * Hears what the engine did, for metrics, operational events and live views. Called on the hot path, once per batch
 * where there is one: it must be quick and must not wait. What it throws is logged and changes nothing.
 * Facts of a process that dies right after a commit are never told: use storage where every one counts.
 */
export interface DeliveryObserver {
  /** Messages were stored; `commitMs` is how long their transaction took. */
  published?(batch: { readonly messages: readonly Message[]; readonly commitMs: number }): void;

  /** Outcomes were recorded, those that came too late left out. */
  recorded?(batch: { readonly outcomes: readonly DeliveryOutcome[]; readonly commitMs: number }): void;

  /** An endpoint fails for so long that its owner should know. Told once for each stage, by one worker of all. */
  endpointFailing?(failing: EndpointFailing): void;

  /** The engine disabled an endpoint. `endpoint` is as stored now. */
  endpointDisabled?(endpoint: Endpoint): void;

  /** Breakers of this process changed their state. Told at once, before it is stored. */
  breakersChanged?(changes: readonly BreakerChange[]): void;

  /** Deliveries were put off; told when that was recorded. */
  postponed?(postponements: readonly Postponement[]): void;

  /** A lane began to wait for a rate. Told once per wait, not per delivery. */
  rateHeld?(hold: RateHold): void;

  /** The egress guard refused where an attempt would have gone. For operators: tenants must not learn the reason. */
  egressBlocked?(block: EgressBlock): void;

  /** The suspicion that we cannot reach anybody began or ended. */
  egressSuspected?(suspicion: EgressSuspicion): void;
}

/** Where observers are contributed. */
export const deliveryObservers = defineExtensionPoint<DeliveryObserver>({ id: 'postrider.delivery.observers' });
