import type { CheckOutcome, HealthCheck } from '@postrider/health';
import type { HostPorts } from '../plugins/host-ports.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'cache' | 'clock' | 'sharedClock' | 'metricsReader'>;

/** Anybody may ask, so the store is not asked more often than this. */
const storageAnswerKeptForMs = 500;
const storageTimeoutMs = 3_000;
/** A loop that was silent for this many of its intervals is stuck. */
const silentIntervals = 5;
const loopGraceMs = 1_000;
/** Longer than a call of a store may hang before it is given up: nobody should restart a process that only waits for one. */
const hangingCallMs = 60_000;
const lateQueueSeconds = 300;
const skewedClockMs = 5_000;
/** Receivers refuse signatures whose time is 300 s off. */
const uselessClockMs = 60_000;

const up: CheckOutcome = { status: 'up' };

/** The checks of the server's own parts; plugins add others. */
export function createHostChecks(ports: Ports): readonly HealthCheck[] {
  return [
    {
      name: 'storage',
      criticality: 'critical',
      timeoutMs: storageTimeoutMs,
      cacheMs: storageAnswerKeptForMs,
      check: async ({ signal }) => {
        const { healthy, latencyMs, problem } = await ports.storage.health({ signal });
        const details = { latencyMs: Math.round(latencyMs * 100) / 100 };
        return healthy ? { status: 'up', details } : { status: 'down', message: problem, details };
      },
    },
    {
      name: 'workers',
      criticality: 'critical',
      cacheMs: 0,
      check: async () => {
        const silent = findSilentLoops(ports);
        return silent.length === 0 ? up : { status: 'down', message: `${silent.join(', ')} did nothing for too long` };
      },
    },
    { name: 'queue', criticality: 'optional', cacheMs: 0, check: async () => checkQueue(ports) },
    { name: 'breakers', criticality: 'optional', cacheMs: 0, check: async () => checkBreakers(ports) },
    {
      name: 'http_client',
      criticality: 'optional',
      cacheMs: 0,
      check: async () => {
        const suspects = ports.delivery.stats().egressSuspects.length;
        if (suspects === 0) return up;
        return { status: 'degraded', message: `most endpoints of ${suspects} environments began to fail together` };
      },
    },
    {
      name: 'cache',
      criticality: 'optional',
      check: async () => {
        const { available } = await ports.cache.statistics();
        return available ? up : { status: 'degraded', message: 'the cache is away; everything is read from the store' };
      },
    },
    { name: 'clock', criticality: 'critical', cacheMs: 0, check: async () => checkClock(ports) },
  ];
}

/** Loops that only a restart would help. One that fails is not stuck: it says so, and works again when the store does. */
export function findStuckLoops(ports: Pick<Ports, 'delivery' | 'clock'>): readonly string[] {
  return findSilentLoops(ports, { graceMs: hangingCallMs, counts: (failures) => failures === 0 });
}

function findSilentLoops(
  { delivery, clock }: Pick<Ports, 'delivery' | 'clock'>,
  {
    graceMs = loopGraceMs,
    counts = () => true,
  }: { readonly graceMs?: number; readonly counts?: (consecutiveFailures: number) => boolean } = {},
): readonly string[] {
  const nowMs = clock.nowMs();
  const { loops, state } = delivery.stats();
  if (state !== 'running') return [];
  return loops
    .filter(
      ({ intervalMs, lastSuccessAt, consecutiveFailures }) =>
        counts(consecutiveFailures) &&
        lastSuccessAt !== undefined &&
        nowMs - lastSuccessAt.getTime() > silentIntervals * intervalMs + graceMs,
    )
    .map(({ name }) => name);
}

function latestOf({ metricsReader }: Ports, metric: string, labels?: Readonly<Record<string, string>>): number {
  return metricsReader.window({ metric, labels, windowSeconds: 60 }).latest ?? 0;
}

function checkQueue(ports: Ports): CheckOutcome {
  const oldestDueSeconds = latestOf(ports, 'webhook_oldest_due_age_seconds');
  const due = latestOf(ports, 'webhook_queue_size', { state: 'due' });
  const details = { oldestDueSeconds, due };
  if (oldestDueSeconds <= lateQueueSeconds) return { status: 'up', details };
  return { status: 'degraded', message: `the oldest due delivery waits ${Math.round(oldestDueSeconds)} s`, details };
}

function checkBreakers(ports: Ports): CheckOutcome {
  const open = latestOf(ports, 'webhook_circuit_breaker_state', { state: 'open' });
  return open === 0 ? up : { status: 'degraded', message: `${open} breakers are open`, details: { open } };
}

/** Due times follow the store, but what a worker signs carries the time of its machine. */
function checkClock({ sharedClock, delivery }: Ports): CheckOutcome {
  if (sharedClock === undefined) return up;
  const skewMs = Math.round(sharedClock.hostAheadMs);
  const details = { skewMs };
  if (Math.abs(skewMs) <= skewedClockMs) return { status: 'up', details };
  const isWorker = delivery.stats().loops.length > 0;
  const status = Math.abs(skewMs) > uselessClockMs && isWorker ? 'down' : 'degraded';
  return { status, message: `the clocks of this machine and of the store differ by ${skewMs} ms`, details };
}
