import type { DeliveryJob } from './delivery-job.js';

/** The deliveries of one endpoint in this process: a queue, in the order of arrival, and counts. */
export class Lane {
  readonly endpointId: string;
  /** Places promised to deliveries whose storing is under way. */
  reserved = 0;
  /** Deliveries being attempted. */
  running = 0;
  #jobs: DeliveryJob[] = [];
  /** Where the queue begins: the places before it are used up. Spares the copying of `shift`. */
  #head = 0;

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
  }

  shift(): DeliveryJob | undefined {
    const job = this.#jobs[this.#head];
    if (job === undefined) return undefined;
    this.#head += 1;
    if (this.#head === this.#jobs.length || this.#head >= 64) {
      this.#jobs = this.#jobs.slice(this.#head);
      this.#head = 0;
    }
    return job;
  }

  /** Empties the queue. */
  takeAll(): DeliveryJob[] {
    const jobs = this.#jobs.slice(this.#head);
    this.#jobs = [];
    this.#head = 0;
    return jobs;
  }
}
