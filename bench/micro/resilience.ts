/**
 * What the parts of the resilience package cost per call, and what 100 000 breakers cost that nobody uses.
 *
 *   node bench/micro/resilience.ts
 */
import { createAdaptiveLimit, createBreaker, createRateLimiter, createRetryBudget } from '@postrider/resilience';
import { median } from '../src/statistics.ts';

const rounds = 15;
const callsPerRound = 200_000;
const idleBreakers = 100_000;
const now = () => performance.now();
const random = () => Math.random();

// One object per endpoint, as in a server: the caches of the processor must not flatter the figures.
const perEndpoint = <T>(create: () => T): ((index: number) => T) => {
  const all = Array.from({ length: 1000 }, create);
  return (index) => all[index % all.length] as T;
};
const breakers = perEndpoint(() => createBreaker({ now, random }));
const limiters = perEndpoint(() => createRateLimiter({ ratePerSecond: 1e6, burst: 1e6, now }));
const limits = perEndpoint(() => createAdaptiveLimit());
const budget = createRetryBudget({ now });

const parts: Readonly<Record<string, (index: number) => unknown>> = {
  'breaker, a call and its result': (index) => {
    const breaker = breakers(index);
    const admission = breaker.acquire();
    if (admission.allowed) breaker.record(admission.permit, index % 4 === 0 ? 'failure' : 'success');
  },
  'limiter, a unit': (index) => limiters(index).tryAcquire(),
  'adaptive limit, a slot and its release': (index) => limits(index).tryAcquire()?.release('success'),
  'retry budget, an attempt': (index) => budget.record(index % 4 === 0 ? 'retry' : 'first'),
};

function measure(call: (index: number) => unknown): number {
  const startedAt = performance.now();
  for (let index = 0; index < callsPerRound; index += 1) call(index);
  return ((performance.now() - startedAt) * 1e6) / callsPerRound;
}

const samples = new Map<string, number[]>();
for (let round = 0; round < rounds; round += 1) {
  for (const [name, call] of Object.entries(parts)) samples.set(name, [...(samples.get(name) ?? []), measure(call)]);
}
console.table(
  Object.fromEntries(
    [...samples].map(([name, all]) => [
      name,
      { 'median ns': Math.round(median(all)), 'least ns': Math.round(Math.min(...all)) },
    ]),
  ),
);

const heapBefore = process.memoryUsage().heapUsed;
const idle = Array.from({ length: idleBreakers }, () => createBreaker({ now, random }));
// Half of them have opened.
for (const [index, breaker] of idle.entries()) {
  for (let call = 0; call < (index % 2 === 0 ? 1 : 10); call += 1) {
    const admission = breaker.acquire();
    if (admission.allowed) breaker.record(admission.permit, 'failure');
  }
}
const bytes = (process.memoryUsage().heapUsed - heapBefore) / idleBreakers;
// What the work above left to the compiler and the garbage collector is not the cost of being idle.
await new Promise((resolve) => setTimeout(resolve, 2000));
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await new Promise((resolve) => setTimeout(resolve, 5000));
const { user, system } = process.cpuUsage(cpuBefore);
const share = (user + system) / 1000 / (performance.now() - startedAt);
const open = idle.filter(({ state }) => state === 'open').length;
console.log(
  `${String(idleBreakers)} idle breakers (${String(open)} of them open): ${(share * 100).toFixed(2)} % of a core, ${bytes.toFixed(0)} bytes each`,
);
