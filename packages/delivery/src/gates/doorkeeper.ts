import { parseId, type EndpointState } from '@postrider/core';
import type { PauseBook } from '../attempt/pause-book.js';
import type { DeliveryJob } from '../dispatch/delivery-job.js';
import type { EngineContext } from '../internal/engine-context.js';
import type { PostponementReason } from '../ports/delivery-observer.js';
import type { RecordItem } from '../record/recorder.js';
import type { EgressWatch } from './egress-watch.js';
import type { EndpointGate, Entry, Passage } from './endpoint-gate.js';
import type { ForcedState } from './gate-breaker.js';
import type { Guarded } from './gate-book.js';
import { takeRate } from './rate-limits.js';

export interface DoorkeeperParts {
  readonly pauses: PauseBook;
  readonly egress: EgressWatch;
  readonly record: (item: RecordItem) => void;
}

/** Why and until when a delivery is put off. */
export interface Delay {
  readonly reason: PostponementReason;
  /** Milliseconds since 1970. */
  readonly untilMs: number;
}

export type Admission =
  | { readonly passage: Passage; readonly postponed?: undefined }
  | { readonly passage?: undefined; readonly postponed: Delay };

/** Deliveries that wait for the same instant come back spread over this part of the wait. */
const spread = 0.1;
/** The deliveries that a lane holds when its endpoint is isolated are looked at again after this. */
const isolatedMs = 5_000;
/** For how long storage holds back an endpoint whose lane is full: half of what a lane holds. */
const rateHoldMs = 5_000;

/**
 * Decides whether a request may be made now, puts off what may not, and keeps storage informed, so that it does not hand
 * out what would only be put off. A delivery that is put off has lost nothing but time: no attempt counts.
 */
export class Doorkeeper {
  readonly #context: EngineContext;
  readonly #parts: DoorkeeperParts;

  constructor(context: EngineContext, parts: DoorkeeperParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Asks the breaker, the receiver's wish for a pause and the rates, in this order. */
  admit(guarded: Guarded, nowMs: number): Admission | Promise<Admission> {
    const entry = guarded.gate.enter();
    if (entry instanceof Promise) return entry.then((answer) => this.#admit(guarded, answer, nowMs));
    return this.#admit(guarded, entry, nowMs);
  }

  #admit({ gate, target, rates }: Guarded, entry: Entry, nowMs: number): Admission {
    if (entry.passage === undefined) {
      const untilMs = entry.retryAt?.getTime() ?? nowMs + isolatedMs;
      return { postponed: { reason: 'breaker_open', untilMs } };
    }
    const { passage } = entry;
    const pausedUntilMs = this.#parts.pauses.pausedUntilMs(target, nowMs);
    // What we hold back ourselves waits in storage; what is in memory already may go.
    if (pausedUntilMs !== undefined && pausedUntilMs !== gate.rateHoldUntilMs) {
      void passage.leave();
      return { postponed: { reason: 'receiver_pause', untilMs: pausedUntilMs } };
    }
    const wait = takeRate(rates);
    if (wait !== undefined) {
      void passage.leave();
      return { postponed: { reason: 'rate_limit', untilMs: nowMs + wait.waitMs } };
    }
    this.#parts.egress.active(target.endpoint.environmentId, target.endpoint.id);
    return entry;
  }

  /** Puts a delivery off; one that would be too old by then is given up: an endpoint may stay closed for ever. */
  postpone(job: DeliveryJob, guarded: Guarded, { reason, untilMs }: Delay): void {
    const { clock, random } = this.#context;
    const nowMs = clock.nowMs();
    const dueAt = new Date(Math.ceil(untilMs + (untilMs - nowMs) * spread * random.next()));
    // Storage does not know yet, or another worker wrote over it. An isolation is the operator's to write, and to end.
    const { gate, target } = guarded;
    const isNews = gate.breakerState === 'open' && gate.pausedUntilMs > Math.max(nowMs, target.pausedUntilMs);
    const endpointState = this.#stateOf(guarded, isNews ? 'repeat' : 'changes');
    if (this.#isTooOld(job, dueAt)) this.#giveUp(job, endpointState);
    else this.#put(job, { reason, dueAt, endpointState });
  }

  /** Counted from the first attempt, or from the beginning of a delivery that never had one. */
  #isTooOld(job: DeliveryJob, dueAt: Date): boolean {
    const since = job.firstAttemptAt ?? parseId(job.lease.deliveryId)?.at;
    return since !== undefined && dueAt.getTime() - since.getTime() >= this.#context.options.maxAgeMs;
  }

  #giveUp(job: DeliveryJob, endpointState: EndpointState | undefined): void {
    const { environmentId, eventType } = job.outbound.message;
    this.#parts.record({
      job,
      outcome: {
        lease: job.lease,
        environmentId,
        endpointId: job.endpointId,
        eventType,
        next: { status: 'dead_letter', reason: 'exhausted' },
      },
      endpointState,
    });
  }

  /** Gives a delivery back to storage whose lane holds all that its rate can take for a while, and stops the supply. */
  turnAway(job: DeliveryJob, guarded: Guarded): void {
    const now = this.#context.clock.now();
    const { gate } = guarded;
    let endpointState: EndpointState | undefined;
    if ((gate.rateHoldUntilMs ?? 0) <= now.getTime()) {
      gate.holdForRate(now.getTime() + rateHoldMs);
      endpointState = this.#stateOf(guarded, 'always');
    }
    this.#put(job, { reason: 'rate_limit', dueAt: now, endpointState });
  }

  /** What storage should know about the endpoint now; `undefined` when nothing. */
  learn(guarded: Guarded, pausedUntilMs?: number): EndpointState | undefined {
    const { id: endpointId } = guarded.target.endpoint;
    if (pausedUntilMs !== undefined) {
      // Answers may overtake each other: an earlier one that asked for a longer pause still counts.
      this.#parts.pauses.pause({ endpointId, untilMs: pausedUntilMs, nowMs: this.#context.clock.nowMs() });
    }
    return this.#stateOf(guarded, pausedUntilMs === undefined ? 'changes' : 'always');
  }

  /** Forces the breaker; returns the state to store, which knows no pause but that of the breaker. */
  async force({ gate, target }: Guarded, state: ForcedState): Promise<EndpointState> {
    await gate.force(state);
    return toState({ gate, target }, { learned: gate.learn('always'), pausedUntilMs: gate.pausedUntilMs });
  }

  #stateOf({ gate, target }: Guarded, mode: Parameters<EndpointGate['learn']>[0]): EndpointState | undefined {
    const learned = gate.learn(mode);
    if (learned === undefined) return undefined;
    const pausedUntilMs = Math.max(
      this.#parts.pauses.pausedUntilMs(target, this.#context.clock.nowMs()) ?? 0,
      gate.pausedUntilMs,
    );
    return toState({ gate, target }, { learned, pausedUntilMs });
  }

  #put(
    job: DeliveryJob,
    params: { reason: PostponementReason; dueAt: Date; endpointState: EndpointState | undefined },
  ): void {
    const { environmentId, eventType } = job.outbound.message;
    const { reason, dueAt, endpointState } = params;
    this.#context.counters.postponed += 1;
    this.#parts.record({
      job,
      outcome: {
        lease: job.lease,
        environmentId,
        endpointId: job.endpointId,
        eventType,
        next: { status: 'pending', dueAt },
      },
      endpointState,
      postponement: reason,
    });
  }
}

function toState(
  { gate, target }: Pick<Guarded, 'gate' | 'target'>,
  { learned, pausedUntilMs }: { readonly learned: string | undefined; readonly pausedUntilMs: number },
): EndpointState {
  const { applicationId, id: endpointId } = target.endpoint;
  const pausedUntil = pausedUntilMs === 0 ? undefined : new Date(Math.ceil(pausedUntilMs));
  return { applicationId, endpointId, generation: gate.generation, pausedUntil, learned };
}
