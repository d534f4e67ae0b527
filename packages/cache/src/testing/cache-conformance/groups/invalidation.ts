import assert from 'node:assert/strict';
import { escapeKeyPattern } from '../../../key-pattern.js';
import type { Cache } from '../../../ports/cache.js';
import type { ConformanceGroup } from '../conformance-case.js';

const patternKeys = ['app:1', 'app:1:routes', 'app:12', 'app:2', 'App:1', 'app', 'x/app:1', 'app:[1]', 'app:*'];

const patterns: readonly (readonly [pattern: string, removed: readonly string[]])[] = [
  ['app:1', ['app:1']],
  ['app:1*', ['app:1', 'app:1:routes', 'app:12']],
  ['app:?', ['app:1', 'app:2', 'app:*']],
  ['*:1', ['app:1', 'App:1', 'x/app:1']],
  ['*', patternKeys],
  ['a*1*s', ['app:1:routes']],
  [String.raw`app:\*`, ['app:*']],
  ['app:[1]', ['app:[1]']],
  ['', []],
  ['nothing*', []],
];

async function keysIn(cache: Cache, keys: readonly string[]): Promise<string[]> {
  const found = await Promise.all(keys.map(async (key) => ((await cache.get(key)) === undefined ? [] : [key])));
  return found.flat();
}

/** Tags and patterns. */
export const invalidationGroup: ConformanceGroup = {
  name: 'invalidation',
  cases: [
    {
      name: 'a tag takes every value that has it, and no other',
      run: async ({ cache }) => {
        await cache.set('a', { value: 1, tags: ['red'] });
        await cache.set('b', { value: 2, tags: ['red', 'blue'] });
        await cache.set('c', { value: 3, tags: ['blue'] });
        await cache.set('d', { value: 4 });
        await cache.invalidateByTag({ tag: 'red' });
        assert.deepEqual(await keysIn(cache, ['a', 'b', 'c', 'd']), ['c', 'd']);
        assert.equal(await cache.delete('a'), false);
      },
    },
    {
      name: 'any one of several tags is enough',
      run: async ({ cache }) => {
        for (const tag of ['one', 'two', 'three']) {
          await cache.set('key', { value: tag, tags: ['one', 'two', 'three'] });
          await cache.invalidateByTag({ tag });
          assert.equal(await cache.get('key'), undefined);
        }
      },
    },
    {
      name: 'what is stored under a tag after its invalidation stays, and can be invalidated again',
      run: async ({ cache }) => {
        await cache.set('key', { value: 1, tags: ['tag'] });
        await cache.invalidateByTag({ tag: 'tag' });
        await cache.set('key', { value: 2, tags: ['tag'] });
        assert.equal(await cache.get('key'), 2);
        await cache.invalidateByTag({ tag: 'tag' });
        assert.equal(await cache.get('key'), undefined);
      },
    },
    {
      name: 'tags are exact, and nothing happens for one that nobody has',
      run: async ({ cache }) => {
        await cache.set('key', { value: 1, tags: ['app:1', 'app:1'] });
        for (const tag of ['app', 'app:*', 'APP:1', 'key', '']) await cache.invalidateByTag({ tag });
        assert.equal(await cache.get('key'), 1);
        await cache.invalidateByTag({ tag: 'app:1' });
        assert.equal(await cache.get('key'), undefined);
      },
    },
    ...patterns.map(([pattern, removed]) => ({
      name: `the pattern ${JSON.stringify(pattern)} takes the keys that match as a whole`,
      run: async ({ cache }: { readonly cache: Cache }) => {
        for (const key of patternKeys) await cache.set(key, { value: key });
        await cache.invalidateByPattern({ pattern });
        assert.deepEqual(
          await keysIn(cache, patternKeys),
          patternKeys.filter((key) => !removed.includes(key)),
        );
      },
    })),
    {
      name: 'an escaped pattern takes exactly its key',
      run: async ({ cache }) => {
        const keys = ['a*b', 'a?b', String.raw`a\b`, 'aab', 'axb'];
        for (const key of keys) await cache.set(key, { value: key });
        await cache.invalidateByPattern({ pattern: escapeKeyPattern('a*b') });
        await cache.invalidateByPattern({ pattern: escapeKeyPattern('a?b') });
        await cache.invalidateByPattern({ pattern: escapeKeyPattern(String.raw`a\b`) });
        assert.deepEqual(await keysIn(cache, keys), ['aab', 'axb']);
      },
    },
  ],
};
