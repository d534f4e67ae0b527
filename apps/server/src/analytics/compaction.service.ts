import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { hoursKeptDays } from '@postrider/analytics';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';
import { ScheduledJobs } from '../jobs/scheduled-jobs.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Minutes are over for every writer by then: replicas go by the clock of their store, and a stalled one is fenced. */
const youngestMs = 5 * minuteMs;

/** Merges rollups of minutes into hours, and hours into days, every minute: reports read what is left row by row. */
@Injectable()
export class CompactionService {
  readonly #ports: Pick<HostPorts, 'storage' | 'clock'>;
  readonly #leaseMs: number;
  readonly #jobs: ScheduledJobs;

  constructor(
    @InjectHostPorts() ports: Pick<HostPorts, 'storage' | 'clock'>,
    @Inject(SERVER_CONFIG) { leaseMs }: Pick<ServerConfig, 'leaseMs'>,
    @Inject(ScheduledJobs) jobs: ScheduledJobs,
  ) {
    this.#ports = ports;
    this.#leaseMs = leaseMs;
    this.#jobs = jobs;
  }

  @Cron('30 * * * * *', { name: 'rollup-compaction', waitForCompletion: true })
  compact(): Promise<void> {
    const run = async (): Promise<Record<string, unknown>> => {
      const { storage, clock } = this.#ports;
      const nowMs = clock.nowMs();
      // A late outcome counts only under a live lease: twice its length later there is none.
      const hoursBefore = new Date(nowMs - Math.max(youngestMs, 2 * this.#leaseMs));
      return storage.compactRollups({ hoursBefore, daysBefore: new Date(nowMs - hoursKeptDays * dayMs) });
    };
    return this.#jobs.run({ name: 'rollup-compaction', leaseMs: 30 * minuteMs, restMs: minuteMs / 2, run });
  }
}
