import { defineBreakerPolicy, type BreakerPolicy, type SharedState } from '@postrider/resilience';
import type { Application } from '@postrider/core';
import type { LaneGuard, Pace } from '../dispatch/lane-guard.js';
import type { EngineContext } from '../internal/engine-context.js';
import { ForgetfulMap } from '../internal/forgetful-map.js';
import type { RouteTarget } from '../routing/route-target.js';
import type { EgressWatch } from './egress-watch.js';
import { EndpointGate, type EndpointGateOptions } from './endpoint-gate.js';
import type { GateBreaker, GateTransition } from './gate-breaker.js';
import { decodeLearned } from './learned.js';
import { LocalGateBreaker } from './local-gate-breaker.js';
import { rateWait, type EndpointRates, type RateLimits, type RateWait } from './rate-limits.js';
import { SharedGateBreaker } from './shared-gate-breaker.js';

/** An endpoint with what guards it. */
export interface Guarded {
  readonly gate: EndpointGate;
  /** As configured when the endpoint was last looked at. */
  rates: EndpointRates;
  /** The latest known target. */
  target: RouteTarget;
}

export interface GateBookParts {
  readonly egress: EgressWatch;
  readonly rates: RateLimits;
  /** Where breakers are kept for all workers. Default: each process keeps its own. */
  readonly shared?: SharedState | undefined;
}

/** A probe's holder may be slower than its deadline by this. */
const probeMarginMs = 10_000;
/** How much of a rate-limited endpoint is kept in memory, in time. */
const laneSeconds = 10;

/** What guards each endpoint that this process works for, and what the dispatcher wants to know of it. */
export class GateBook implements LaneGuard {
  readonly #context: EngineContext;
  readonly #parts: GateBookParts;
  readonly #policy: BreakerPolicy;
  readonly #guarded = new ForgetfulMap<Guarded>({ isForgettable: ({ gate }) => gate.isIdle() });

  constructor(context: EngineContext, parts: GateBookParts) {
    this.#context = context;
    this.#parts = parts;
    const { breakerOpenMs, breakerMaxOpenMs, maxTimeoutMs } = context.options;
    this.#policy = defineBreakerPolicy({
      openMs: breakerOpenMs,
      maxOpenMs: Math.max(breakerOpenMs, breakerMaxOpenMs),
      probeLeaseMs: maxTimeoutMs + probeMarginMs,
    });
  }

  /** The guards of an endpoint, brought up to date with its configuration and with what others learned. */
  of(target: RouteTarget, application: Application): Guarded {
    const known = this.#guarded.get(target.endpoint.id);
    if (known?.target === target) return known;
    const rates = this.#parts.rates.ratesOf(application, target.endpoint);
    if (known === undefined) return this.#add(target, rates);
    known.gate.setCap(this.#capOf(target));
    if (target.learned !== known.target.learned) {
      const learned = decodeLearned(target.learned);
      if (learned !== undefined) known.gate.adopt(learned);
    }
    known.rates = rates;
    known.target = target;
    return known;
  }

  /** Remembers what storage knows of an endpoint before its first delivery waits in a lane: how quick it was, above all. */
  recall(target: RouteTarget, application: Application): void {
    if (target.learned !== undefined) this.of(target, application);
  }

  /** The guards of an endpoint that this process has worked for. */
  peek(endpointId: string): Guarded | undefined {
    return this.#guarded.get(endpointId);
  }

  /** Endpoints whose breaker is not closed, of those that this process knows. */
  shut(): readonly Guarded[] {
    return [...this.#guarded.values()].filter(({ gate }) => gate.breakerState !== 'closed');
  }

  limit(endpointId: string): number {
    // The first delivery of an endpoint brings its guards with it.
    return this.#guarded.get(endpointId)?.gate.limit ?? 1;
  }

  pace(endpointId: string): Pace {
    return this.#guarded.get(endpointId)?.gate.pace ?? 'unknown';
  }

  laneDepth(endpointId: string): number {
    const ratePerSecond = this.#guarded.get(endpointId)?.rates.ratePerSecond;
    return ratePerSecond === undefined ? Infinity : Math.max(1, Math.ceil(ratePerSecond * laneSeconds));
  }

  rateWait(endpointId: string): RateWait | undefined {
    const rates = this.#guarded.get(endpointId)?.rates;
    return rates?.ratePerSecond === undefined ? undefined : rateWait(rates);
  }

  #add(target: RouteTarget, rates: EndpointRates): Guarded {
    const { clock } = this.#context;
    const gate = new EndpointGate(
      {
        nowMs: () => clock.nowMs(),
        createBreaker: (snapshot, onTransition) => this.#createBreaker(target, snapshot, onTransition),
        onTransition: (transition) => this.#tell(target, transition),
      },
      { cap: this.#capOf(target), learned: decodeLearned(target.learned) },
    );
    const guarded = { gate, rates, target };
    this.#guarded.set(target.endpoint.id, guarded);
    return guarded;
  }

  #createBreaker(
    { endpoint: { environmentId, id } }: RouteTarget,
    ...[snapshot, onTransition]: Parameters<EndpointGateOptions['createBreaker']>
  ): GateBreaker {
    const { clock, random } = this.#context;
    const options = {
      nowMs: () => clock.nowMs(),
      random: () => random.next(),
      policy: this.#policy,
      mayOpen: () => this.#parts.egress.mayOpen(environmentId),
      onTransition,
    };
    const { shared } = this.#parts;
    return shared === undefined
      ? new LocalGateBreaker(options, snapshot)
      : new SharedGateBreaker({ ...options, shared, subject: id }, snapshot);
  }

  #capOf({ endpoint }: RouteTarget): number {
    return endpoint.maxInFlight ?? this.#context.options.perEndpointConcurrency;
  }

  #tell({ endpoint }: RouteTarget, { from, to, cause, at, heard }: GateTransition): void {
    const { id: endpointId, applicationId, environmentId } = endpoint;
    if (to === 'open') this.#parts.egress.opened(environmentId, endpointId);
    this.#context.observers.breakersChanged([{ environmentId, applicationId, endpointId, from, to, cause, at, heard }]);
  }
}
