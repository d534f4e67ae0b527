import { Cache } from '@postrider/cache';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import {
  Clock,
  createIdGenerator,
  Invalidations,
  Logger,
  Random,
  SharedClock,
  Storage,
  Wake,
  type PluginKernel,
  type Port,
} from '@postrider/core';
import { DeliveryEngine, type EgressPolicy } from '@postrider/delivery';
import { Alerts, Metrics, MetricsReader } from '@postrider/metrics';
import type { ServerConfig } from '../config/server-config.js';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import { LOGGER } from '../logging/logger-token.js';
import { EGRESS_POLICY } from './egress-policy-token.js';
import { HOST_PORTS, portToken, type HostPorts } from './host-ports.js';

export interface PluginHostParams {
  readonly kernel: PluginKernel;
  readonly config: ServerConfig;
  readonly policy: EgressPolicy;
}

/** Provides the kernel itself. */
export const PLUGIN_KERNEL = Symbol('postrider.plugin-kernel');

const hostPorts: readonly Port<unknown>[] = [
  Storage,
  Cache,
  Invalidations,
  DeliveryEngine,
  Clock,
  Random,
  Wake,
  Logger,
];

/** Where the plugin world meets Nest: every port becomes a provider, and nothing else of the kernel shows. */
@Module({})
export class PluginHostModule {
  static forKernel({ kernel, config, policy }: PluginHostParams): DynamicModule {
    const pluginPorts = kernel.describe().flatMap(({ provides }) => provides.map(toPort));
    const ports = new Map([...hostPorts, ...pluginPorts].map((port) => [port.id, port]));
    const providers: Provider[] = [
      { provide: PLUGIN_KERNEL, useValue: kernel },
      { provide: SERVER_CONFIG, useValue: config },
      { provide: EGRESS_POLICY, useValue: policy },
      { provide: LOGGER, useValue: kernel.get(Logger) },
      { provide: HOST_PORTS, useValue: toHostPorts(kernel) },
      ...[...ports.values()].map((port) => ({ provide: portToken(port), useFactory: () => kernel.get(port) })),
    ];
    return { module: PluginHostModule, global: true, providers, exports: providers };
  }
}

function toPort({ id, version }: { readonly id: string; readonly version: number }): Port<unknown> {
  return { $$port: 1, id, version };
}

function toHostPorts(kernel: PluginKernel): HostPorts {
  const isShared = kernel.describe().some(({ provides }) => provides.some(({ id }) => id === SharedClock.id));
  const sharedClock = isShared ? kernel.get(SharedClock) : undefined;
  const clock = sharedClock ?? kernel.get(Clock);
  const random = kernel.get(Random);
  return {
    storage: kernel.get(Storage),
    delivery: kernel.get(DeliveryEngine),
    cache: kernel.get(Cache),
    invalidations: kernel.get(Invalidations),
    metrics: kernel.get(Metrics),
    metricsReader: kernel.get(MetricsReader),
    alerts: kernel.get(Alerts),
    clock,
    sharedClock,
    random,
    logger: kernel.get(Logger),
    ids: createIdGenerator({ clock, random }),
  };
}
