import assert from 'node:assert/strict';
import { assertSame } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { storeEnvironment } from '../fixtures.js';
import { at, atDay } from '../instants.js';
import type { StorageWorld } from '../storage-world.js';

const answer = { status: 201, body: '{"name":"Büro ☕"}' };

/** A key in an environment of its own, with the calls that the rules are about. */
async function newRequest(world: StorageWorld) {
  const environmentId = await storeEnvironment(world);
  const key = 'a'.repeat(255);
  const where = { environmentId, key };
  const reserve = (holder: string, given: { fingerprint?: string; now?: Date; environmentId?: string } = {}) =>
    world.storage.reserveRequest({
      ...where,
      ...{ fingerprint: 'f', holder, now: at(0), heldUntil: at(60), expiresAt: at(3600) },
      ...given,
    });
  return { where, reserve };
}

/** Requests that must take effect once: who carries them out, who gets the answer. */
export const requestsGroup: ConformanceGroup = {
  name: 'requests',
  storage: 'shared',
  cases: [
    {
      name: 'the first call reserves, the same request meanwhile is told that it runs, another one that it differs',
      run: async (world) => {
        const { reserve } = await newRequest(world);
        assertSame(await reserve('first'), { outcome: 'reserved' });
        assertSame(await reserve('second'), { outcome: 'running', heldUntil: at(60) });
        assertSame(await reserve('third', { fingerprint: 'other' }), { outcome: 'mismatch' });
      },
    },
    {
      name: 'of concurrent calls exactly one reserves',
      run: async (world) => {
        const { reserve } = await newRequest(world);
        const calls = Array.from({ length: 20 }, (_, index) => reserve(`holder-${index}`));
        const outcomes = (await Promise.all(calls)).map(({ outcome }) => outcome);
        assert.equal(outcomes.filter((outcome) => outcome === 'reserved').length, 1);
        assert.equal(outcomes.filter((outcome) => outcome === 'running').length, 19);
      },
    },
    {
      name: 'the answer is given to the same request until the key expires, and then the key is free',
      run: async (world) => {
        const { where, reserve } = await newRequest(world);
        await reserve('first');
        assert.equal(await world.storage.answerRequest({ ...where, holder: 'first', answer }), true);
        assertSame(await reserve('second', { now: at(3600) }), { outcome: 'answered', answer });
        assertSame(await reserve('third', { fingerprint: 'other', now: at(3600) }), { outcome: 'mismatch' });
        assertSame(await reserve('fourth', { fingerprint: 'other', now: at(3601) }), { outcome: 'reserved' });
      },
    },
    {
      name: 'a reservation whose holder died is taken over by one, and the dead cannot answer any more',
      run: async (world) => {
        const { where, reserve } = await newRequest(world);
        await reserve('dead');
        assertSame(await reserve('early', { now: at(59) }), { outcome: 'running', heldUntil: at(60) });
        assertSame(await reserve('other', { fingerprint: 'other', now: at(61) }), { outcome: 'mismatch' });
        const take = (holder: string) =>
          world.storage.reserveRequest({
            ...{ ...where, fingerprint: 'f', holder, now: at(61) },
            ...{ heldUntil: at(121), expiresAt: at(3600) },
          });
        const outcomes = (await Promise.all([take('a'), take('b'), take('c')])).map(({ outcome }) => outcome);
        assert.deepEqual([...outcomes].sort(), ['reserved', 'running', 'running']);
        assert.equal(await world.storage.answerRequest({ ...where, holder: 'dead', answer }), false);
        await world.storage.releaseRequest({ ...where, holder: 'dead' });
        assert.equal((await reserve('late', { now: at(62) })).outcome, 'running');
      },
    },
    {
      name: 'a released key is free, an answered one cannot be released or answered anew',
      run: async (world) => {
        const { where, reserve } = await newRequest(world);
        await reserve('first');
        await world.storage.releaseRequest({ ...where, holder: 'first' });
        assertSame(await reserve('second', { fingerprint: 'other' }), { outcome: 'reserved' });
        await world.storage.answerRequest({ ...where, holder: 'second', answer });
        await world.storage.releaseRequest({ ...where, holder: 'second' });
        const again = { status: 204, body: '' };
        assert.equal(await world.storage.answerRequest({ ...where, holder: 'second', answer: again }), false);
        assertSame(await reserve('third', { fingerprint: 'other' }), { outcome: 'answered', answer });
      },
    },
    {
      name: 'the same key in two environments are two keys',
      run: async (world) => {
        const { reserve } = await newRequest(world);
        await reserve('first');
        const environmentId = await storeEnvironment(world);
        assertSame(await reserve('second', { environmentId, fingerprint: 'other' }), { outcome: 'reserved' });
      },
    },
    {
      name: 'retention removes expired keys and leaves living ones',
      run: async (world) => {
        const { where } = await newRequest(world);
        const reserve = (key: string, expiresAt: Date) =>
          world.storage.reserveRequest({
            ...{ ...where, key, fingerprint: 'f', holder: key, expiresAt },
            ...{ now: atDay(1), heldUntil: atDay(2) },
          });
        await reserve('expired', atDay(2));
        await reserve('living', atDay(4));
        const before = atDay(-1);
        const retention = { messagesBefore: before, rollupsBefore: before, now: atDay(3) };
        assert.ok((await world.storage.applyRetention(retention)).idempotencyKeys >= 1);
        const answered = (key: string) => world.storage.answerRequest({ ...where, key, holder: key, answer });
        assert.deepEqual([await answered('expired'), await answered('living')], [false, true]);
      },
    },
  ],
};
