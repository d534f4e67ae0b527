import { Injectable } from '@nestjs/common';
import type { RollupFilter } from '@postrider/core';
import { calculateHealthScore, type HealthScore } from '@postrider/health';
import { countErrored } from '../alerts/score-of-metrics.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { sumSince } from './recent-sums.js';

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

/**
 * The health of an environment, of an application or of an endpoint in the last hour, or up to a quarter of an hour
 * more, as every replica sees it.
 */
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
    const sinceMs = to.getTime() - windowMs;
    // Minutes are soon merged into hours: the one that the window begins in is read whole.
    const from = new Date(Math.floor(sinceMs / windowMs) * windowMs);
    const summaries = await storage.readSummaries({ ...scope, from, to });
    const sums = sumSince(summaries, sinceMs);
    const { attempts, retries, delivered: succeeded, deadLettered: failed } = sums;
    const deliveries = succeeded + failed;
    const errored = countErrored({ attempts, retries, succeeded, failed });
    const averageResponseMs = attempts === 0 ? undefined : sums.durationSumMs / attempts;
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
