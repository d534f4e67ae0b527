import { setTimeout as sleep } from 'node:timers/promises';
import { createPayloads } from '../load/payloads.ts';
import { startHostileReceivers } from '../receiver/hostile-receiver.ts';
import { startReceiver } from '../receiver/receiver.ts';
import type { ScenarioContext } from '../run/context.ts';
import { quantile } from '../statistics.ts';
import { createInstallation, type Customer, type Installation } from '../systems/installation.ts';
import type { StorageName } from '../systems/open-storage.ts';
import type { Column, Scenario } from './scenario.ts';

/** What goes on beside the healthy endpoints; in the calm installation the others are good, or not there. */
interface Situation {
  readonly healthy: number;
  /** Endpoints that get a message a second each: hostile ones in the rough installation. */
  readonly others: number;
  /** Rows that wait for one endpoint more of the rough installation, which never answers. */
  readonly backlogRows: number;
  /** Length of a round. */
  readonly seconds: number;
  readonly rounds: number;
}

interface Place {
  readonly installation: Installation;
  readonly healthy: readonly Customer[];
  readonly others: readonly Customer[];
}

const tickMs = 10;
const othersEveryMs = 1_000;
const attemptTimeoutMs = 500;
const megabyte = 1024 * 1024;
const columns: readonly Column[] = [
  { metric: 'p99Ratio', label: 'p99 ×', digits: 2 },
  { metric: 'calmP50Ms', label: 'calm p50 ms', digits: 1 },
  { metric: 'roughP50Ms', label: 'rough p50 ms', digits: 1 },
  { metric: 'calmP99Ms', label: 'calm p99 ms', digits: 1 },
  { metric: 'roughP99Ms', label: 'rough p99 ms', digits: 1 },
  { metric: 'grownMb', label: 'memory grown MB' },
  { metric: 'longestAttemptMs', label: 'longest attempt ms' },
  { metric: 'lost', label: 'lost' },
];

export const backlog: Scenario = {
  name: 'backlog-of-a-dead-endpoint',
  title: 'One dead endpoint with a huge backlog',
  about:
    'The same load on 200 healthy endpoints of two installations, in turn: the calm one has nothing else, in the rough one a single endpoint that never answers has a huge backlog. Engine, sender and storage are the real ones, in one process; each round starts a new engine, as after a restart.',
  columns,
  run: (context) =>
    compare(context, {
      healthy: context.scale.isolationHealthy,
      others: 0,
      backlogRows: context.scale.isolationRows,
      seconds: context.scale.isolationSeconds,
      rounds: context.scale.rounds,
    }),
};

export const hostile: Scenario = {
  name: 'hostile-endpoints',
  title: 'Hostile endpoints',
  about:
    'As before, with 20 healthy endpoints beside 200 others that get a message a second each. In the calm installation the others answer at once; in the rough one they never answer, drip, flood, reset or talk nonsense. All else is the same, so that the ratio shows what ill will costs and not what more messages cost. An attempt may take 500 ms. Rounds are long, as the engine learns in the first seconds whom to leave alone.',
  columns,
  run: (context) =>
    compare(context, {
      healthy: 20,
      others: context.scale.isolationHostile,
      backlogRows: 0,
      seconds: context.scale.hostileSeconds,
      rounds: context.scale.hostileRounds,
    }),
};

async function compare(context: ScenarioContext, situation: Situation): Promise<void> {
  const hostileReceivers = await startHostileReceivers();
  // In a process of its own as well, so that both installations have the same to do.
  const goodReceiver = await startReceiver();
  const urls = { good: [goodReceiver.url(0)], hostile: hostileReceivers.urls };
  try {
    for (const { name } of context.choose(['sqlite', 'postgres'])) {
      try {
        await compareOn(name as StorageName, { context, situation, urls });
      } catch (error) {
        context.fail(name, error);
      }
    }
  } finally {
    hostileReceivers.stop();
    goodReceiver.stop();
  }
}

async function compareOn(
  name: StorageName,
  options: {
    context: ScenarioContext;
    situation: Situation;
    urls: { readonly good: readonly string[]; readonly hostile: readonly string[] };
  },
): Promise<void> {
  const { context, situation, urls } = options;
  const calm = await createPlace(context, { name, situation, otherUrls: urls.good });
  try {
    const rough = await createPlace(context, { name, situation, otherUrls: urls.hostile });
    try {
      if (situation.backlogRows > 0) {
        const dead = await rough.installation.addCustomer(urls.hostile[0] ?? '');
        await rough.installation.addBacklog(dead, situation.backlogRows);
      }
      if (situation.rounds > 1) await run(context, calm, context.scale.isolationSeconds); // warm up
      for (let round = 0; round < situation.rounds; round += 1) {
        const without = await run(context, calm, situation.seconds);
        const residentBytes = process.memoryUsage.rss();
        const withThem = await run(context, rough, situation.seconds);
        context.record(name, {
          p99Ratio: withThem.p99Ms / without.p99Ms,
          calmP50Ms: without.p50Ms,
          roughP50Ms: withThem.p50Ms,
          calmP99Ms: without.p99Ms,
          roughP99Ms: withThem.p99Ms,
          grownMb: (process.memoryUsage.rss() - residentBytes) / megabyte,
          lost: without.lost + withThem.lost,
        });
      }
      context.record(name, { longestAttemptMs: Math.max(...(await rough.installation.attemptDurationsMs())) });
    } finally {
      await rough.installation.remove();
    }
  } finally {
    await calm.installation.remove();
  }
}

async function createPlace(
  { receiver }: ScenarioContext,
  { name, situation, otherUrls }: { name: StorageName; situation: Situation; otherUrls: readonly string[] },
): Promise<Place> {
  const installation = await createInstallation(name);
  const add = async (count: number, toUrl: (n: number) => string): Promise<readonly Customer[]> => {
    const customers: Customer[] = [];
    while (customers.length < count) customers.push(await installation.addCustomer(toUrl(customers.length)));
    return customers;
  };
  const healthy = await add(situation.healthy, (n) => receiver.url(n));
  return {
    installation,
    healthy,
    others: await add(situation.others, (n) => otherUrls[n % otherUrls.length] ?? ''),
  };
}

/** One round of so many seconds: the times from publish to arrival at healthy endpoints. */
async function run(
  { receiver, scale }: ScenarioContext,
  { installation, healthy, others }: Place,
  seconds: number,
): Promise<{ readonly p50Ms: number; readonly p99Ms: number; readonly lost: number }> {
  const running = await installation.startEngine({ timeoutMs: attemptTimeoutMs });
  const payload = createPayloads(0);
  const ticks = Math.ceil((seconds * 1_000) / tickMs);
  const perTick = Math.max(1, Math.round((scale.isolationRate * tickMs) / 1_000));
  let n = 0;
  const publish = async (customer: Customer | undefined): Promise<void> => {
    if (customer === undefined) return;
    const sentAtMs = performance.timeOrigin + performance.now();
    const message = { eventType: 'bench.event', payload: payload(n, sentAtMs) };
    n += 1;
    await running.engine.publish({ application: customer.application, message });
  };
  const expect = ticks * perTick;
  const arriving = receiver.begin({ expect, timeoutMs: scale.patienceSeconds * 1_000 });
  const published: Promise<void>[] = [];
  const startedMs = performance.now();
  for (let tick = 0; tick < ticks; tick += 1) {
    for (let k = 0; k < perTick; k += 1) published.push(publish(healthy[(tick * perTick + k) % healthy.length]));
    const phases = othersEveryMs / tickMs;
    const due = others.filter((_, index) => index % phases === tick % phases);
    published.push(...due.map((customer) => publish(customer)));
    await sleep(Math.max(0, startedMs + (tick + 1) * tickMs - performance.now()));
  }
  await Promise.all(published);
  const { latenciesMs, distinct } = await arriving;
  await running.stop();
  return { p50Ms: quantile(latenciesMs, 0.5), p99Ms: quantile(latenciesMs, 0.99), lost: expect - distinct };
}
