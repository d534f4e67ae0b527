import { check, type Evidence, type Violation } from './checker.ts';
import { createChance } from './chance.ts';
import { startFleet, type Fleet } from './fleet.ts';
import type { Installation } from './installations.ts';
import type { DeliveryRow } from './ledger-rows.ts';
import { rage } from './nemesis.ts';
import { startProducer, type Accepted } from './producer.ts';
import { readApiStatus, setTheStage } from './stage.ts';

export interface ChaosParams {
  readonly seed: number;
  readonly durationMs: number;
  readonly workers: number;
  readonly messagesPerSecond: number;
  /** When a delivery that waits for its endpoint is given up; the calm after the storm lasts as long. */
  readonly maxAgeMs: number;
}

/** What a run came to. */
export interface ChaosResult {
  readonly violations: readonly Violation[];
  readonly faults: readonly string[];
  readonly accepted: number;
  readonly refused: number;
  readonly unknown: number;
  readonly requests: number;
  readonly duplicates: number;
  readonly delivered: number;
  readonly deadLetters: number;
  /** From the end of the last fault until nothing waited any more. */
  readonly drainMs: number;
  readonly peakResidentBytes: number;
}

const leaseMs = 12_000;
/** Deadlines and delays short enough for a run of minutes to see their ends. */
const serverEnvironment = (maxAgeMs: number): Readonly<Record<string, string>> => ({
  POSTRIDER_ATTEMPT_TIMEOUT_MS: '1000',
  POSTRIDER_LEASE_MS: String(leaseMs),
  POSTRIDER_RETRY_SCHEDULE: '1s,1s,2s,2s,3s',
  POSTRIDER_PLUGIN_OPTIONS: JSON.stringify({
    '@postrider/delivery': { breakerOpenMs: 1_000, breakerMaxOpenMs: 5_000, maxAgeMs },
  }),
  POSTRIDER_LOG_LEVEL: 'warn',
});
const drainTimeoutMs = 180_000;
const apiSampleSize = 100;

/** Storm, calm, verdict. Everything the seed decides is the same in every run; how processes interleave is not. */
export async function runChaos(installation: Installation, params: ChaosParams): Promise<ChaosResult> {
  const chance = createChance(params.seed);
  const fleet = await startFleet({
    size: params.workers,
    environment: { ...installation.environment, ...serverEnvironment(params.maxAgeMs) },
  });
  const stage = await setTheStage(fleet);
  try {
    const producer = startProducer({
      fleet,
      chance: chance.fork('producer'),
      applicationIds: stage.customers.map(({ applicationId }) => applicationId),
      messagesPerSecond: params.messagesPerSecond,
    });
    const half = params.durationMs / 2;
    const victims = { fleet, database: installation.database, customers: stage.customers, leaseMs };
    const first = await rage(victims, { chance: chance.fork('first'), durationMs: half });
    const endedEarlier = ended(await installation.readDeliveries());
    const second = await rage(victims, { chance: chance.fork('second'), durationMs: half });
    await producer.stop();
    stage.receivers.calm();
    const drainMs = await drain(installation);

    const deliveries = await installation.readDeliveries();
    const evidence: Evidence = {
      accepted: producer.accepted,
      seen: stage.receivers.seen,
      customers: stage.customers,
      deliveries,
      attempts: await installation.readAttempts(),
      endedEarlier,
      apiStatuses: await askApi(fleet, [...producer.accepted.values()].slice(-apiSampleSize)),
      peakResidentBytes: fleet.peakResidentBytes,
    };
    const delivered = deliveries.filter(({ status }) => status === 'delivered').length;
    return {
      violations: check(evidence),
      faults: [...first, ...second],
      accepted: producer.accepted.size,
      refused: producer.refused,
      unknown: producer.unknown,
      requests: stage.receivers.seen.length,
      duplicates: stage.receivers.seen.filter(({ status }) => status >= 200 && status < 300).length - delivered,
      delivered,
      deadLetters: deliveries.filter(({ status }) => status === 'dead_letter').length,
      drainMs,
      peakResidentBytes: fleet.peakResidentBytes,
    };
  } finally {
    await fleet.stop();
    await stage.receivers.close();
  }
}

const isOpen = ({ status }: DeliveryRow): boolean => status === 'pending' || status === 'in_flight';

function ended(deliveries: readonly DeliveryRow[]): ReadonlyMap<string, DeliveryRow> {
  return new Map(deliveries.filter((row) => !isOpen(row)).map((row) => [row.id, row]));
}

/** Waits until nothing is open, or gives up: the checker then names what is left. */
async function drain(installation: Installation): Promise<number> {
  const startedMs = performance.now();
  while (performance.now() - startedMs < drainTimeoutMs) {
    if (!(await installation.readDeliveries()).some(isOpen)) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return performance.now() - startedMs;
}

async function askApi(fleet: Fleet, messages: readonly Accepted[]): Promise<Evidence['apiStatuses']> {
  const server = { url: fleet.urls[0] ?? '', apiKey: fleet.apiKey };
  const statuses = new Map<string, ReadonlyMap<string, number>>();
  for (const message of messages) statuses.set(message.messageId, await readApiStatus(server, message));
  return statuses;
}
