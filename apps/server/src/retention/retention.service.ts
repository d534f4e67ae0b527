import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import { ScheduledJobs } from '../jobs/scheduled-jobs.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { retentionBounds, type RetentionDays } from './retention-bounds.js';

const minuteMs = 60_000;

/** Removes what is older than it has to be kept, every hour. */
@Injectable()
export class RetentionService {
  readonly #ports: Pick<HostPorts, 'storage' | 'clock'>;
  readonly #days: RetentionDays;
  readonly #jobs: ScheduledJobs;

  constructor(
    @InjectHostPorts() ports: Pick<HostPorts, 'storage' | 'clock'>,
    @Inject(SERVER_CONFIG) days: RetentionDays,
    @Inject(ScheduledJobs) jobs: ScheduledJobs,
  ) {
    this.#ports = ports;
    this.#days = days;
    this.#jobs = jobs;
  }

  @Cron('0 17 * * * *', { name: 'retention', waitForCompletion: true })
  apply(): Promise<void> {
    const run = async (): Promise<Record<string, unknown>> => {
      const { storage, clock } = this.#ports;
      const bounds = retentionBounds(this.#days, clock.now());
      const removed = await storage.applyRetention(bounds);
      return { ...removed, olderThan: bounds.messagesBefore };
    };
    return this.#jobs.run({ name: 'retention', leaseMs: 50 * minuteMs, restMs: 30 * minuteMs, run });
  }
}
