import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { webhookMetrics } from '@postrider/metrics';
import { ServerPhase } from '../http/server-phase.js';
import { EndpointBands } from '../health/endpoint-bands.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

type Band = (typeof webhookMetrics.webhook_endpoints.labels.health)[number];

/** Nothing changes quickly in a sum over an hour, and it is read for all endpoints. */
const sampleEveryMs = 30_000;

/** Shows how many endpoints are how well, over all environments. Every replica does: they see the same. */
@Injectable()
export class EndpointHealthSampler {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'storage' | 'metrics' | 'logger'>;
  @Inject(ServerPhase) private readonly phase!: ServerPhase;
  @Inject(EndpointBands) private readonly bands!: EndpointBands;
  #isSampling = false;

  /** Looks once. Never rejects: what could not be read keeps its last value, and the log says so. */
  @Interval(sampleEveryMs)
  async sample(): Promise<void> {
    if (this.phase.current !== 'serving' || this.#isSampling) return;
    this.#isSampling = true;
    try {
      const sums = new Map<Band, number>(webhookMetrics.webhook_endpoints.labels.health.map((band) => [band, 0]));
      for (const { id } of await this.ports.storage.listEnvironments({})) {
        for (const [band, count] of await this.bands.count(id)) sums.set(band, (sums.get(band) ?? 0) + count);
      }
      for (const [health, count] of sums) this.ports.metrics.gauge('webhook_endpoints', { health }).set(count);
    } catch (error) {
      this.ports.logger.warn('The health of endpoints could not be sampled', { error });
    } finally {
      this.#isSampling = false;
    }
  }
}
