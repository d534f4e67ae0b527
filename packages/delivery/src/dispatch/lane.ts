import type { DeliveryJob } from './delivery-job.js';

/** Lanes that wait for slots; iterated from the front, moved to the back when served. */
export interface Ring {
  /** Slots that its lanes may hold, all together. */
  readonly slots: number;
  readonly lanes: Set<Lane>;
  /** Slots that they hold. */
  inFlight: number;
}

/** The deliveries of one endpoint in this process: a queue, in the order of arrival, and counts. */
export class Lane {
  readonly endpointId: string;
  /** Places promised to deliveries whose storing is under way. */
  reserved = 0;
  /** Deliveries being attempted. */
  running = 0;
  /** Waits for a rate: not to be looked at until that is over. */
  isHeld = false;
  /** The ring in which it was last. */
  ring: Ring | undefined;
  #jobs: DeliveryJob[] = [];
  /** Where the queue begins: the places before it are used up. Spares the copying of `shift`. */
  #head = 0;
  #firstAttempts = 0;

  constructor(endpointId: string) {
    this.endpointId = endpointId;
  }

  get waiting(): number {
    return this.#jobs.length - this.#head;
  }

  get depth(): number {
    return this.waiting + this.running + this.reserved;
  }

  push(job: DeliveryJob): void {
    this.#jobs.push(job);
    if (job.attemptCount === 0) this.#firstAttempts += 1;
  }

  shift(): DeliveryJob | undefined {
    const job = this.#jobs[this.#head];
    if (job === undefined) return undefined;
    if (job.attemptCount === 0) this.#firstAttempts -= 1;
    this.#head += 1;
    if (this.#head === this.#jobs.length || this.#head >= 64) {
      this.#jobs = this.#jobs.slice(this.#head);
      this.#head = 0;
    }
    return job;
  }

  /** Deliveries in the queue that were never attempted. */
  get firstAttempts(): number {
    return this.#firstAttempts;
  }

  /** Takes the first delivery that was never attempted out of the queue. */
  shiftFirstAttempt(): DeliveryJob | undefined {
    if (this.#firstAttempts === 0) return undefined;
    const index = this.#jobs.findIndex((job, place) => place >= this.#head && job.attemptCount === 0);
    if (index === this.#head) return this.shift();
    this.#firstAttempts -= 1;
    return this.#jobs.splice(index, 1)[0];
  }

  /** Empties the queue. */
  takeAll(): DeliveryJob[] {
    const jobs = this.#jobs.slice(this.#head);
    this.#jobs = [];
    this.#head = 0;
    this.#firstAttempts = 0;
    return jobs;
  }
}
