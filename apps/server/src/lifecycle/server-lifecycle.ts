import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import type { PluginKernel } from '@postrider/core';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';
import { ServerPhase } from '../http/server-phase.js';
import { OperationalEvents } from '../operations/operational-events.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { PLUGIN_KERNEL } from '../plugins/plugin-host.module.js';
import { KEY_ANNOUNCER, type KeyAnnouncer } from './key-announcer.js';
import { prepareStore } from './first-boot.js';

/** How long requests under way may still take once deliveries are drained. */
const closingGraceMs = 1_000;

/**
 * Starts the plugins before the server listens, and stops them after it has stopped listening. Nest closes HTTP between
 * its two shutdown hooks, so deliveries drain in the first and the plugins stop in the second.
 */
@Injectable()
export class ServerLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  @Inject(PLUGIN_KERNEL) private readonly kernel!: PluginKernel;
  @Inject(SERVER_CONFIG) private readonly config!: ServerConfig;
  @InjectHostPorts() private readonly ports!: HostPorts;
  @Inject(ServerPhase) private readonly phase!: ServerPhase;
  @Inject(HttpAdapterHost) private readonly http!: HttpAdapterHost;
  @Inject(OperationalEvents) private readonly events!: OperationalEvents;
  @Inject(KEY_ANNOUNCER) private readonly announceKey!: KeyAnnouncer;

  async onApplicationBootstrap(): Promise<void> {
    await this.kernel.start();
    this.#warnAboutOpenEgress();
    try {
      await prepareStore({ ports: this.ports, apiKey: this.config.apiKey, announceKey: this.announceKey });
    } catch (error) {
      await this.kernel.stop();
      throw error;
    }
    this.phase.enter('serving');
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.phase.enter('draining');
    const { preStopDelayMs: delayMs } = this.config;
    if (delayMs > 0) await this.ports.clock.sleep({ delayMs });
    try {
      const report = await this.ports.delivery.drain({ deadlineMs: this.config.shutdownGraceMs });
      this.ports.logger.info('Deliveries are drained', { ...report });
    } catch (error) {
      this.ports.logger.error('Deliveries could not be drained; their leases will run out', { error });
    }
    await this.events.flush();
    this.phase.enter('closing');
    const server = this.http.httpAdapter.getHttpServer() as Server;
    this.ports.clock.setTimeout(() => server.closeAllConnections(), closingGraceMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    const { failures } = await this.kernel.stop();
    this.ports.logger.info('Stopped', { failures: failures.length });
  }

  #warnAboutOpenEgress(): void {
    const { allowCidrs, allowMetadata } = this.config.egress;
    if (allowCidrs.length === 0) return;
    this.ports.logger.warn('Webhooks may be sent to private addresses', { allowCidrs, allowMetadata });
  }
}
