import assert from 'node:assert/strict';
import type { ConformanceGroup } from '../conformance-case.js';
import { createGatedLoad, rejectionOf } from '../gated-load.js';

/** `getOrSet`. */
export const loadingGroup: ConformanceGroup = {
  name: 'loading',
  cases: [
    {
      name: 'loads what is not there, and keeps it under its TTL and tags',
      run: async ({ cache, units, pass }) => {
        let loads = 0;
        const load = async () => (loads += 1);
        const options = { load, ttl: units(2), tags: ['tag'] };
        assert.equal(await cache.getOrSet('key', options), 1);
        assert.equal(await cache.getOrSet('key', options), 1);
        assert.equal(await cache.get('key'), 1);
        await cache.invalidateByTag({ tag: 'tag' });
        assert.equal(await cache.getOrSet('key', options), 2);
        await pass(2.5);
        assert.equal(await cache.getOrSet('key', options), 3);
      },
    },
    {
      name: 'tells the load its key',
      run: async ({ cache }) => {
        assert.equal(await cache.getOrSet('the key', { load: async ({ key }) => key }), 'the key');
      },
    },
    {
      name: '50 concurrent calls run one load, and get its value',
      run: async ({ cache }) => {
        const { load, started, calls, succeed } = createGatedLoad<string>();
        const all = Promise.all(Array.from({ length: 50 }, async () => cache.getOrSet('key', { load })));
        await started;
        succeed('value');
        assert.deepEqual(new Set(await all), new Set(['value']));
        assert.equal(calls(), 1);
      },
    },
    {
      name: 'different keys load at the same time',
      run: async ({ cache }) => {
        const slow = createGatedLoad<string>();
        const waiting = cache.getOrSet('slow', slow);
        await slow.started;
        assert.equal(await cache.getOrSet('quick', { load: async () => 'quick' }), 'quick');
        slow.succeed('slow');
        assert.equal(await waiting, 'slow');
      },
    },
    {
      name: 'an error reaches everybody who waits, and is not kept',
      run: async ({ cache }) => {
        const failing = createGatedLoad<string>();
        const both = [cache.getOrSet('key', failing), cache.getOrSet('key', failing)].map(rejectionOf);
        await failing.started;
        const error = new Error('the database is away');
        failing.fail(error);
        assert.deepEqual(await Promise.all(both), [error, error]);
        assert.equal(await cache.get('key'), undefined);
        assert.equal(await cache.getOrSet('key', { load: async () => 'back' }), 'back');
      },
    },
    {
      name: 'a load that throws at once rejects like any other',
      run: async ({ cache }) => {
        const error = new Error('at once');
        const load = () => {
          throw error;
        };
        assert.equal(await rejectionOf(cache.getOrSet('key', { load })), error);
        assert.equal(await cache.getOrSet('key', { load: async () => 1 }), 1);
      },
    },
    {
      name: 'that there is none is not kept',
      run: async ({ cache }) => {
        assert.equal(await cache.getOrSet('key', { load: async () => undefined }), undefined);
        assert.equal(await cache.getOrSet('key', { load: async () => 'now there is' }), 'now there is');
      },
    },
    {
      name: 'with negativeTtl that there is none is kept for that long',
      run: async ({ cache, units, pass }) => {
        let loads = 0;
        const load = async () => {
          loads += 1;
          return undefined;
        };
        const options = { load, ttl: units(9), negativeTtl: units(2) };
        assert.equal(await cache.getOrSet('key', options), undefined);
        await pass(1.5);
        assert.equal(await cache.getOrSet('key', options), undefined);
        assert.equal(await cache.get('key'), undefined);
        assert.equal(loads, 1);
        await pass(1);
        await cache.getOrSet('key', options);
        assert.equal(loads, 2);
      },
    },
    {
      name: 'a known absence can be invalidated, replaced and deleted',
      run: async ({ cache, units }) => {
        const learnAbsence = async () =>
          cache.getOrSet('key', { load: async () => undefined, negativeTtl: units(9), tags: ['tag'] });
        const load = async () => 'there';
        await learnAbsence();
        await cache.invalidateByTag({ tag: 'tag' });
        assert.equal(await cache.getOrSet('key', { load }), 'there');
        await cache.clear();
        await learnAbsence();
        await cache.set('key', { value: 'stored' });
        assert.equal(await cache.getOrSet('key', { load }), 'stored');
        await cache.clear();
        await learnAbsence();
        assert.equal(await cache.delete('key'), false);
        assert.equal(await cache.getOrSet('key', { load }), 'there');
      },
    },
    {
      name: 'the TTL counts from when the value was loaded',
      run: async ({ cache, units, pass }) => {
        const gated = createGatedLoad<string>();
        const waiting = cache.getOrSet('key', { load: gated.load, ttl: units(2) });
        await gated.started;
        await pass(3);
        gated.succeed('late');
        await waiting;
        await pass(1.5);
        assert.equal(await cache.get('key'), 'late');
        await pass(1);
        assert.equal(await cache.get('key'), undefined);
      },
    },
  ],
};
