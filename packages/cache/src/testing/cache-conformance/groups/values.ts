import assert from 'node:assert/strict';
import { isPostriderError } from '@postrider/core';
import type { ConformanceGroup } from '../conformance-case.js';
import { rejectionOf } from '../gated-load.js';

const jsonValues: readonly unknown[] = [
  null,
  false,
  0,
  -1.5,
  '',
  'text with "quotes", \u0000 and 🦊',
  [],
  {},
  [1, [2, { three: null }]],
  { nested: { list: [1, 2], empty: {}, absent: null }, number: 9_007_199_254_740_991 },
];

const oddKeys = [
  'a',
  ' ',
  'a b',
  'a:b',
  'A',
  '*',
  'a*',
  '?',
  '\\',
  'ключ',
  '🦊',
  '__proto__',
  'constructor',
  'k'.repeat(1000),
];

/** Storing, finding, replacing and removing. */
export const valuesGroup: ConformanceGroup = {
  name: 'values',
  cases: [
    {
      name: 'what was never stored is undefined',
      run: async ({ cache }) => {
        assert.equal(await cache.get('nothing'), undefined);
        assert.equal(await cache.delete('nothing'), false);
      },
    },
    {
      name: 'JSON values come back equal, null and other falsy ones included',
      run: async ({ cache }) => {
        for (const [index, value] of jsonValues.entries()) {
          assert.equal(await cache.set(`key ${String(index)}`, { value }), true);
          assert.deepEqual(await cache.get(`key ${String(index)}`), value);
        }
      },
    },
    {
      name: 'a hit is the stored object itself exactly if byReference says so',
      run: async ({ cache, harness }) => {
        const value = { name: 'Ada' };
        await cache.set('key', { value });
        const found = await cache.get('key');
        assert.deepEqual(found, value);
        assert.equal(found === value, harness.capabilities.byReference);
      },
    },
    {
      name: 'keys are told apart exactly, whatever they contain',
      run: async ({ cache }) => {
        for (const key of oddKeys) await cache.set(key, { value: `of ${key}` });
        for (const key of oddKeys) assert.equal(await cache.get(key), `of ${key}`);
        assert.equal(await cache.delete('*'), true);
        assert.equal(await cache.get('*'), undefined);
        assert.equal(await cache.get('a'), 'of a');
      },
    },
    {
      name: 'undefined is refused with CACHE_VALUE_INVALID, and the earlier value stays',
      run: async ({ cache }) => {
        await cache.set('key', { value: 1 });
        const error = await rejectionOf(cache.set('key', { value: undefined }));
        assert.ok(isPostriderError(error, 'CACHE_VALUE_INVALID'), String(error));
        assert.equal(await cache.get('key'), 1);
      },
    },
    {
      name: 'set replaces the value together with its TTL and its tags',
      run: async ({ cache, units, pass }) => {
        await cache.set('key', { value: 'old', ttl: units(1), tags: ['old'] });
        await cache.set('key', { value: 'new', ttl: units(4), tags: ['new'] });
        await cache.invalidateByTag({ tag: 'old' });
        await pass(2);
        assert.equal(await cache.get('key'), 'new');
        await cache.invalidateByTag({ tag: 'new' });
        assert.equal(await cache.get('key'), undefined);
      },
    },
    {
      name: 'delete removes one value and tells whether it was there',
      run: async ({ cache }) => {
        await cache.set('one', { value: 1 });
        await cache.set('other', { value: 2 });
        assert.equal(await cache.delete('one'), true);
        assert.equal(await cache.delete('one'), false);
        assert.equal(await cache.get('one'), undefined);
        assert.equal(await cache.get('other'), 2);
      },
    },
    {
      name: 'clear removes everything, and the cache goes on working',
      run: async ({ cache }) => {
        await cache.set('one', { value: 1, tags: ['tag'] });
        await cache.set('other', { value: 2 });
        await cache.clear();
        assert.equal(await cache.get('one'), undefined);
        assert.equal(await cache.get('other'), undefined);
        await cache.set('one', { value: 3, tags: ['tag'] });
        assert.equal(await cache.get('one'), 3);
      },
    },
  ],
};
