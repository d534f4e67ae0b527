import { resolve } from 'node:path';
import type { EnvironmentVariables } from './environment-schema.js';

/** What a process of this role does: accept messages, deliver them, or both. */
export type ServerRole = EnvironmentVariables['POSTRIDER_ROLE'];

/** Everything that can be configured, in the units of its names. The variables behind it: `environmentSchema`. */
export interface ServerConfig {
  readonly http: { readonly host: string; readonly port: number };
  readonly role: ServerRole;
  /** Absolute. */
  readonly dataDir: string;
  readonly storagePackage: string;
  readonly databaseUrl?: string | undefined;
  /** The first one encrypts. */
  readonly secretsKeys: readonly Uint8Array[];
  /** Bring the schema up to date at the start. */
  readonly autoMigrate: boolean;
  readonly redisUrl?: string | undefined;
  /** Processes that share rates, for the time without Redis. */
  readonly replicas: number;
  readonly pluginPackages: readonly string[];
  readonly pluginOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly apiKey?: string | undefined;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  /** 0 for any number. */
  readonly authFailuresPerMinute: number;
  readonly apiRate: { readonly ratePerSecond: number; readonly burst: number };
  readonly egress: { readonly allowCidrs: readonly string[]; readonly allowMetadata: boolean };
  readonly payloadMaxBytes: number;
  readonly attemptTimeoutMs: number;
  readonly leaseMs: number;
  /** Delays before the 2nd, 3rd, … attempt. */
  readonly retryScheduleMs: readonly number[];
  /** 0 for never. */
  readonly autoDisableAfterMs: number;
  readonly svixAliasHeaders: boolean;
  /** Limits of what each process keeps in its memory. */
  readonly cache: { readonly maxEntries: number; readonly defaultTtlMs: number; readonly maxMemoryMb: number };
  readonly metrics: {
    readonly retentionHours: number;
    /** Where `/metrics` is served. */
    readonly host: string;
    readonly port: number;
    /** Somebody named the port, so that the server does not start without it. */
    readonly isPortChosen: boolean;
  };
  readonly retentionDays: number;
  readonly analyticsRetentionDays: number;
  readonly auditRetentionDays: number;
  readonly taskRetentionDays: number;
  readonly endpointsMax: number;
  /** 0 for any number. */
  readonly maxPending: number;
  /** 0 for any number. */
  readonly maxPendingPerApplication: number;
  readonly preStopDelayMs: number;
  readonly shutdownGraceMs: number;
  readonly logLevel: EnvironmentVariables['POSTRIDER_LOG_LEVEL'];
  readonly failpoints?: string | undefined;
}

/** The port that Prometheus exporters of this kind use by convention. */
const defaultMetricsPort = 9_464;

/** The longest attempt that a lease of this length allows: a slow receiver must never outlive its lease. */
export function longestAttemptMs(leaseMs: number): number {
  return Math.floor((leaseMs - 10_000) / 1.5);
}

/** Gives the parsed variables their place, and fills in the defaults that depend on other variables. */
export function toServerConfig(variables: EnvironmentVariables): ServerConfig {
  return {
    http: { host: variables.POSTRIDER_HOST, port: variables.PORT },
    role: variables.POSTRIDER_ROLE,
    dataDir: resolve(variables.POSTRIDER_DATA_DIR),
    storagePackage:
      variables.POSTRIDER_STORAGE ??
      (variables.POSTRIDER_DATABASE_URL === undefined ? '@postrider/storage-sqlite' : '@postrider/storage-postgres'),
    databaseUrl: variables.POSTRIDER_DATABASE_URL,
    secretsKeys: variables.POSTRIDER_SECRETS_KEY,
    autoMigrate: variables.POSTRIDER_AUTO_MIGRATE,
    redisUrl: variables.POSTRIDER_REDIS_URL,
    replicas: variables.POSTRIDER_REPLICAS,
    pluginPackages: variables.POSTRIDER_PLUGINS,
    pluginOptions: variables.POSTRIDER_PLUGIN_OPTIONS,
    apiKey: variables.POSTRIDER_API_KEY,
    publicUrl: variables.POSTRIDER_PUBLIC_URL ?? `http://${variables.POSTRIDER_HOST}:${variables.PORT}`,
    trustedProxies: variables.POSTRIDER_TRUSTED_PROXIES,
    authFailuresPerMinute: variables.POSTRIDER_AUTH_FAILURES_PER_MINUTE,
    apiRate: {
      ratePerSecond: variables.POSTRIDER_API_RATE_PER_SECOND,
      burst: variables.POSTRIDER_API_RATE_BURST,
    },
    egress: {
      allowCidrs: variables.POSTRIDER_EGRESS_ALLOW_CIDRS,
      allowMetadata: variables.POSTRIDER_EGRESS_ALLOW_METADATA,
    },
    payloadMaxBytes: variables.POSTRIDER_PAYLOAD_MAX_BYTES,
    attemptTimeoutMs: variables.POSTRIDER_ATTEMPT_TIMEOUT_MS,
    leaseMs: variables.POSTRIDER_LEASE_MS,
    retryScheduleMs: variables.POSTRIDER_RETRY_SCHEDULE,
    autoDisableAfterMs: variables.POSTRIDER_AUTO_DISABLE_AFTER_HOURS * 3_600_000,
    svixAliasHeaders: variables.POSTRIDER_SVIX_ALIAS_HEADERS,
    cache: {
      maxEntries: variables.WEBHOOK_CACHE_MAX_SIZE,
      defaultTtlMs: variables.WEBHOOK_CACHE_DEFAULT_TTL * 1_000,
      maxMemoryMb: variables.WEBHOOK_CACHE_MAX_MEMORY_MB,
    },
    metrics: {
      retentionHours: variables.WEBHOOK_METRICS_RETENTION_HOURS,
      host: variables.POSTRIDER_METRICS_HOST,
      port: variables.POSTRIDER_METRICS_PORT ?? defaultMetricsPort,
      isPortChosen: variables.POSTRIDER_METRICS_PORT !== undefined,
    },
    retentionDays: variables.POSTRIDER_RETENTION_DAYS,
    auditRetentionDays: variables.POSTRIDER_AUDIT_RETENTION_DAYS,
    taskRetentionDays: variables.POSTRIDER_TASK_RETENTION_DAYS,
    analyticsRetentionDays: variables.WEBHOOK_ANALYTICS_RETENTION_DAYS,
    endpointsMax: variables.POSTRIDER_ENDPOINTS_MAX,
    maxPending: variables.POSTRIDER_MAX_PENDING,
    maxPendingPerApplication: variables.POSTRIDER_MAX_PENDING_PER_APPLICATION,
    preStopDelayMs: variables.POSTRIDER_PRE_STOP_DELAY_MS,
    shutdownGraceMs: variables.POSTRIDER_SHUTDOWN_GRACE_MS,
    logLevel: variables.POSTRIDER_LOG_LEVEL,
    failpoints: variables.POSTRIDER_FAILPOINTS,
  };
}
