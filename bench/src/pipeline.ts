import { randomUUID } from 'node:crypto';
import { runLoad } from './load.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { startServer, type ServerProcess } from './server-process.ts';
import { quantile } from './statistics.ts';
import type { Target } from './targets.ts';

/** A running server with applications of one endpoint each, ready for rounds of measurement. */
export interface Pipeline {
  readonly target: Target;
  readonly server: ServerProcess;
  readonly idleBytes: number;
  run(options: { messages: number; connections: number }): Promise<Round>;
  stop(): Promise<void>;
}

/** One round: so many messages published over HTTP, all delivered and received. */
export interface Round {
  /** Messages ÷ (first publish → last arrival). */
  readonly perSecond: number;
  readonly publishP50Ms: number;
  readonly publishP99Ms: number;
  readonly arrivalP50Ms: number;
  readonly arrivalP99Ms: number;
  readonly serverCpuMicrosecondsPerMessage: number;
  readonly residentBytes: number;
  readonly duplicates: number;
}

/** 500 bytes of payload, as in the goals. */
const filler = 'x'.repeat(440);

export async function startPipeline(target: Target, applications: number): Promise<Pipeline> {
  const server = await startServer(await target.environment());
  const receiver = await startReceiver();
  const applicationIds: string[] = [];
  while (applicationIds.length < applications) applicationIds.push(await createApplication(server, receiver));
  const idleBytes = server.residentBytes();
  return {
    target,
    server,
    idleBytes,
    run: (options) => runRound({ server, receiver, applicationIds, ...options }),
    async stop() {
      await server.stop();
      receiver.stop();
      await target.cleanUp();
    },
  };
}

async function createApplication(server: ServerProcess, receiver: Receiver): Promise<string> {
  const post = async (path: string, body: unknown): Promise<{ id: string }> => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  const application = await post('/app', { name: 'Benchmark' });
  await post(`/app/${application.id}/endpoint`, { url: receiver.url });
  return application.id;
}

async function runRound(options: {
  server: ServerProcess;
  receiver: Receiver;
  applicationIds: readonly string[];
  messages: number;
  connections: number;
}): Promise<Round> {
  const { server, receiver, messages } = options;
  const cpuBefore = server.cpuMicroseconds();
  const arrived = receiver.expect(messages);
  let published = 0;
  const load = await runLoad({
    port: server.port,
    connections: options.connections,
    requests: messages,
    makeRequest: () =>
      publishRequest(server, options.applicationIds[published++ % options.applicationIds.length] ?? ''),
  });
  const accepted = load.statuses['202'] ?? 0;
  if (accepted !== messages) {
    throw new Error(`Of ${messages} publishes the answers were ${JSON.stringify(load.statuses)}.`);
  }
  const arrivals = await arrived;
  return {
    perSecond: (messages * 1000) / (arrivals.lastArrivalMs - load.firstRequestMs),
    publishP50Ms: quantile(load.latenciesMs, 0.5),
    publishP99Ms: quantile(load.latenciesMs, 0.99),
    arrivalP50Ms: quantile(arrivals.latenciesMs, 0.5),
    arrivalP99Ms: quantile(arrivals.latenciesMs, 0.99),
    serverCpuMicrosecondsPerMessage: (server.cpuMicroseconds() - cpuBefore) / messages,
    residentBytes: server.residentBytes(),
    duplicates: arrivals.requests - arrivals.distinct,
  };
}

function publishRequest(server: ServerProcess, applicationId: string): string {
  const sentAtMs = performance.timeOrigin + performance.now();
  const body = `{"eventType":"bench.event","payload":{"sentAtMs":${sentAtMs.toFixed(3)},"filler":"${filler}"}}`;
  return (
    `POST /api/v1/app/${applicationId}/msg HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${server.apiKey}\r\n` +
    `content-type: application/json\r\nidempotency-key: ${randomUUID()}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  );
}
