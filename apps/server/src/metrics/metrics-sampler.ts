import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ServerPhase } from '../http/server-phase.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { toBreakerLabel } from './delivery-metrics.js';
import { QueueLevel } from './queue-level.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'logger' | 'metrics'>;

/** As long as a step of the time series. */
const sampleEveryMs = 10_000;
const storageDeadlineMs = 5_000;
const resolutionMs = 20;

/**
 * Reads what nobody tells: how long the queue is, how busy this worker is, how late the event loop runs. Every replica
 * does it, because each shows its own metrics; the queue is the same one for all of them.
 */
@Injectable()
export class MetricsSampler implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #ports: Ports;
  readonly #phase: ServerPhase;
  readonly #level: QueueLevel;
  readonly #eventLoop: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #totals = new Map<string, number>();
  #isSampling = false;

  constructor(@InjectHostPorts() ports: Ports, @Inject(ServerPhase) phase: ServerPhase, level: QueueLevel) {
    this.#ports = ports;
    this.#phase = phase;
    this.#level = level;
  }

  onApplicationBootstrap(): void {
    this.#eventLoop.enable();
  }

  onApplicationShutdown(): void {
    this.#eventLoop.disable();
  }

  /** Looks once. Never rejects: what could not be read keeps its last value, and the log says so. */
  @Interval(sampleEveryMs)
  async sample(): Promise<void> {
    if (this.#phase.current !== 'serving' || this.#isSampling) return;
    this.#isSampling = true;
    try {
      this.#sampleProcess();
      await this.#sampleQueue();
      await this.#sampleBreakers();
    } catch (error) {
      this.#ports.logger.warn('Metrics of the queue could not be sampled', { error });
    } finally {
      this.#isSampling = false;
    }
  }

  #sampleProcess(): void {
    const { delivery, metrics } = this.#ports;
    const { workerId, inFlight, maxInFlight, loops, counters } = delivery.stats();
    // Only a worker has loops.
    if (loops.length > 0) {
      metrics.gauge('webhook_worker_utilization', { worker: workerId }).set(inFlight / maxInFlight);
    }
    metrics.counter('webhook_lease_lost_total').add(this.#increase('leases', counters.leasesLost + counters.fenced));
    metrics.gauge('webhook_event_loop_lag_seconds').set(this.#takeLagSeconds());
  }

  async #sampleQueue(): Promise<void> {
    const { storage, clock, metrics } = this.#ports;
    const now = clock.now();
    const { backlogFrom } = this.#level;
    const queue = await storage.measureQueue({ now, backlogFrom, signal: AbortSignal.timeout(storageDeadlineMs) });
    this.#level.note(queue);
    metrics.gauge('webhook_queue_size', { state: 'pending' }).set(queue.pending - queue.due);
    metrics.gauge('webhook_queue_size', { state: 'due' }).set(queue.due);
    metrics.gauge('webhook_queue_size', { state: 'in_flight' }).set(queue.inFlight);
    const ageMs = queue.oldestDueAt === undefined ? 0 : now.getTime() - queue.oldestDueAt.getTime();
    metrics.gauge('webhook_oldest_due_age_seconds').set(Math.max(0, ageMs) / 1000);
  }

  /** Breakers that this process knows; those that are closed are not listed one by one. */
  async #sampleBreakers(): Promise<void> {
    const { storage, delivery, metrics } = this.#ports;
    const counts = { closed: 0, half_open: 0, open: 0 };
    const environments = await storage.listEnvironments({ signal: AbortSignal.timeout(storageDeadlineMs) });
    for (const { id } of environments) {
      for (const { state } of delivery.listBreakers({ environmentId: id })) counts[toBreakerLabel(state)] += 1;
    }
    metrics.gauge('webhook_circuit_breaker_state', { state: 'open' }).set(counts.open);
    metrics.gauge('webhook_circuit_breaker_state', { state: 'half_open' }).set(counts.half_open);
    const known = delivery.stats().routes.endpoints;
    metrics
      .gauge('webhook_circuit_breaker_state', { state: 'closed' })
      .set(Math.max(0, known - counts.open - counts.half_open));
  }

  /** What a total that somebody else keeps has grown by since the last look. */
  #increase(name: string, total: number): number {
    const before = this.#totals.get(name) ?? 0;
    this.#totals.set(name, total);
    return total - before;
  }

  /** The worst of the last interval; what the histogram measures includes its own resolution. */
  #takeLagSeconds(): number {
    const lagMs = this.#eventLoop.count === 0 ? 0 : this.#eventLoop.max / 1e6 - resolutionMs;
    this.#eventLoop.reset();
    return Math.max(0, lagMs) / 1000;
  }
}
