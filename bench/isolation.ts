/**
 * What bad endpoints cost good ones: the same open load on healthy endpoints, in turn on two installations, through the
 * real engine and sender. Prints the time from publish to arrival of both, and their ratio.
 *
 *   node bench/isolation.ts hostile    20 healthy endpoints beside 200 others that get a message a second each:
 *                                      others that answer at once, against others of ill will
 *   node bench/isolation.ts backlog    200 healthy endpoints: alone, against beside a dead one with 20 000 waiting rows
 *       --rows=1000000 --storage=sqlite,postgres --rounds=3 --seconds=5 --rate=200 --hostile=200
 */
import { parseArgs } from 'node:util';
import { systemClock } from '@postrider/core';
import { startHostileReceivers } from './src/hostile-receiver.ts';
import { createInstallation, type Customer, type Installation, type StorageName } from './src/installation.ts';
import { startReceiver } from './src/receiver.ts';
import { median, quantile } from './src/statistics.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '20000' },
    hostile: { type: 'string', default: '200' },
    storage: { type: 'string', default: 'sqlite,postgres' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '200' },
  },
});
const [scenario = 'backlog'] = positionals;
if (scenario !== 'hostile' && scenario !== 'backlog') {
  throw new Error(`The scenario is ${scenario}; there are hostile and backlog.`);
}
const rounds = Number(values.rounds);
const durationMs = Number(values.seconds) * 1_000;
const publishEveryMs = 10;
const perTick = Math.max(1, Math.round((Number(values.rate) * publishEveryMs) / 1_000));
/** Each of the others gets a message so often, evenly spread. */
const otherEveryMs = 1_000;
const timeoutMs = 500;

interface Place {
  readonly installation: Installation;
  readonly healthy: readonly Customer[];
  readonly others: readonly Customer[];
}

const receiver = await startReceiver();
/** Of those others that are good: in a process of its own as well, so that both installations have the same to do. */
const secondReceiver = await startReceiver();
const hostile = await startHostileReceivers();
try {
  for (const name of values.storage.split(',')) await compare(name as StorageName);
} finally {
  receiver.stop();
  secondReceiver.stop();
  hostile.stop();
}
process.exit(0);

async function compare(name: StorageName): Promise<void> {
  const isBacklog = scenario === 'backlog';
  const healthy = isBacklog ? 200 : 20;
  const others = isBacklog ? 0 : Number(values.hostile);
  const calm = await createPlace(name, healthy, { count: others, urls: [secondReceiver.url] });
  const rough = await createPlace(name, healthy, { count: isBacklog ? 1 : others, urls: hostile.urls });
  try {
    const [first] = rough.others;
    if (isBacklog && first !== undefined) await rough.installation.addBacklog(first, Number(values.rows));
    await run(calm); // warm up
    const residentBytes = process.memoryUsage.rss();
    const samples = { calm: [] as (readonly number[])[], rough: [] as (readonly number[])[] };
    for (let round = 0; round < rounds; round += 1) {
      samples.calm.push(await run(calm));
      samples.rough.push(await run(rough));
    }
    const of = (latencies: readonly (readonly number[])[], share: number): number =>
      median(latencies.map((sorted) => quantile(sorted, share)));
    const line = (share: number): string => {
      const [without, with_] = [of(samples.calm, share), of(samples.rough, share)];
      return `p${share * 100} ${without.toFixed(1)} → ${with_.toFixed(1)} ms (× ${(with_ / without).toFixed(2)})`;
    };
    const what = isBacklog ? `beside a dead one with ${values.rows} rows` : `when ${others} others turn hostile`;
    const growthMiB = (process.memoryUsage.rss() - residentBytes) / 1_048_576;
    const longestMs = Math.max(...(await rough.installation.attemptDurationsMs()));
    console.log(
      `${name}: ${healthy} healthy endpoints, ${what}: ${line(0.5)}, ${line(0.99)}; resident memory ` +
        `${growthMiB.toFixed(0)} MiB more, longest attempt ${longestMs.toFixed(0)} ms of ${timeoutMs}`,
    );
  } finally {
    await calm.installation.remove();
    await rough.installation.remove();
  }
}

async function createPlace(
  name: StorageName,
  healthyCount: number,
  others: { readonly count: number; readonly urls: readonly string[] },
): Promise<Place> {
  const installation = await createInstallation(name);
  const add = async (count: number, urls: readonly string[]): Promise<readonly Customer[]> => {
    const customers: Customer[] = [];
    while (customers.length < count) {
      customers.push(await installation.addCustomer(urls[customers.length % urls.length] ?? ''));
    }
    return customers;
  };
  const healthy = await add(healthyCount, [receiver.url]);
  return { installation, healthy, others: await add(others.count, others.urls) };
}

/** One round; returns the sorted times from publish to arrival at healthy endpoints. */
async function run({ installation, healthy, others }: Place): Promise<readonly number[]> {
  const running = await installation.startEngine({ timeoutMs });
  const publish = async (customer: Customer | undefined): Promise<void> => {
    if (customer === undefined) return;
    const sentAtMs = (performance.timeOrigin + performance.now()).toFixed(3);
    const message = { eventType: 'bench.event', payload: `{"sentAtMs":${sentAtMs}}` };
    await running.engine.publish({ application: customer.application, message });
  };
  const arrived = receiver.expect(Math.round(durationMs / publishEveryMs) * perTick);
  const published: Promise<void>[] = [];
  const startedMs = systemClock.monotonicMs();
  for (let tick = 0, n = 0; tick < durationMs / publishEveryMs; tick += 1) {
    for (let k = 0; k < perTick; k += 1, n += 1) published.push(publish(healthy[n % healthy.length]));
    if (scenario === 'hostile') {
      const phase = tick % (otherEveryMs / publishEveryMs);
      const due = others.filter((_, index) => index % (otherEveryMs / publishEveryMs) === phase);
      published.push(...due.map(publish));
    }
    const dueMs = startedMs + (tick + 1) * publishEveryMs;
    await systemClock.sleep({ delayMs: Math.max(0, dueMs - systemClock.monotonicMs()) });
  }
  await Promise.all(published);
  const { latenciesMs } = await arrived;
  await running.stop();
  return latenciesMs;
}
