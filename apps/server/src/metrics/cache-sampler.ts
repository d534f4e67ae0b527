import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CacheReader } from '../caches/cache-reader.js';
import type { CacheFacts } from '../caches/cache.dto.js';
import { ServerPhase } from '../http/server-phase.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

/** As long as a step of the time series. */
const sampleEveryMs = 10_000;

const counted = ['hits', 'misses', 'evictions', 'expirations'] as const;

/** Turns the statistics of the caches into metrics: they count by themselves, on the hot path, and only the sums go on. */
@Injectable()
export class CacheSampler {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'metrics' | 'logger'>;
  @Inject(ServerPhase) private readonly phase!: ServerPhase;
  @Inject(CacheReader) private readonly caches!: CacheReader;
  readonly #seen = new Map<string, number>();

  /** Looks once. Never rejects: what could not be read is counted at the next look. */
  @Interval(sampleEveryMs)
  async sample(): Promise<void> {
    if (this.phase.current !== 'serving') return;
    try {
      for (const facts of await this.caches.read()) this.#note(facts);
    } catch (error) {
      this.ports.logger.warn('Metrics of the caches could not be sampled', { error });
    }
  }

  #note(facts: CacheFacts): void {
    const { metrics } = this.ports;
    const labels = { cache: facts.name };
    for (const what of counted) {
      const name = `webhook_cache_${what}_total` as const;
      const seen = this.#seen.get(`${name} ${facts.name}`) ?? 0;
      metrics.counter(name, labels).add(facts[what] - seen);
      this.#seen.set(`${name} ${facts.name}`, facts[what]);
    }
    if (facts.bytes !== null) metrics.gauge('webhook_cache_bytes', labels).set(facts.bytes);
  }
}
