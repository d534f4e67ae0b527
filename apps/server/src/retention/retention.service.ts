import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';
import { ServerPhase } from '../http/server-phase.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

const dayMs = 24 * 60 * 60 * 1_000;

/** Removes what is older than it has to be kept. Every worker does it every hour: the store makes that safe. */
@Injectable()
export class RetentionService {
  readonly #ports: Pick<HostPorts, 'storage' | 'clock' | 'logger'>;
  readonly #retentionDays: number;
  readonly #phase: ServerPhase;

  constructor(
    @InjectHostPorts() ports: Pick<HostPorts, 'storage' | 'clock' | 'logger'>,
    @Inject(SERVER_CONFIG) { retentionDays }: Pick<ServerConfig, 'retentionDays'>,
    @Inject(ServerPhase) phase: ServerPhase,
  ) {
    this.#ports = ports;
    this.#retentionDays = retentionDays;
    this.#phase = phase;
  }

  @Cron('0 17 * * * *', { name: 'retention', waitForCompletion: true })
  async apply(): Promise<void> {
    if (this.#phase.current !== 'serving') return;
    const { storage, clock, logger } = this.#ports;
    const now = clock.now();
    const oldest = new Date(now.getTime() - this.#retentionDays * dayMs);
    try {
      const removed = await storage.applyRetention({ messagesBefore: oldest, rollupsBefore: oldest, now });
      logger.info('Retention was applied', { ...removed, olderThan: oldest });
    } catch (error) {
      logger.error('Retention could not be applied; the next hour tries again', { error });
    }
  }
}
