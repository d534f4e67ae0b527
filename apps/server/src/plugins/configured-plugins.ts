import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadPlugins, type PluginEntry } from '@postrider/core';
import type { ServerConfig } from '../config/server-config.js';

const prometheusPackage = '@postrider/metrics-prometheus';
const redisCachePackage = '@postrider/cache-redis';
const redisStatePackage = '@postrider/state-redis';

/** Everything that the configuration names. */
function configuredPackages(config: ServerConfig): readonly string[] {
  return [...new Set([config.storagePackage, prometheusPackage, ...redisPackages(config), ...config.pluginPackages])];
}

/** What works with Redis, when there is one. */
function redisPackages({ redisUrl }: ServerConfig): readonly string[] {
  return redisUrl === undefined ? [] : [redisCachePackage, redisStatePackage];
}

/** Imports the packages that the configuration names, with their options. Rejects with `PLUGIN_LOAD_FAILED`. */
export async function loadConfiguredPlugins(
  config: ServerConfig,
  names: readonly string[] = configuredPackages(config),
): Promise<PluginEntry[]> {
  const entries = await Promise.all(
    names.map((name) =>
      loadPlugins({ references: [{ package: name, config: optionsOf(name, config) }], baseUrl: baseOf(name) }),
    ),
  );
  // Several processes of one machine share the default port; nobody asked for it, so nobody is stopped by it.
  const isOptional = (name: string): boolean => name === prometheusPackage && !config.metrics.isPortChosen;
  return entries
    .flat()
    .map((entry) => (isOptional(entry.plugin.name) ? { ...entry, onBootFailure: 'continue' } : entry));
}

/** What the server's own variables mean for the plugins that ship with it; `POSTRIDER_PLUGIN_OPTIONS` goes on top. */
function optionsOf(name: string, config: ServerConfig): Readonly<Record<string, unknown>> {
  const { redisUrl, replicas, cache, autoMigrate } = config;
  const redis = redisUrl === undefined ? {} : { url: redisUrl };
  const shipped: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    '@postrider/storage-sqlite': { path: join(config.dataDir, 'postrider.db'), autoMigrate },
    [prometheusPackage]: { host: config.metrics.host, port: config.metrics.port },
    [redisCachePackage]: {
      ...redis,
      defaultTtlMs: cache.defaultTtlMs,
      nearMaxEntries: cache.maxEntries,
      nearMaxMemoryMb: cache.maxMemoryMb,
    },
    [redisStatePackage]: { ...redis, replicas },
    '@postrider/storage-postgres': {
      ...(config.databaseUrl === undefined ? {} : { url: config.databaseUrl }),
      autoMigrate,
    },
  };
  return { ...shipped[name], ...config.pluginOptions[name] };
}

/** Packages that ship with the server are taken from it, others from the working directory. */
function baseOf(name: string): URL {
  const own = new URL(import.meta.url);
  const workingDirectory = pathToFileURL(join(process.cwd(), 'package.json'));
  return [own, workingDirectory].find((base) => isInstalled(name, base)) ?? own;
}

function isInstalled(name: string, base: URL): boolean {
  try {
    return findPackageJSON(name, base) !== undefined;
  } catch {
    return false;
  }
}
