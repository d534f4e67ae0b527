import { Injectable } from '@nestjs/common';
import type { RollupFilter, RollupSums } from '@postrider/core';
import { calculateHealthScore, type HealthScore } from '@postrider/health';
import { countErrored } from '../alerts/score-of-metrics.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'clock'>;

const minuteMs = 60_000;
const windowMs = 60 * minuteMs;

/** A score with what was counted for it. */
export interface ScopedHealth extends HealthScore {
  readonly deliveries: number;
  readonly errors: number;
  /** Absent without deliveries. */
  readonly successRate?: number | undefined;
  /** In seconds; absent without attempts. */
  readonly averageResponseTime?: number | undefined;
}

/** The health of an environment, of an application or of an endpoint in the last hour, as every replica sees it. */
@Injectable()
export class SystemHealthService {
  readonly #ports: Ports;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
  }

  /** The backlog is that of the whole instance, and counts for an environment alone: its parts share the workers. */
  async measure(scope: Omit<RollupFilter, 'eventType'>): Promise<ScopedHealth> {
    const { storage, clock } = this.#ports;
    const now = clock.now();
    // Buckets begin at full minutes: the one that has begun counts too.
    const to = new Date((Math.floor(now.getTime() / minuteMs) + 1) * minuteMs);
    const summaries = await storage.readSummaries({ ...scope, from: new Date(to.getTime() - windowMs), to });
    const sum = (field: keyof RollupSums & ('attempts' | 'retries' | 'delivered' | 'deadLettered' | 'durationSumMs')) =>
      summaries.reduce((total, summary) => total + summary[field], 0);
    const attempts = sum('attempts');
    const succeeded = sum('delivered');
    const failed = sum('deadLettered');
    const deliveries = succeeded + failed;
    const errored = countErrored({ attempts, retries: sum('retries'), succeeded, failed });
    const averageResponseMs = attempts === 0 ? undefined : sum('durationSumMs') / attempts;
    const oldestDueAt =
      scope.applicationId === undefined ? (await storage.measureQueue({ now })).oldestDueAt : undefined;
    const score = calculateHealthScore({
      deliveries,
      succeeded,
      errored,
      averageResponseMs,
      openBreakers: this.#countOpenBreakers(scope),
      oldestDueAgeMs: oldestDueAt && Math.max(0, now.getTime() - oldestDueAt.getTime()),
    });
    return {
      ...score,
      deliveries,
      errors: errored,
      successRate: deliveries === 0 ? undefined : succeeded / deliveries,
      averageResponseTime: averageResponseMs === undefined ? undefined : averageResponseMs / 1000,
    };
  }

  #countOpenBreakers({ environmentId, applicationId, endpointId }: Omit<RollupFilter, 'eventType'>): number {
    return this.#ports.delivery
      .listBreakers({ environmentId })
      .filter(
        (breaker) =>
          (breaker.state === 'open' || breaker.state === 'isolated') &&
          (applicationId === undefined || breaker.applicationId === applicationId) &&
          (endpointId === undefined || breaker.endpointId === endpointId),
      ).length;
  }
}
