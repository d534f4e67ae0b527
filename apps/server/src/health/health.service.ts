import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ServerPhase, type Phase } from '../http/server-phase.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

/** Anybody may ask, so the store is not asked more often than this. */
const storageAnswerKeptForMs = 500;
const storageDeadlineMs = 3_000;
/** Receivers refuse signatures that are minutes off; long before that an operator has to look at the machine. */
const clockTooWrongMs = 60_000;
/** A loop that was silent for this many of its intervals is stuck. */
const silentIntervals = 5;

export const healthOut = z
  .object({
    status: z.enum(['up', 'down']),
    phase: z.enum(['starting', 'serving', 'draining', 'closing']),
    checks: z.array(
      z
        .object({ name: z.string(), healthy: z.boolean(), latencyMs: z.number().optional() })
        .meta({ id: 'HealthCheck' }),
    ),
  })
  .meta({ id: 'HealthOut' });

export type HealthOut = z.output<typeof healthOut>;

type Check = HealthOut['checks'][number];

/** Whether this process can do its work now. Says which part cannot, and nothing about why: that is in the log. */
@Injectable()
export class HealthService {
  readonly #ports: Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'sharedClock' | 'logger'>;
  readonly #phase: ServerPhase;
  #storage: { readonly askedMs: number; readonly answer: Promise<Check> } | undefined;
  #storageWasHealthy = true;

  constructor(
    @InjectHostPorts() ports: Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'sharedClock' | 'logger'>,
    @Inject(ServerPhase) phase: ServerPhase,
  ) {
    this.#ports = ports;
    this.#phase = phase;
  }

  get phase(): Phase {
    return this.#phase.current;
  }

  async check(): Promise<HealthOut> {
    const phase = this.#phase.current;
    if (phase === 'starting' || phase === 'closing') return { status: 'down', phase, checks: [] };
    const checks = [await this.#checkStorage(), this.#checkDelivery(), ...this.#checkClock()];
    return { status: checks.every(({ healthy }) => healthy) ? 'up' : 'down', phase, checks };
  }

  #checkStorage(): Promise<Check> {
    const nowMs = this.#ports.clock.monotonicMs();
    if (this.#storage === undefined || nowMs - this.#storage.askedMs > storageAnswerKeptForMs) {
      this.#storage = { askedMs: nowMs, answer: this.#askStorage() };
    }
    return this.#storage.answer;
  }

  async #askStorage(): Promise<Check> {
    const { storage, logger } = this.#ports;
    const health = await storage.health({ signal: AbortSignal.timeout(storageDeadlineMs) });
    if (health.healthy !== this.#storageWasHealthy) {
      if (health.healthy) logger.info('Storage is reachable again');
      else logger.warn('Storage is not healthy', { problem: health.problem });
    }
    this.#storageWasHealthy = health.healthy;
    return { name: 'storage', healthy: health.healthy, latencyMs: Math.round(health.latencyMs * 100) / 100 };
  }

  #checkDelivery(): Check {
    const nowMs = this.#ports.clock.nowMs();
    const { loops, state } = this.#ports.delivery.stats();
    const stuck = loops.some(
      ({ intervalMs, lastSuccessAt }) =>
        lastSuccessAt !== undefined && nowMs - lastSuccessAt.getTime() > silentIntervals * intervalMs + 1_000,
    );
    return { name: 'delivery', healthy: state === 'draining' || !stuck };
  }

  /** Of workers: what they sign carries the time. */
  #checkClock(): Check[] {
    const { sharedClock, delivery } = this.#ports;
    if (sharedClock === undefined || delivery.stats().loops.length === 0) return [];
    return [{ name: 'clock', healthy: Math.abs(sharedClock.hostAheadMs) <= clockTooWrongMs }];
  }
}
