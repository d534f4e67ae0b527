import { Injectable } from '@nestjs/common';
import type { EndpointSums } from '@postrider/core';
import { calculateHealthScore, defaultHealthScoreOptions, type HealthStatus } from '@postrider/health';
import { countErrored } from '../alerts/score-of-metrics.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const slowerThanMs = defaultHealthScoreOptions.latency.toleratedMs;

/** How many endpoints of an environment are how well, in the last full hour and the one under way. */
@Injectable()
export class EndpointBands {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'storage' | 'delivery' | 'clock'>;

  /** Without trouble an endpoint is excellent, without traffic too: an open breaker alone takes no more than 10 points. */
  async count(environmentId: string): Promise<ReadonlyMap<HealthStatus | 'disabled', number>> {
    const { storage, delivery, clock } = this.ports;
    const nowMs = clock.nowMs();
    const range = {
      from: new Date((Math.floor(nowMs / hourMs) - 1) * hourMs),
      to: new Date((Math.floor(nowMs / minuteMs) + 1) * minuteMs),
    };
    const survey = await storage.surveyEndpoints({ environmentId, slowerThanMs, ...range });
    const open = new Set(
      delivery
        .listBreakers({ environmentId })
        .filter(({ state }) => state === 'open' || state === 'isolated')
        .map(({ endpointId }) => endpointId),
    );
    const counts = new Map<HealthStatus | 'disabled', number>([['disabled', survey.disabled]]);
    const add = (status: HealthStatus, count = 1): void => void counts.set(status, (counts.get(status) ?? 0) + count);
    add('excellent', survey.enabled - survey.troubled.length);
    for (const endpoint of survey.troubled) add(statusOf(endpoint, open.has(endpoint.endpointId)));
    return counts;
  }
}

function statusOf(sums: EndpointSums, isOpen: boolean): HealthStatus {
  const { attempts, retries, delivered: succeeded, deadLettered: failed, durationSumMs } = sums;
  return calculateHealthScore({
    deliveries: succeeded + failed,
    succeeded,
    errored: countErrored({ attempts, retries, succeeded, failed }),
    averageResponseMs: attempts === 0 ? undefined : durationSumMs / attempts,
    openBreakers: isOpen ? 1 : 0,
  }).status;
}
