/**
 * What the memory cache costs per call, beside a bare lru-cache of the same size in the same run. Prints nanoseconds
 * per call; the figures that matter are the differences.
 *
 *   node bench/micro/cache.ts
 */
import { createMemoryCache } from '@postrider/cache';
import { LRUCache } from 'lru-cache';
import { median } from '../src/statistics.ts';

const rounds = 15;
const callsPerRound = 200_000;
const keys = Array.from({ length: 1000 }, (_, index) => `app:app_${String(index).padStart(22, '0')}`);
const value = { endpoints: ['ep_1', 'ep_2'], types: ['invoice.paid'] };
const tags = ['app:app_1', 'environment:env_1'];

const bare = new LRUCache<string, object>({ max: keys.length });
const cache = createMemoryCache({ maxEntries: keys.length });

/** Not awaited: a bare lru-cache has nothing to wait for. The key differs from call to call. */
const synchronous: Readonly<Record<string, (key: string) => unknown>> = {
  'bare lru-cache get': (key) => bare.get(key),
  'bare lru-cache set': (key) => bare.set(key, value),
};

/** Each awaited, as by its users. */
const asynchronous: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
  'cache get, hit': (key) => cache.get(key),
  'cache getOrSet, hit': (key) => cache.getOrSet(key, { load: async () => value }),
  'cache set': (key) => cache.set(key, { value }),
  'cache set with ttl and 2 tags': (key) => cache.set(key, { value, ttl: '30s', tags }),
};

function measureCalls(call: (key: string) => unknown): number {
  const startedAt = performance.now();
  for (let index = 0; index < callsPerRound; index += 1) call(keys[index % keys.length] as string);
  return toNsPerCall(startedAt);
}

async function measureAwaited(call: (key: string) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let index = 0; index < callsPerRound; index += 1) await call(keys[index % keys.length] as string);
  return toNsPerCall(startedAt);
}

function toNsPerCall(startedAt: number): number {
  return ((performance.now() - startedAt) * 1e6) / callsPerRound;
}

for (const key of keys) {
  bare.set(key, value);
  await cache.set(key, { value, tags });
}
const samples = new Map<string, number[]>();
const record = (name: string, ns: number) => samples.set(name, [...(samples.get(name) ?? []), ns]);
for (let round = 0; round < rounds; round += 1) {
  for (const [name, call] of Object.entries(synchronous)) record(name, measureCalls(call));
  for (const [name, call] of Object.entries(asynchronous)) record(name, await measureAwaited(call));
}
const of = (name: string) => samples.get(name) ?? [];
// Differences within a round, so that what else the machine does weighs on both sides.
const overBare = of('cache get, hit').map((ns, round) => ns - (of('bare lru-cache get')[round] ?? Number.NaN));

console.table(
  Object.fromEntries(
    [...samples].map(([name, all]) => [
      name,
      { 'median ns': Math.round(median(all)), 'least ns': Math.round(Math.min(...all)) },
    ]),
  ),
);
console.log(`hit − bare hit: ${String(Math.round(median(overBare)))} ns (goal: ≤ 100)`);
console.log(`set with tags: ${String(Math.round(median(of('cache set with ttl and 2 tags'))))} ns (goal: ≤ 1000)`);
