/**
 * What endpoints that never answer cost those that do: the same open load on healthy endpoints, in turn on an
 * installation that has nothing else and on one that also has the dead ones, through the real engine and sender. Prints
 * the time from publish to arrival of both, and their ratio.
 *
 *   node bench/isolation.ts hostile            200 endpoints that never answer, one message a second each, beside 20 healthy
 *   node bench/isolation.ts backlog            one dead endpoint with 20 000 waiting rows, beside 200 healthy
 *       --rows=1000000 --storage=sqlite,postgres --rounds=3 --seconds=5 --rate=200 --hostile=200
 */
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { systemClock } from '@postrider/core';
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
/** Each endpoint that never answers gets a message so often, evenly spread. */
const hostileEveryMs = 1_000;
const timeoutMs = 500;

interface Place {
  readonly installation: Installation;
  readonly healthy: readonly Customer[];
  readonly dead: readonly Customer[];
}

const receiver = await startReceiver();
const silence = await startSilence();
try {
  for (const name of values.storage.split(',')) await compare(name as StorageName);
} finally {
  receiver.stop();
  silence.server.close();
}
process.exit(0);

async function compare(name: StorageName): Promise<void> {
  const isBacklog = scenario === 'backlog';
  const counts = { healthy: isBacklog ? 200 : 20, dead: isBacklog ? 1 : Number(values.hostile) };
  const alone = await createPlace(name, { ...counts, dead: 0 });
  const beside = await createPlace(name, counts);
  try {
    const [first] = beside.dead;
    if (isBacklog && first !== undefined) await beside.installation.addBacklog(first, Number(values.rows));
    await run(alone); // warm up
    const samples = { alone: [] as (readonly number[])[], beside: [] as (readonly number[])[] };
    for (let round = 0; round < rounds; round += 1) {
      samples.alone.push(await run(alone));
      samples.beside.push(await run(beside));
    }
    const of = (latencies: readonly (readonly number[])[], share: number): number =>
      median(latencies.map((sorted) => quantile(sorted, share)));
    const line = (share: number): string => {
      const [without, with_] = [of(samples.alone, share), of(samples.beside, share)];
      return `p${share * 100} ${without.toFixed(1)} → ${with_.toFixed(1)} ms (× ${(with_ / without).toFixed(2)})`;
    };
    const what = isBacklog
      ? `one dead endpoint with ${values.rows} rows`
      : `${counts.dead} endpoints without an answer`;
    console.log(`${name}: ${counts.healthy} healthy endpoints beside ${what}: ${line(0.5)}, ${line(0.99)}`);
  } finally {
    await alone.installation.remove();
    await beside.installation.remove();
  }
}

async function createPlace(name: StorageName, counts: { healthy: number; dead: number }): Promise<Place> {
  const installation = await createInstallation(name);
  const add = async (count: number, url: string): Promise<readonly Customer[]> => {
    const customers: Customer[] = [];
    while (customers.length < count) customers.push(await installation.addCustomer(url));
    return customers;
  };
  return { installation, healthy: await add(counts.healthy, receiver.url), dead: await add(counts.dead, silence.url) };
}

/** One round; returns the sorted times from publish to arrival at healthy endpoints. */
async function run({ installation, healthy, dead }: Place): Promise<readonly number[]> {
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
      const phase = tick % (hostileEveryMs / publishEveryMs);
      const due = dead.filter((_, index) => index % (hostileEveryMs / publishEveryMs) === phase);
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

/** A receiver that accepts connections and never says a word. */
async function startSilence(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((socket) => void socket.on('error', () => socket.destroy()).resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The silent receiver has no port.');
  return { server, url: `http://127.0.0.1:${address.port}/hook` };
}
