import type { FailureRun } from '@postrider/core';
import type { FailingStage } from '../ports/delivery-observer.js';
import type { FailureEvidence } from './failure-evidence.js';

/** When somebody is told of an endpoint that fails, before it is disabled. */
export const noticeStages: readonly { readonly stage: FailingStage; readonly afterMs: number }[] = [
  { stage: '24h', afterMs: 24 * 3_600_000 },
  { stage: '72h', afterMs: 72 * 3_600_000 },
];

/** With fewer attempts nothing is said of an endpoint: a few messages may be at fault themselves. */
const minAttempts = 20;

/**
 * What to do about a failure run.
 *
 * - `wait`: nothing.
 * - `correct`: storage is out of date; the run is another one, or over.
 * - `notice`: tell of it.
 * - `disable`: it has lasted long enough.
 */
export type RunVerdict =
  | { readonly kind: 'wait' | 'disable' }
  | { readonly kind: 'correct'; readonly next: Pick<FailureRun, 'failingSince' | 'notices'> | undefined }
  | { readonly kind: 'notice'; readonly stage: FailingStage; readonly notices: number };

/**
 * A run has lasted from its beginning to the last failure that is known: an endpoint that nobody wrote to meanwhile has
 * not failed meanwhile.
 */
export function judgeRun(
  { failingSince, notices }: FailureRun,
  evidence: FailureEvidence,
  params: { readonly now: Date; readonly disableAfterMs: number },
): RunVerdict {
  const { attempts, lastFailureMs, lastSuccessMs } = evidence;
  const { now, disableAfterMs } = params;
  if (lastFailureMs === undefined) return { kind: 'correct', next: undefined };
  if (lastSuccessMs !== undefined) {
    const goesOn = lastFailureMs >= lastSuccessMs;
    return { kind: 'correct', next: goesOn ? { failingSince: new Date(lastSuccessMs), notices: 0 } : undefined };
  }
  if (now.getTime() - lastFailureMs > disableAfterMs) return { kind: 'correct', next: undefined };
  if (attempts < minAttempts) return { kind: 'wait' };
  const lastedMs = lastFailureMs - failingSince.getTime();
  if (lastedMs >= disableAfterMs) return { kind: 'disable' };
  const reached = noticeStages.filter(({ afterMs }) => afterMs < disableAfterMs && afterMs <= lastedMs);
  const last = reached.at(-1);
  if (last === undefined || reached.length <= notices) return { kind: 'wait' };
  return { kind: 'notice', stage: last.stage, notices: reached.length };
}
