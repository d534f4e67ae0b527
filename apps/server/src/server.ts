import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock, Logger, PluginEntry, PluginKernel, Random } from '@postrider/core';
import { createEgressPolicy, DeliveryEngine } from '@postrider/delivery';
import { AppModule } from './app.module.js';
import type { ServerConfig } from './config/server-config.js';
import { createHttpAdapter, type HttpTimeouts } from './http/http-adapter.js';
import { RouteTable } from './http/route-table.js';
import { ServerPhase } from './http/server-phase.js';
import type { KeyAnnouncer } from './lifecycle/key-announcer.js';
import { NestLogger } from './logging/nest-logger.js';
import { buildOpenApiDocument } from './openapi/build-document.js';
import { OpenApiHolder } from './openapi/openapi-holder.js';
import { serverVersion } from './server-version.js';
import { wireServerPlugins } from './plugins/wire-server-plugins.js';

export interface CreateServerParams {
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly announceKey: KeyAnnouncer;
  /** Takes the place of the packages that the configuration names: for tests. */
  readonly plugins?: readonly PluginEntry[] | undefined;
  readonly timeouts?: HttpTimeouts | undefined;
  /** Go by the clock of the storage where it has one, and not by `clock`. Default: false. */
  readonly followStorage?: boolean | undefined;
}

/** A server that is wired, and nothing more yet. */
export interface PostriderServer {
  readonly app: NestFastifyApplication;
  readonly routes: RouteTable;
  readonly kernel: PluginKernel;
  /** Starts everything and listens; resolves with the address once requests are answered. */
  listen(): Promise<AddressInfo>;
  /** Drains and stops everything; safe to call twice. */
  close(): Promise<void>;
  /** Gives back what this process still holds, at once: for when there is no time to close. */
  releaseWork(): Promise<void>;
}

/**
 * Connections that may wait to be accepted; Linux takes no more than `net.core.somaxconn`. When they do not fit, publishers
 * that come at once (after a restart, say) wait for a second or are turned away by the kernel.
 */
const connectionBacklog = 4_096;

/** Builds a server. Rejects when the plugins cannot work together. */
export async function createServer(params: CreateServerParams): Promise<PostriderServer> {
  const { config, logger } = params;
  const policy = createEgressPolicy(config.egress);
  const { followStorage = false } = params;
  const kernel = await wireServerPlugins({ ...params, followStorage, version: serverVersion });
  const routes = new RouteTable();
  const phase = new ServerPhase();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRole({ kernel, config, policy, routes, phase, announceKey: params.announceKey }),
    createHttpAdapter({ routes, phase, trustedProxies: config.trustedProxies, timeouts: params.timeouts }),
    { logger: new NestLogger(logger), bodyParser: false, abortOnError: false },
  );
  app.setGlobalPrefix('api/v1');
  if (config.role !== 'worker') app.get(OpenApiHolder).provide(() => buildOpenApiDocument(app, serverVersion));
  return {
    app,
    routes,
    kernel,
    listen: async () => {
      await app.listen({ ...config.http, backlog: connectionBacklog });
      const address = app.getHttpServer().address() as AddressInfo;
      logger.info('Listening', {
        host: address.address,
        port: address.port,
        role: config.role,
        version: serverVersion,
      });
      return address;
    },
    close: () => app.close(),
    releaseWork: async () => {
      await kernel.get(DeliveryEngine).drain({ deadlineMs: 0 });
    },
  };
}
