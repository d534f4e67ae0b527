import { Clock, Storage, type PluginEntry } from '@postrider/core';
import { Metrics, type Histogram } from '@postrider/metrics';
import { countEndings } from './count-endings.js';

/**
 * Calls whose time is measured, and what they are called in metrics. The engine tells itself how long its transactions
 * of `append_messages` and `record_outcomes` took.
 */
const operations = {
  claimDue: 'claim_due',
  renewLeases: 'renew_leases',
  releaseLeases: 'release_leases',
  reapExpired: 'reap_expired',
  measureQueue: 'measure_queue',
  listApplications: 'list_applications',
  listAttempts: 'list_attempts',
  listDeliveries: 'list_deliveries',
  listEndpoints: 'list_endpoints',
  listEventTypes: 'list_event_types',
  listMessages: 'list_messages',
} as const satisfies { readonly [Method in keyof Storage]?: string };

const metricsDependency = 'postrider.server.metrics';
const clockDependency = 'postrider.server.clock';

/** The plugin, its storage measured if it brings one: how long calls take, failed ones too, and what they end. */
export function measureStorage(entry: PluginEntry): PluginEntry {
  const { plugin } = entry;
  if (!plugin.provides.some(({ id }) => id === Storage.id)) return entry;
  const requires = { ...plugin.requires, [metricsDependency]: Metrics, [clockDependency]: Clock };
  const setup: typeof plugin.setup = (context) => {
    const wiring = plugin.setup(context);
    const metrics = context.deps[metricsDependency] as Metrics;
    const clock = context.deps[clockDependency] as Clock;
    const ports = wiring.ports?.map((binding) =>
      binding.port.id === Storage.id
        ? { ...binding, implementation: createMeasuredStorage(binding.implementation as Storage, { metrics, clock }) }
        : binding,
    );
    return { ...wiring, ports };
  };
  return { ...entry, plugin: { ...plugin, requires, setup } };
}

/** The storage itself but for the calls that are measured. */
export function createMeasuredStorage(
  storage: Storage,
  { metrics, clock }: { readonly metrics: Metrics; readonly clock: Pick<Clock, 'monotonicMs'> },
): Storage {
  const measured = new Map<string | symbol, (params: never) => Promise<unknown>>(countEndings(storage, metrics));
  for (const [method, op] of Object.entries(operations) as [keyof typeof operations, string][]) {
    const seconds: Histogram = metrics.histogram('webhook_storage_batch_seconds', { op });
    measured.set(method, async (params) => {
      const startedMs = clock.monotonicMs();
      try {
        return await storage[method](params);
      } finally {
        seconds.record((clock.monotonicMs() - startedMs) / 1000);
      }
    });
  }
  return new Proxy(storage, {
    get: (target, name) => {
      const replacement = measured.get(name);
      if (replacement !== undefined) return replacement;
      const value: unknown = Reflect.get(target, name);
      // Stores keep private fields, which are not the proxy's.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
