import { definePort } from '@postrider/core';

/**
 * Places in the engine where a test may strike. `attempt.after_request_written`: the request has been handed to the
 * operating system and nothing of an answer was read. `reaper.mid_batch`: a batch of leases was taken back, the next
 * one and the hint to the workers are still to come.
 */
export const failpointNames = [
  'publish.before_commit',
  'publish.after_commit',
  'claim.after_commit',
  'attempt.before_connect',
  'attempt.after_request_written',
  'attempt.after_response',
  'record.before_commit',
  'record.after_commit',
  'reaper.mid_batch',
  'shutdown.draining',
] as const;

export type FailpointName = (typeof failpointNames)[number];

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
