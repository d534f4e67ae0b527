import { setTimeout as sleep } from 'node:timers/promises';
import { createApplication, endpointRequest } from '../load/contract.ts';
import { runLoad } from '../load/run-load.ts';
import { measureInTurn, type Measurement, type ScenarioContext } from '../run/context.ts';
import { mean } from '../statistics.ts';
import { createDeployment } from '../systems/deployment.ts';
import { residentBytes } from '../systems/process-usage.ts';
import { products } from '../systems/systems.ts';
import type { System } from '../systems/system.ts';
import { createStage, healthyApplications, publish, publishRound, type Stage } from './publish-round.ts';
import type { Scenario } from './scenario.ts';

const megabyte = 1024 * 1024;
const endpointsPerApplication = 50;
/** After so long without work a server is idle. */
const settleMs = 2_000;
/** After so long without work the garbage of what came before is collected. */
const restMs = 20_000;

export const memory: Scenario = {
  name: 'memory',
  title: 'Memory over time',
  about:
    'The closed loop without a pause, with the resident memory after each slice of time. The growth is the mean of the last quarter of the time ÷ that of the second quarter; the first quarter fills caches and heaps.',
  columns: [
    { metric: 'growth', label: 'growth ×', digits: 2 },
    { metric: 'lastQuarterMb', label: 'last quarter MB' },
    { metric: 'largestMb', label: 'largest MB' },
    { metric: 'delivered', label: 'delivered' },
  ],
  run: (context) =>
    measureInTurn(context, {
      systems: ['sqlite', 'postgres'],
      rounds: 1,
      warmUp: false,
      prepare: (running) => createStage(running, healthyApplications(context.receiver, context.scale.applications)),
      measure: async (stage, { name }) => ({ [name]: await soak(context, stage) }),
    }),
};

export const start: Scenario = {
  name: 'start',
  title: 'Start, and memory at rest',
  about:
    'From the start of a process on an empty store until it says that it is ready, with its memory two seconds later; and its memory when it has sent a message to every endpoint of a large installation, at once and after twenty quiet seconds.',
  columns: [
    { metric: 'readyMs', label: 'ready after ms' },
    { metric: 'idleMb', label: 'idle MB' },
    { metric: 'knownEndpoints', label: 'endpoints' },
    { metric: 'knownMb', label: 'all endpoints known MB' },
    { metric: 'restedMb', label: 'then at rest MB' },
  ],
  async run(context) {
    for (let round = 0; round < context.scale.starts; round += 1) {
      for (const system of context.choose(products.filter((name) => name !== 'postgres-2'))) {
        try {
          context.record(system.name, await startOnce(context, system, round === 0));
        } catch (error) {
          context.fail(system.name, error);
        }
      }
    }
  },
};

async function soak(context: ScenarioContext, stage: Stage): Promise<Measurement> {
  const { scale } = context;
  const slices: number[] = [];
  const startedMs = performance.now();
  let delivered = 0;
  const messages = Math.max(10, Math.ceil(scale.messages / 5));
  while (performance.now() - startedMs < scale.soakSeconds * 1_000 || slices.length < 4) {
    const { residentMb = Number.NaN } = await publishRound(context, stage, { ...scale, messages });
    slices.push(residentMb);
    delivered += messages;
  }
  const quarter = (n: number) =>
    mean(slices.slice(Math.floor((slices.length * n) / 4), Math.floor((slices.length * (n + 1)) / 4)));
  return { growth: quarter(3) / quarter(1), lastQuarterMb: quarter(3), largestMb: Math.max(...slices), delivered };
}

async function startOnce(context: ScenarioContext, system: System, isLarge: boolean): Promise<Measurement> {
  const deployment = await createDeployment(system.deployment?.storage ?? 'null');
  try {
    const server = await deployment.start();
    const longestMs = context.scale.soakSeconds * 1_000;
    await sleep(Math.min(settleMs, longestMs));
    const idleMb = residentBytes(server.pid) / megabyte;
    const measured = { readyMs: server.startedInMs, idleMb };
    if (!isLarge) return measured;
    const knownEndpoints = await createEndpoints(context, server);
    const knownMb = residentBytes(server.pid) / megabyte;
    await sleep(Math.min(restMs, longestMs));
    return { ...measured, knownEndpoints, knownMb, restedMb: residentBytes(server.pid) / megabyte };
  } finally {
    await deployment.remove();
  }
}

/** Creates the endpoints over the API and sends each a message; returns how many there are. */
async function createEndpoints(
  context: ScenarioContext,
  server: { baseUrl: string; token: string; pid: number },
): Promise<number> {
  const { scale, receiver } = context;
  const applications = Math.max(1, Math.round(scale.knownEndpoints / endpointsPerApplication));
  const applicationIds: string[] = [];
  while (applicationIds.length < applications) applicationIds.push(await createApplication(server, []));
  const requests = applications * endpointsPerApplication;
  const { accepted } = await runLoad({
    baseUrls: [server.baseUrl],
    connections: 32,
    requests,
    makeRequest: (n) => endpointRequest(server, applicationIds[n % applications] ?? '', receiver.url(n)),
  });
  if (accepted < requests) throw new Error(`Of ${requests} endpoints only ${accepted} were created.`);
  const running = {
    servers: [server],
    residentBytes: () => residentBytes(server.pid),
    nodeCpuMicroseconds: () => Number.NaN,
    databaseCpuMicroseconds: () => Number.NaN,
    stop: async () => undefined,
  };
  const stage: Stage = { running, applicationIds, urls: [], deliveriesPerMessage: endpointsPerApplication };
  const arriving = receiver.begin({ expect: requests, timeoutMs: scale.patienceSeconds * 1_000 });
  await publish(stage, { messages: applications, connections: 8, payloadBytes: scale.payloadBytes });
  const { distinct } = await arriving;
  if (distinct < requests) throw new Error(`Of ${requests} deliveries only ${distinct} arrived.`);
  return distinct;
}
