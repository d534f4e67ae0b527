import { Cache, createMemoryCache, type MemoryCacheOptions } from '@postrider/cache';
import {
  bind,
  createHintHub,
  hintRelays,
  Invalidations,
  Random,
  Wake,
  wirePlugins,
  type Clock,
  type Logger,
  type PluginEntry,
  type PluginKernel,
} from '@postrider/core';
import { deliveryPlugin, Failpoints } from '@postrider/delivery';
import { metricsPlugin } from '@postrider/metrics';
import { endpointEventsPlugin } from '../analytics/endpoint-events-plugin.js';
import { engineEventsPlugin } from '../operations/engine-events.js';
import { longestAttemptMs, type ServerConfig } from '../config/server-config.js';
import { deliveryMetricsPlugin } from '../metrics/delivery-metrics-plugin.js';
import { measureStorage } from '../metrics/measured-storage.js';
import { sealStorage } from '../secrets/sealed-storage.js';
import { vaultOptionsOf } from '../secrets/vault-options.js';
import { sharedClockPlugin } from '../time/shared-clock-plugin.js';
import { loadConfiguredPlugins } from './configured-plugins.js';
import { parseFailpoints } from './failpoints.js';

/** Of one plugin; together with the grace period it must stay below the patience of a supervisor. */
const stopTimeoutMs = 5_000;
const longestHeartbeatMs = 10_000;
const longestTimeoutMs = 60_000;

export interface WireServerPluginsParams {
  readonly config: ServerConfig;
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Takes the place of the packages that the configuration names: for tests. */
  readonly plugins?: readonly PluginEntry[] | undefined;
  /** Go by the clock of the storage where it has one, and not by `clock`. */
  readonly followStorage: boolean;
}

/** The longest deadline of an attempt that an endpoint may set for itself. */
export function endpointTimeoutMaxMs(config: ServerConfig): number {
  return Math.min(longestTimeoutMs, longestAttemptMs(config.leaseMs));
}

/** Loads what the configuration names and wires it with the parts of the server itself. Starts nothing. */
export async function wireServerPlugins(params: WireServerPluginsParams): Promise<PluginKernel> {
  const { config, clock, random, logger } = params;
  const loaded = params.plugins ?? (await loadConfiguredPlugins(config));
  const bringsWake = loaded.some(({ plugin }) => plugin.provides.some(({ id }) => id === Wake.id));
  const bringsCache = loaded.some(({ plugin }) => plugin.provides.some(({ id }) => id === Cache.id));
  const vault = params.plugins === undefined ? vaultOptionsOf(config) : { keys: config.secretsKeys };
  const always = { usableBeforeStart: true };
  const hub = createHintHub({ clock, logger });
  const kernel = await wirePlugins({
    plugins: [
      ...loaded.map((entry) => measureStorage(sealStorage(entry, vault))),
      { plugin: metricsPlugin, config: { retentionHours: config.metrics.retentionHours } },
      { plugin: deliveryPlugin, config: toDeliveryConfig(config, params.version) },
      { plugin: deliveryMetricsPlugin },
      { plugin: endpointEventsPlugin },
      { plugin: engineEventsPlugin },
      ...(params.followStorage ? [{ plugin: sharedClockPlugin }] : []),
    ],
    clock,
    logger,
    hostPorts: [
      bind(Random, random, always),
      ...(bringsCache ? [] : [bind(Cache, createMemoryCache({ clock, logger, ...toCacheLimits(config) }), always)]),
      bind(Invalidations, hub.invalidations, always),
      ...(bringsWake ? [] : [bind(Wake, hub.wake, always)]),
      ...(config.failpoints === undefined
        ? []
        : [bind(Failpoints, parseFailpoints(config.failpoints, { clock }), always)]),
    ],
    stopTimeoutMs,
  });
  for (const relay of kernel.contributions(hintRelays)) hub.attach(relay);
  return kernel;
}

function toDeliveryConfig(config: ServerConfig, version: string): object {
  return {
    role: config.role,
    userAgent: `Postrider/${version}`,
    svixHeaders: config.svixAliasHeaders,
    timeoutMs: config.attemptTimeoutMs,
    maxTimeoutMs: endpointTimeoutMaxMs(config),
    leaseMs: config.leaseMs,
    heartbeatIntervalMs: Math.min(longestHeartbeatMs, Math.floor(config.leaseMs / 3)),
    retryScheduleMs: config.retryScheduleMs,
    autoDisableAfterMs: config.autoDisableAfterMs,
    egress: config.egress,
    ...config.pluginOptions[deliveryPlugin.name],
  };
}

function toCacheLimits({ cache: { maxEntries, defaultTtlMs, maxMemoryMb } }: ServerConfig): MemoryCacheOptions {
  return { maxEntries, defaultTtl: defaultTtlMs, maxMemoryMb };
}
