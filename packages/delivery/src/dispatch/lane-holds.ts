import type { Clock, Timer } from '@postrider/core';
import type { RateWait } from '../gates/rate-limits.js';
import type { Lane } from './lane.js';

export interface LaneHoldsParts {
  readonly clock: Clock;
  /** What the lane still has to wait for. */
  readonly rateWait: (lane: Lane) => RateWait | undefined;
  /** The lane may go on: it takes what it can at once. */
  readonly resume: (lane: Lane) => void;
  /** Lanes begin to wait for a rate. */
  readonly held: (wait: RateWait) => void;
}

interface Queue {
  /** The lane that has waited longest first. */
  readonly lanes: Set<Lane>;
  /** Runs, or has just fired and the line is being walked. */
  timer: Timer | undefined;
}

/**
 * The lanes that wait for a rate: one line and one timer per rate, so that a thousand endpoints of one application do
 * not all wake for one place.
 */
export class LaneHolds {
  readonly #parts: LaneHoldsParts;
  readonly #queues = new Map<string, Queue>();

  constructor(parts: LaneHoldsParts) {
    this.#parts = parts;
  }

  hold(lane: Lane, wait: RateWait): void {
    let queue = this.#queues.get(wait.key);
    if (queue === undefined) this.#queues.set(wait.key, (queue = { lanes: new Set(), timer: undefined }));
    lane.isHeld = true;
    queue.lanes.add(lane);
    if (queue.timer === undefined) this.#arm(queue, wait);
  }

  /** Forgets all: nothing is resumed any more. */
  clear(): void {
    for (const { timer } of this.#queues.values()) timer?.cancel();
    this.#queues.clear();
  }

  #arm(queue: Queue, wait: RateWait): void {
    this.#parts.held(wait);
    queue.timer = this.#parts.clock.setTimeout(() => this.#wake(queue, wait.key), Math.ceil(wait.waitMs));
  }

  /** Lanes that are held again meanwhile stand at the end of the line, and the walk ends at the first that must wait. */
  #wake(queue: Queue, key: string): void {
    for (const lane of queue.lanes) {
      const wait = this.#parts.rateWait(lane);
      if (wait?.key === key) return this.#arm(queue, wait);
      queue.lanes.delete(lane);
      lane.isHeld = false;
      if (wait === undefined) this.#parts.resume(lane);
      else this.hold(lane, wait);
    }
    this.#queues.delete(key);
  }
}
