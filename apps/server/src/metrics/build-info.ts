import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { serverVersion } from '../server-version.js';

/** Says which version runs. */
@Injectable()
export class BuildInfo implements OnApplicationBootstrap {
  readonly #metrics: HostPorts['metrics'];

  constructor(@InjectHostPorts() { metrics }: Pick<HostPorts, 'metrics'>) {
    this.#metrics = metrics;
  }

  onApplicationBootstrap(): void {
    this.#metrics.gauge('webhook_build_info', { version: serverVersion, node: process.version }).set(1);
  }
}
