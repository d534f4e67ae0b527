import assert from 'node:assert/strict';
import { isPostriderError } from '@postrider/core';
import type { Ttl } from '../../../ttl.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { rejectionOf } from '../gated-load.js';

const badTtls = [0, -1, 1.5, Number.NaN, Infinity, 400 * 86_400_000, '300', '5 m', 'm', '-5m', '1.5h', '0s', '5M'];

/** Time to live. */
export const expiryGroup: ConformanceGroup = {
  name: 'expiry',
  cases: [
    {
      name: 'a value is there until its TTL is over, and not after',
      run: async ({ cache, units, pass }) => {
        await cache.set('key', { value: 1, ttl: units(2) });
        await pass(1.5);
        assert.equal(await cache.get('key'), 1);
        await pass(1);
        assert.equal(await cache.get('key'), undefined);
        assert.equal(await cache.delete('key'), false);
      },
    },
    {
      name: 'reading does not prolong, storing again does',
      run: async ({ cache, units, pass }) => {
        await cache.set('read', { value: 1, ttl: units(2) });
        await cache.set('stored', { value: 1, ttl: units(2) });
        await pass(1.5);
        await cache.get('read');
        await cache.set('stored', { value: 2, ttl: units(2) });
        await pass(1);
        assert.equal(await cache.get('read'), undefined);
        assert.equal(await cache.get('stored'), 2);
      },
    },
    {
      name: 'each value has its own TTL',
      run: async ({ cache, units, pass }) => {
        await cache.set('short', { value: 1, ttl: units(1) });
        await cache.set('long', { value: 2, ttl: units(3) });
        await pass(1.5);
        assert.equal(await cache.get('short'), undefined);
        assert.equal(await cache.get('long'), 2);
      },
    },
    {
      name: 'a text with a unit means the same as its milliseconds',
      run: async ({ cache, units, pass }) => {
        await cache.set('key', { value: 1, ttl: `${units(2)}ms` });
        await pass(1.5);
        assert.equal(await cache.get('key'), 1);
        await pass(1);
        assert.equal(await cache.get('key'), undefined);
      },
    },
    {
      name: 'a TTL that is ambiguous or out of range is refused with CACHE_OPTIONS_INVALID, and nothing changes',
      run: async ({ cache }) => {
        await cache.set('key', { value: 'before' });
        for (const ttl of badTtls) {
          const error = await rejectionOf(cache.set('key', { value: 'after', ttl: ttl as Ttl }));
          assert.ok(isPostriderError(error, 'CACHE_OPTIONS_INVALID'), `${String(ttl)}: ${String(error)}`);
          const load = async () => 'after';
          const loading = await rejectionOf(cache.getOrSet('other', { load, ttl: ttl as Ttl }));
          assert.ok(isPostriderError(loading, 'CACHE_OPTIONS_INVALID'), `${String(ttl)}: ${String(loading)}`);
        }
        assert.equal(await cache.get('key'), 'before');
        assert.equal(await cache.get('other'), undefined);
      },
    },
  ],
};
