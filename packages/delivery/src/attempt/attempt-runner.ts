import { isPostriderError, type DeliveryTransition, type Attempt } from '@postrider/core';
import type { RetryBudget } from '@postrider/resilience';
import type { DeliveryJob } from '../dispatch/delivery-job.js';
import { failureSign } from '../failing/failure-sign.js';
import { backOffMs } from '../internal/back-off.js';
import type { EngineContext } from '../internal/engine-context.js';
import type { FailpointName, Failpoints } from '../ports/failpoints.js';
import type { RecordItem } from '../record/recorder.js';
import type { RouteCache } from '../routing/route-cache.js';
import type { Guarded, GateBook } from '../gates/gate-book.js';
import type { Doorkeeper } from '../gates/doorkeeper.js';
import type { Passage } from '../gates/endpoint-gate.js';
import { classifyOutcome } from '../sender/classify-outcome.js';
import type { Sender } from '../sender/sender.js';
import { createWebhookHeaders } from '../signing/webhook-headers.js';
import { concludeAttempt, type MadeRequest } from './conclusion.js';
import type { EndpointDisabler } from './endpoint-disabler.js';
import type { FaultBudget } from './fault-budget.js';

/** How an attempt ends other than by an outcome. */
export interface LeaseEndings {
  /** Gives the lease back: no request was made. */
  readonly release: (job: DeliveryJob) => void;
  /** Gives the lease back although a request may have been made: the attempt is on record as `unknown`. */
  readonly surrender: (job: DeliveryJob) => void;
  /** Drops the job without touching storage: its lease is another worker's. */
  readonly forget: (job: DeliveryJob) => void;
}

export interface AttemptParts extends LeaseEndings {
  readonly sender: Sender;
  readonly routes: RouteCache;
  readonly gates: GateBook;
  readonly doorkeeper: Doorkeeper;
  readonly budget: RetryBudget;
  readonly faults: FaultBudget;
  readonly disabler: EndpointDisabler;
  readonly record: (item: RecordItem) => void;
  /** Requests under way have been cut off: no further one may begin. */
  readonly isCutOff: () => boolean;
}

const firstFaultDelayMs = 1_000;
const longestFaultDelayMs = 60_000;

/**
 * Makes one attempt: decides whether a request is to be made at all, makes it, and turns what came of it into an
 * outcome. Every path ends in exactly one of `record`, `release`, `surrender` and `forget`; `run` never rejects.
 */
export class AttemptRunner {
  readonly #context: EngineContext;
  readonly #parts: AttemptParts;

  constructor(context: EngineContext, parts: AttemptParts) {
    this.#context = context;
    this.#parts = parts;
  }

  async run(job: DeliveryJob): Promise<void> {
    try {
      await this.#attempt(job);
    } catch (error) {
      this.#recoverFromFault(job, error);
    }
  }

  async #attempt(job: DeliveryJob): Promise<void> {
    if (job.lost) return this.#parts.forget(job);
    const { routes } = this.#parts;
    const { applicationId } = job.lease;
    const table = routes.peek(applicationId) ?? (await routes.get(applicationId));
    const nowMs = this.#context.clock.nowMs();
    // The process may have stood still, here or while the job waited: another worker may have the delivery by now.
    if (nowMs >= job.leaseUntilMs) return this.#parts.release(job);
    const target = table?.target(job.endpointId);
    if (table === undefined || target === undefined) {
      return this.#settle(job, { status: 'cancelled', reason: 'endpoint_deleted' });
    }
    if (target.endpoint.disabled) {
      const reason = target.endpoint.disabledReason === 'gone' ? 'endpoint_gone' : 'endpoint_disabled';
      return this.#settle(job, { status: 'dead_letter', reason });
    }
    const guarded = this.#parts.gates.of(target, table.application);
    const admission = this.#parts.doorkeeper.admit(guarded, nowMs);
    const pass = admission instanceof Promise ? await admission : admission;
    if (pass.postponed !== undefined) return this.#parts.doorkeeper.postpone(job, guarded, pass.postponed);
    try {
      await this.#send(job, guarded, pass.passage);
    } finally {
      void pass.passage.leave();
    }
  }

  async #send(job: DeliveryJob, guarded: Guarded, passage: Passage): Promise<void> {
    const { target } = guarded;
    const { clock, failpoints, options } = this.#context;
    const { body, message } = job.outbound;
    const struck = failpoints.hit('attempt.before_connect');
    // On the hot path nothing is awaited that is not there.
    if (struck !== undefined) await struck;
    if (this.#parts.isCutOff()) return this.#parts.release(job);
    this.#parts.budget.record(job.attemptCount > 0 ? 'retry' : 'first');
    const sentAt = clock.now();
    const signed = { messageId: message.id, sentAt, body, signer: target.signer, svixAliases: options.svixHeaders };
    const abort = new AbortController();
    job.abort = abort;
    let struckWritten: Promise<void> | undefined;
    const result = await this.#parts.sender.send({
      url: target.endpoint.url,
      headers: { ...target.headers(options.userAgent), ...createWebhookHeaders(signed) },
      body,
      deadlineMs: Math.min(target.endpoint.timeoutMs ?? options.timeoutMs, options.maxTimeoutMs),
      signal: abort.signal,
      onWritten: () => {
        struckWritten = strike(failpoints, 'attempt.after_request_written');
      },
    });
    if (struckWritten !== undefined) await struckWritten;
    const outcome = classifyOutcome(result);
    const heard = passage.leave({ outcome, durationMs: result.durationMs });
    if (heard !== undefined) await heard;
    job.abort = undefined;
    const struckAfter = failpoints.hit('attempt.after_response');
    if (struckAfter !== undefined) await struckAfter;
    this.#conclude({ job, target, sentAt, result, outcome }, guarded);
  }

  #conclude(request: MadeRequest, guarded: Guarded): void {
    const { job, target, result, outcome } = request;
    if (job.lost) return this.#parts.forget(job);
    if (outcome.verdict === 'own_fault') {
      if (result.kind === 'error' && result.error === 'aborted') return this.#parts.surrender(job);
      throw new Error('The sender could not make the request.');
    }
    this.#context.counters.attempts += 1;
    if (result.kind === 'error' && result.blocked !== undefined) {
      const { environmentId, applicationId, id: endpointId } = target.endpoint;
      this.#context.observers.egressBlocked({ environmentId, applicationId, endpointId, reason: result.blocked });
    }
    this.#parts.faults.clear(job.lease.deliveryId);
    if (outcome.verdict === 'endpoint_gone') this.#parts.disabler.disable(target.endpoint);
    const { attempt, next, pausedUntilMs } = concludeAttempt(this.#context, request);
    const endpointState = this.#parts.doorkeeper.learn(guarded, pausedUntilMs);
    const isWatched = this.#context.options.autoDisableAfterMs > 0;
    const sign = isWatched ? failureSign(target, outcome, attempt.startedAt) : undefined;
    const isOrdered = target.endpoint.ordering !== undefined;
    this.#settle(job, next, { attempt, endpointState, failureSign: sign, isOrdered });
  }

  /**
   * A fault of ours costs the delivery no attempt: it comes back soon, a few times. Trouble with storage says nothing
   * about the delivery and is not counted against it.
   */
  #recoverFromFault(job: DeliveryJob, error: unknown): void {
    const { clock, counters, logger, random } = this.#context;
    job.abort = undefined;
    if (job.lost) return this.#parts.forget(job);
    const { deliveryId } = job.lease;
    counters.internalFaults += 1;
    const isPassing = isPostriderError(error) && error.retryable;
    const failures = isPassing ? 1 : this.#parts.faults.spend(deliveryId);
    logger.error('A delivery could not be attempted', { deliveryId, endpointId: job.endpointId, error });
    if (failures === 'exhausted') return this.#settle(job, { status: 'dead_letter', reason: 'internal' });
    const delayMs = backOffMs({ failures, firstMs: firstFaultDelayMs, longestMs: longestFaultDelayMs, random });
    this.#settle(job, { status: 'pending', dueAt: new Date(clock.nowMs() + Math.round(delayMs)) });
  }

  #settle(
    job: DeliveryJob,
    next: DeliveryTransition,
    made: Pick<RecordItem, 'endpointState' | 'failureSign' | 'isOrdered'> & { readonly attempt?: Attempt } = {},
  ): void {
    const { environmentId, eventType } = job.outbound.message;
    this.#parts.record({
      job,
      outcome: { lease: job.lease, environmentId, endpointId: job.endpointId, eventType, attempt: made.attempt, next },
      endpointState: made.endpointState,
      failureSign: made.failureSign,
      isOrdered: made.isOrdered,
    });
  }
}

/** Strikes where nobody can wait or catch: what comes of it is looked at later. */
function strike(failpoints: Failpoints, name: FailpointName): Promise<void> | undefined {
  try {
    const struck = failpoints.hit(name);
    void struck?.catch(() => undefined);
    return struck ?? undefined;
  } catch (error) {
    const failed = Promise.reject(error instanceof Error ? error : new Error(String(error)));
    void failed.catch(() => undefined);
    return failed;
  }
}
