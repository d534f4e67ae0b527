import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createKeyMatcher } from '../../../key-pattern.js';
import type { CacheHarness } from '../cache-harness.js';
import { createWorld, type CacheWorld, type ConformanceGroup } from '../conformance-case.js';
import { rejectionOf } from '../gated-load.js';

const key = fc.constantFrom('a', 'b', 'ab', 'abc');
const tag = fc.constantFrom('red', 'blue');
const tags = fc.uniqueArray(tag);
const ttlUnits = fc.integer({ min: 1, max: 4 });

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('get' as const), key }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('set' as const), key, tags, ttlUnits }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('getOrSet' as const), key, tags, ttlUnits }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('invalidateByTag' as const), tag }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('invalidateByPattern' as const),
      pattern: fc.constantFrom('a', 'a*', '?', '*b*'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), count: fc.integer({ min: 1, max: 3 }) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** What a cache is for, as a map that looks at everything every time. */
class ModelCache {
  readonly #entries = new Map<string, { value: number; until: number; tags: readonly string[] }>();
  #now = 0;

  pass(count: number): void {
    this.#now += count;
    for (const [name, { until }] of this.#entries) if (until <= this.#now) this.#entries.delete(name);
  }

  get(name: string): number | undefined {
    return this.#entries.get(name)?.value;
  }

  set(name: string, entry: { value: number; ttlUnits: number; tags: readonly string[] }): void {
    // Half a unit off, so that nobody looks at the very instant at which it ends: real clocks are not that precise.
    this.#entries.set(name, { ...entry, until: this.#now + entry.ttlUnits - 0.5 });
  }

  removeWhere(isRemoved: (name: string, tags: readonly string[]) => boolean): void {
    for (const [name, entry] of this.#entries) if (isRemoved(name, entry.tags)) this.#entries.delete(name);
  }
}

async function play({ cache, units, pass }: CacheWorld, commands: readonly Command[]): Promise<void> {
  const model = new ModelCache();
  let stored = 0;
  for (const step of commands) {
    switch (step.do) {
      case 'get':
        assert.equal(await cache.get(step.key), model.get(step.key));
        break;
      case 'set':
        stored += 1;
        model.set(step.key, { ...step, value: stored });
        await cache.set(step.key, { value: stored, ttl: units(step.ttlUnits - 0.5), tags: step.tags });
        break;
      case 'getOrSet': {
        stored += 1;
        const value = stored;
        if (model.get(step.key) === undefined) model.set(step.key, { ...step, value });
        const options = { load: async () => value, ttl: units(step.ttlUnits - 0.5), tags: step.tags };
        assert.equal(await cache.getOrSet(step.key, options), model.get(step.key));
        break;
      }
      case 'delete':
        assert.equal(await cache.delete(step.key), model.get(step.key) !== undefined);
        model.removeWhere((name) => name === step.key);
        break;
      case 'invalidateByTag':
        await cache.invalidateByTag(step);
        model.removeWhere((_, ofEntry) => ofEntry.includes(step.tag));
        break;
      case 'invalidateByPattern':
        await cache.invalidateByPattern(step);
        model.removeWhere(createKeyMatcher(step.pattern));
        break;
      case 'clear':
        await cache.clear();
        model.removeWhere(() => true);
        break;
      case 'pass':
        await pass(step.count);
        model.pass(step.count);
        break;
    }
  }
}

const raceStep = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), key: fc.constantFrom('x', 'y') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('land' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('get' as const), key: fc.constantFrom('x', 'y') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      how: fc.constantFrom('invalidateByTag', 'invalidateByPattern', 'delete', 'clear'),
      key: fc.constantFrom('x', 'y'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const) }) },
);
type RaceStep = typeof raceStep extends fc.Arbitrary<infer T> ? T : never;

/**
 * The source of truth has a version per key. A change raises it and invalidates; loads read it when they begin and land
 * in any order, much later. Nobody may get a version older than the one at the time of asking.
 */
async function race({ cache, harness, units, pass }: CacheWorld, steps: readonly RaceStep[]): Promise<void> {
  const versions = { x: 1, y: 1 };
  const inFlight: (() => void)[] = [];
  const answers: Promise<unknown>[] = [];
  const check = (found: number | undefined, atLeast: number) => {
    assert.ok(found === undefined || found >= atLeast, `version ${String(found)} came after ${String(atLeast)}`);
  };
  const ask = async (name: 'x' | 'y') => {
    const atLeast = versions[name];
    const load = async () => {
      const version = versions[name];
      await new Promise<void>((resolve) => inFlight.push(resolve));
      return version;
    };
    const times = { ttl: units(2.5), staleTtl: units(2) };
    check(await cache.getOrSet(name, { ...times, load, tags: ['all', name] }), atLeast);
  };
  const invalidate = async (how: string, name: string) => {
    if (how === 'invalidateByTag') await cache.invalidateByTag({ tag: name });
    else if (how === 'invalidateByPattern') await cache.invalidateByPattern({ pattern: `${name}*` });
    else if (how === 'delete') await cache.delete(name);
    else await cache.clear();
  };
  for (const step of steps) {
    if (step.do === 'ask') answers.push(rejectionOf(ask(step.key)));
    else if (step.do === 'land') inFlight.splice(step.which % Math.max(1, inFlight.length), 1)[0]?.();
    else if (step.do === 'get') check(await cache.get(step.key), versions[step.key]);
    else if (step.do === 'pass') await pass(1);
    else {
      versions[step.key] += 1;
      await invalidate(step.how, step.key);
    }
    await harness.advance(0);
  }
  while (inFlight.length > 0) {
    inFlight.shift()?.();
    await harness.advance(0);
  }
  for (const problem of await Promise.all(answers)) assert.equal(problem, undefined);
}

/** Random histories. */
export function modelGroup({ modelRuns = 50 }: CacheHarness): ConformanceGroup {
  const options = { numRuns: modelRuns };
  return {
    name: 'model',
    cases: [
      {
        name: 'any history ends as with a map that knows TTLs and tags',
        run: async ({ harness }) => {
          const commands = fc.array(command, { maxLength: 40, size: 'max' });
          await fc.assert(
            fc.asyncProperty(commands, async (history) => play(await createWorld(harness), history)),
            options,
          );
        },
      },
      {
        name: 'whatever the order in which loads land, nobody gets a value from before an invalidation',
        run: async ({ harness }) => {
          const steps = fc.array(raceStep, { maxLength: 30, size: 'max' });
          await fc.assert(
            fc.asyncProperty(steps, async (history) => race(await createWorld(harness), history)),
            options,
          );
        },
      },
    ],
  };
}
