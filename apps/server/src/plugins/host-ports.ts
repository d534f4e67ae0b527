import { Inject } from '@nestjs/common';
import type { Cache } from '@postrider/cache';
import type { Clock, IdGenerator, Invalidations, Logger, Port, Random, SharedClock, Storage } from '@postrider/core';
import type { DeliveryEngine } from '@postrider/delivery';
import type { Alerts, Metrics, MetricsReader } from '@postrider/metrics';

/** What the services of the API work with: the ports of the kernel, and what is made of them. */
export interface HostPorts {
  readonly storage: Storage;
  readonly delivery: DeliveryEngine;
  readonly cache: Cache;
  readonly invalidations: Invalidations;
  readonly metrics: Metrics;
  readonly metricsReader: MetricsReader;
  readonly alerts: Alerts;
  /** The shared clock where there is one. */
  readonly clock: Clock;
  readonly sharedClock?: SharedClock | undefined;
  readonly random: Random;
  readonly logger: Logger;
  readonly ids: IdGenerator;
}

const hostPortsToken = Symbol('postrider.host-ports');

/** Injects the `HostPorts`. Declare what is needed of them: `constructor(@InjectHostPorts() ports: Pick<HostPorts, 'storage'>)`. */
export const InjectHostPorts = (): ParameterDecorator & PropertyDecorator => Inject(hostPortsToken);

/** Under which Nest knows the `HostPorts`. */
export const HOST_PORTS = hostPortsToken;

/** Under which Nest knows the provider of a port. */
export function portToken(port: Port<unknown>): symbol {
  return Symbol.for(`postrider.port:${port.id}`);
}

/** Injects the provider of a port. */
export const InjectPort = (port: Port<unknown>): ParameterDecorator & PropertyDecorator => Inject(portToken(port));
