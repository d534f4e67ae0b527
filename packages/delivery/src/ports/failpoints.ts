import { definePort } from '@postrider/core';

/** Places in the engine where a test may strike. */
export type FailpointName =
  | 'publish.before_commit'
  | 'publish.after_commit'
  | 'claim.after_commit'
  | 'attempt.before_connect'
  | 'attempt.after_response'
  | 'record.before_commit'
  | 'record.after_commit'
  | 'shutdown.draining';

/**
 * Fault injection, for tests only. `hit` may do nothing, throw, return a promise that settles later, or end the
 * process. What it throws is handled like a fault of the step it stands before.
 */
export interface Failpoints {
  hit(name: FailpointName): Promise<void> | void;
}

/** Does nothing, at the price of a call. */
export const noFailpoints: Failpoints = { hit: () => undefined };

/** Fault injection of the host; absent outside tests. */
export const Failpoints = definePort<Failpoints>({ id: 'postrider.failpoints', version: 1 });
