import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { PluginKernel } from '@postrider/core';
import { createHealthRegistry, HealthChecks, type HealthRegistry } from '@postrider/health';
import { ServerPhase, type Phase } from '../http/server-phase.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { PLUGIN_KERNEL } from '../plugins/plugin-host.module.js';
import { createHostChecks, findStuckLoops } from './host-checks.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'cache' | 'clock' | 'sharedClock' | 'logger' | 'metricsReader'>;

const status = z.enum(['up', 'degraded', 'down']);

export const healthOut = z
  .object({
    status,
    phase: z.enum(['starting', 'serving', 'draining', 'closing']),
    checks: z.array(
      z
        .object({ name: z.string(), status, healthy: z.boolean(), latencyMs: z.number().optional() })
        .meta({ id: 'HealthCheck' }),
    ),
  })
  .meta({ id: 'HealthOut' });

export type HealthOut = z.output<typeof healthOut>;

/** Whether this process can do its work now. Says which part cannot, and nothing about why: that is in the log. */
@Injectable()
export class HealthService {
  readonly #ports: Ports;
  readonly #phase: ServerPhase;
  readonly #registry: HealthRegistry;

  constructor(
    @InjectHostPorts() ports: Ports,
    @Inject(ServerPhase) phase: ServerPhase,
    @Inject(PLUGIN_KERNEL) kernel: PluginKernel,
  ) {
    this.#ports = ports;
    this.#phase = phase;
    const checks = [...createHostChecks(ports), ...kernel.contributions(HealthChecks)];
    this.#registry = createHealthRegistry({ clock: ports.clock, logger: ports.logger, checks });
  }

  get phase(): Phase {
    return this.#phase.current;
  }

  /** Whether a restart would help: the event loop runs, but a loop of the engine neither works nor fails. */
  isAlive(): boolean {
    return findStuckLoops(this.#ports).length === 0;
  }

  async check(): Promise<HealthOut> {
    const phase = this.#phase.current;
    if (phase === 'starting' || phase === 'closing') return { status: 'down', phase, checks: [] };
    const report = await this.#registry.report();
    const checks = report.checks.map(({ name, status: one, details }) => {
      const latencyMs = details?.['latencyMs'];
      return { name, status: one, healthy: one !== 'down', ...(typeof latencyMs === 'number' && { latencyMs }) };
    });
    return { status: report.status, phase, checks };
  }
}
