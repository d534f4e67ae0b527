import { definePort } from '../plugin/define-port.js';
import type { Clock } from './clock.js';

/**
 * The clock that all processes on one storage go by, so that they agree on what is due and whose lease is over however
 * wrong the clocks of their machines are. Its wall clock follows the storage's; the rest is the host's `Clock`.
 */
export interface SharedClock extends Clock {
  /** How far the wall clock of this machine is ahead of the shared one, in milliseconds; negative when it is behind. */
  readonly hostAheadMs: number;
}

/** The shared clock of the host; absent where one process, or one machine, has the storage to itself. */
export const SharedClock = definePort<SharedClock>({ id: 'postrider.shared-clock', version: 1 });
