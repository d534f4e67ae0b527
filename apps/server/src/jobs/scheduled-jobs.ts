import { Inject, Injectable } from '@nestjs/common';
import { ServerPhase } from '../http/server-phase.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import type { JobState, ScheduledJob } from './scheduled-job.js';

const holderBytes = 9;

/**
 * Runs scheduled jobs. Every replica is triggered; the lock in the store lets one of them work, and keeps the others
 * off until the job has rested. Triggers come from `@Cron` or `@Interval` methods that call `run`.
 */
@Injectable()
export class ScheduledJobs {
  readonly #ports: Pick<HostPorts, 'storage' | 'clock' | 'random' | 'logger'>;
  readonly #phase: ServerPhase;
  readonly #holder: string;
  readonly #states = new Map<string, JobState>();

  constructor(
    @InjectHostPorts() ports: Pick<HostPorts, 'storage' | 'clock' | 'random' | 'logger'>,
    @Inject(ServerPhase) phase: ServerPhase,
  ) {
    this.#ports = ports;
    this.#phase = phase;
    this.#holder = Buffer.from(ports.random.bytes(holderBytes)).toString('base64url');
  }

  /** The jobs that were triggered in this process so far. */
  get states(): readonly JobState[] {
    return [...this.#states.values()];
  }

  /**
   * Does the work unless the server does not serve, this process is at it already, or another replica has it or did
   * it a moment ago. Never rejects: a failure is logged, and the next trigger tries again, on any replica.
   */
  async run(job: ScheduledJob): Promise<void> {
    if (this.#phase.current !== 'serving' || this.#stateOf(job).running) return;
    const { clock, logger } = this.#ports;
    this.#note(job, { running: true });
    try {
      const startedAt = clock.now();
      if (!(await this.#holdUntil(job, startedAt.getTime() + job.leaseMs))) {
        this.#note(job, { heldElsewhereAt: startedAt });
        return;
      }
      const done = await job.run();
      this.#note(job, { lastSuccessAt: clock.now(), failingSince: undefined });
      logger.info('A scheduled job is done', { job: job.name, ...done });
      await this.#holdUntil(job, startedAt.getTime() + job.restMs);
    } catch (error) {
      this.#note(job, { failingSince: this.#stateOf(job).failingSince ?? clock.now() });
      logger.error('A scheduled job failed; its next trigger tries again', { job: job.name, error });
      await this.#release(job);
    } finally {
      this.#note(job, { running: false });
    }
  }

  async #holdUntil({ name }: ScheduledJob, untilMs: number): Promise<boolean> {
    const { storage, clock } = this.#ports;
    const lock = { name, holder: this.#holder, until: new Date(untilMs), now: clock.now() };
    return (await storage.acquireJobLock(lock)).acquired;
  }

  async #release({ name }: ScheduledJob): Promise<void> {
    try {
      await this.#ports.storage.releaseJobLock({ name, holder: this.#holder });
    } catch (error) {
      this.#ports.logger.warn('The lock of a scheduled job was not released; it will run out', { job: name, error });
    }
  }

  #stateOf({ name }: ScheduledJob): JobState {
    return this.#states.get(name) ?? { name, running: false };
  }

  #note(job: ScheduledJob, change: Partial<JobState>): void {
    this.#states.set(job.name, { ...this.#stateOf(job), ...change });
  }
}
