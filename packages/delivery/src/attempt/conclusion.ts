import type { Attempt, DeliveryTransition } from '@postrider/core';
import { nextRetry, parseRetryAfter } from '@postrider/resilience';
import type { DeliveryJob } from '../dispatch/delivery-job.js';
import type { EngineContext } from '../internal/engine-context.js';
import type { RouteTarget } from '../routing/route-target.js';
import type { OutcomeClass } from '../sender/classify-outcome.js';
import type { SendResult } from '../sender/sender.js';

/** What came of one request that counts as an attempt. */
export interface MadeRequest {
  readonly job: DeliveryJob;
  readonly target: RouteTarget;
  readonly sentAt: Date;
  readonly result: SendResult;
  readonly outcome: OutcomeClass;
}

/** What follows from it. */
export interface Conclusion {
  readonly attempt: Attempt;
  readonly next: DeliveryTransition;
  /** Until when the receiver asked for a pause, in milliseconds since 1970: it holds for all that goes to the endpoint. */
  readonly pausedUntilMs: number | undefined;
}

type Context = Pick<EngineContext, 'clock' | 'ids' | 'options' | 'random'>;

/** The record of the attempt, and the next state of the delivery and of its endpoint. */
export function concludeAttempt(context: Context, request: MadeRequest): Conclusion {
  const now = context.clock.now();
  const { outcome, result } = request;
  const hint = outcome.honoursRetryAfter && result.kind === 'response' ? result.retryAfter : undefined;
  const retryAfterMs = hint === undefined ? undefined : parseRetryAfter(hint, now);
  return {
    attempt: toAttempt(context, request),
    next: nextTransition(context, request, { now, retryAfterMs }),
    pausedUntilMs: retryAfterMs ? now.getTime() + retryAfterMs : undefined,
  };
}

function nextTransition(
  context: Context,
  { job, target, sentAt, outcome }: MadeRequest,
  timing: { now: Date; retryAfterMs: number | undefined },
): DeliveryTransition {
  if (outcome.verdict === 'delivered') return { status: 'delivered' };
  if (outcome.reason !== undefined) return { status: 'dead_letter', reason: outcome.reason };
  const decision = nextRetry({
    attemptsMade: job.attemptCount + 1,
    scheduleMs: target.endpoint.retryScheduleMs ?? context.options.retryScheduleMs,
    retryAfterMs: timing.retryAfterMs,
    firstAttemptAt: job.firstAttemptAt ?? sentAt,
    now: timing.now,
    maxAgeMs: context.options.maxAgeMs,
    random: () => context.random.next(),
  });
  return decision.kind === 'retry'
    ? { status: 'pending', dueAt: decision.dueAt }
    : { status: 'dead_letter', reason: 'exhausted' };
}

function toAttempt(context: Context, { job, target, sentAt, result, outcome }: MadeRequest): Attempt {
  const { message } = job.outbound;
  const answered = result.kind === 'response';
  return {
    id: context.ids.next('atmpt_'),
    environmentId: message.environmentId,
    applicationId: message.applicationId,
    messageId: message.id,
    endpointId: job.endpointId,
    deliveryId: job.lease.deliveryId,
    number: job.attemptCount + 1,
    trigger: job.trigger,
    outcome: outcome.verdict === 'delivered' ? 'succeeded' : 'failed',
    url: target.endpoint.url,
    responseStatusCode: answered ? result.statusCode : 0,
    responseBody: answered ? result.body : '',
    errorKind: answered ? undefined : result.error,
    durationMs: result.durationMs,
    startedAt: sentAt,
  };
}
