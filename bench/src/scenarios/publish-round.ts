import { createApplication, publishRequest, type ContractServer } from '../load/contract.ts';
import { createPayloads } from '../load/payloads.ts';
import { runLoad, type LoadReport } from '../load/run-load.ts';
import type { RoundReport } from '../receiver/receiver-process.ts';
import type { Receiver } from '../receiver/receiver.ts';
import type { Measurement, ScenarioContext } from '../run/context.ts';
import { quantile } from '../statistics.ts';
import type { RunningSystem } from '../systems/system.ts';

/** A running system with applications, ready for rounds of publishing. */
export interface Stage {
  readonly running: RunningSystem;
  readonly applicationIds: readonly string[];
  /** The addresses of all endpoints. */
  readonly urls: readonly string[];
  /** Deliveries that are to arrive of each message. */
  readonly deliveriesPerMessage: number;
}

export interface RoundOptions {
  readonly messages: number;
  readonly connections: number;
  readonly payloadBytes: number;
  /** Default: closed loop. */
  readonly ratePerSecond?: number | undefined;
}

const megabyte = 1024 * 1024;
const nowMs = () => performance.timeOrigin + performance.now();

/** One application per list of addresses, each with an endpoint at each of them. */
export async function createStage(
  running: RunningSystem,
  applications: readonly (readonly string[])[],
): Promise<Stage> {
  const applicationIds: string[] = [];
  const [server] = running.servers;
  if (server !== undefined) {
    for (const urls of applications) applicationIds.push(await createApplication(server, urls));
  }
  return { running, applicationIds, urls: applications.flat(), deliveriesPerMessage: applications[0]?.length ?? 0 };
}

/** Applications with one healthy endpoint each. */
export function healthyApplications(receiver: Receiver, count: number): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, index) => [receiver.url(index)]);
}

/** Publishes and waits until everything accepted has arrived, or until patience ends. */
export async function publishRound(
  context: ScenarioContext,
  stage: Stage,
  options: RoundOptions,
): Promise<Measurement> {
  const { running, deliveriesPerMessage } = stage;
  const { messages } = options;
  const timeoutMs = context.scale.patienceSeconds * 1_000;
  const before = { node: running.nodeCpuMicroseconds(), database: running.databaseCpuMicroseconds() };
  const arriving = context.receiver.begin({ expect: messages * deliveriesPerMessage, timeoutMs });
  const startedMs = nowMs();
  const load = await (running.feed === undefined ? publish(stage, options) : feed(stage, options));
  const accepted = load?.accepted ?? messages;
  const expected = accepted * deliveriesPerMessage;
  const arrivals = await (accepted < messages ? context.receiver.goOn({ expect: expected, timeoutMs }) : arriving);
  const perDelivery = (microseconds: number) => microseconds / arrivals.distinct;
  return {
    ...describe(arrivals, startedMs),
    ...(load === undefined ? {} : describePublishing(load)),
    nodeCpuUs: perDelivery(running.nodeCpuMicroseconds() - before.node),
    databaseCpuUs: perDelivery(running.databaseCpuMicroseconds() - before.database),
    residentMb: running.residentBytes() / megabyte,
    lost: Math.max(0, expected - arrivals.distinct),
  };
}

export function describePublishing(load: LoadReport): Measurement {
  return {
    publishesPerSecond: (load.accepted * 1_000) / (load.lastAnswerMs - load.firstRequestMs),
    publishP50Ms: quantile(load.latenciesMs, 0.5),
    publishP99Ms: quantile(load.latenciesMs, 0.99),
    refused: load.refused,
  };
}

/** Publishes in turn to the applications and the servers. */
export async function publish(stage: Stage, options: RoundOptions & { durationMs?: number }): Promise<LoadReport> {
  const { applicationIds, running } = stage;
  const payload = createPayloads(options.payloadBytes);
  const servers = new Map<string, ContractServer>(running.servers.map((server) => [server.baseUrl, server]));
  return runLoad({
    baseUrls: [...servers.keys()],
    connections: options.connections,
    requests: options.messages,
    ratePerSecond: options.ratePerSecond,
    durationMs: options.durationMs,
    makeRequest(n, sentAtMs, baseUrl) {
      const server = servers.get(baseUrl);
      if (server === undefined) throw new Error(`Nobody listens at ${baseUrl}.`);
      return publishRequest(server, applicationIds[n % applicationIds.length] ?? '', payload(n, sentAtMs));
    },
  });
}

async function feed({ running, urls }: Stage, options: RoundOptions): Promise<undefined> {
  const { messages, payloadBytes, connections: concurrency } = options;
  await running.feed?.({ messages, concurrency, urls, payloadBytes });
  return undefined;
}

function describe(arrivals: RoundReport, startedMs: number): Measurement {
  return {
    deliveriesPerSecond: (arrivals.distinct * 1_000) / (arrivals.lastArrivalMs - startedMs),
    arrivalP50Ms: quantile(arrivals.latenciesMs, 0.5),
    arrivalP99Ms: quantile(arrivals.latenciesMs, 0.99),
    duplicates: arrivals.duplicates,
  };
}
