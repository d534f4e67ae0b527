import type { Measurement, ScenarioContext } from '../run/context.ts';
import { createDeployment, type Deployment } from '../systems/deployment.ts';
import { cpuMicroseconds, residentBytes } from '../systems/process-usage.ts';
import type { ServerProcess } from '../systems/server-process.ts';
import { products } from '../systems/systems.ts';
import type { RunningSystem, System } from '../systems/system.ts';
import { createStage, describePublishing, healthyApplications, publish, type Stage } from './publish-round.ts';
import type { Scenario } from './scenario.ts';

export const publishOnly: Scenario = {
  name: 'publish-only',
  title: 'Publish only',
  about:
    'Processes of the role `api` accept messages durably and deliver none. Two processes get the publishes in turn.',
  columns: [
    { metric: 'publishesPerSecond', label: 'publishes/s' },
    { metric: 'publishP50Ms', label: '202 p50 ms', digits: 1 },
    { metric: 'publishP99Ms', label: '202 p99 ms', digits: 1 },
    { metric: 'nodeCpuUs', label: 'node CPU µs' },
    { metric: 'residentMb', label: 'RSS MB' },
  ],
  run: (context) =>
    repeat(context, async (system, deployment) => {
      const servers = await startRole(deployment, 'api', system.deployment?.processes ?? 1);
      const stage = await stageOn(context, servers);
      const options = { ...context.scale };
      await publish(stage, { ...options, messages: Math.ceil(options.messages / 5) });
      const before = sumOf(servers, cpuMicroseconds);
      const load = await publish(stage, options);
      return {
        ...describePublishing(load),
        nodeCpuUs: (sumOf(servers, cpuMicroseconds) - before) / load.accepted,
        residentMb: sumOf(servers, residentBytes) / 1024 ** 2,
      };
    }),
};

export const drain: Scenario = {
  name: 'drain',
  title: 'Drain of a backlog',
  about:
    'Messages are published to a process of the role `api`, which is then stopped; processes of the role `worker` find them in storage, claim and deliver them. The rate is from the first arrival to the last.',
  columns: [
    { metric: 'deliveriesPerSecond', label: 'deliveries/s' },
    { metric: 'firstAfterMs', label: 'start → first ms' },
    { metric: 'nodeCpuUs', label: 'node CPU µs' },
    { metric: 'duplicates', label: 'duplicates' },
    { metric: 'lost', label: 'lost' },
  ],
  run: (context) =>
    repeat(context, async (system, deployment) => {
      const { backlogMessages, patienceSeconds } = context.scale;
      const timeoutMs = patienceSeconds * 1_000;
      const apis = await startRole(deployment, 'api', 1);
      const stage = await stageOn(context, apis);
      const begun = context.receiver.begin({ expect: Number.POSITIVE_INFINITY, timeoutMs });
      const { accepted } = await publish(stage, { ...context.scale, messages: backlogMessages });
      await Promise.all(apis.map((api) => api.stop()));
      const startedMs = performance.timeOrigin + performance.now();
      const arriving = context.receiver.goOn({ expect: accepted, timeoutMs });
      const workers = await startRole(deployment, 'worker', system.deployment?.processes ?? 1);
      const arrivals = await arriving;
      await begun;
      return {
        deliveriesPerSecond: (arrivals.distinct * 1_000) / (arrivals.lastArrivalMs - arrivals.firstArrivalMs),
        firstAfterMs: arrivals.firstArrivalMs - startedMs,
        nodeCpuUs: sumOf(workers, cpuMicroseconds) / arrivals.distinct,
        duplicates: arrivals.duplicates,
        lost: accepted - arrivals.distinct,
      };
    }),
};

/** Each round of each product on an empty store of its own, in turn. */
async function repeat(
  context: ScenarioContext,
  measure: (system: System, deployment: Deployment) => Promise<Measurement>,
): Promise<void> {
  for (let round = 0; round < context.scale.starts; round += 1) {
    for (const system of context.choose(products)) {
      const deployment = await createDeployment(system.deployment?.storage ?? 'null');
      try {
        context.record(system.name, await measure(system, deployment));
      } catch (error) {
        context.fail(system.name, error);
      } finally {
        await deployment.remove();
      }
    }
  }
}

async function startRole(
  deployment: Deployment,
  role: 'api' | 'worker',
  processes: number,
): Promise<readonly ServerProcess[]> {
  const servers: ServerProcess[] = [];
  while (servers.length < processes) servers.push(await deployment.start({ POSTRIDER_ROLE: role }));
  return servers;
}

async function stageOn(context: ScenarioContext, servers: readonly ServerProcess[]): Promise<Stage> {
  const running: RunningSystem = {
    servers,
    residentBytes: () => sumOf(servers, residentBytes),
    nodeCpuMicroseconds: () => sumOf(servers, cpuMicroseconds),
    databaseCpuMicroseconds: () => Number.NaN,
    stop: async () => undefined,
  };
  return createStage(running, healthyApplications(context.receiver, context.scale.applications));
}

function sumOf(servers: readonly ServerProcess[], of: (pid: number) => number): number {
  return servers.reduce((sum, { pid }) => sum + of(pid), 0);
}
