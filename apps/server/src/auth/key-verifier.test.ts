import { describe, expect, it } from 'vitest';
import { createHintHub, silentLogger, systemRandom, type ApiKey } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { keyTag, portalTokensTag } from '../caches/cache-names.js';
import { generateApiKey, parseApiKey } from './api-key-format.js';
import { KeyVerifier } from './key-verifier.js';

function setUp() {
  const clock = new FakeClock();
  const text = generateApiKey(systemRandom);
  const parsed = parseApiKey(text);
  if (parsed === undefined) throw new Error('A generated key must be readable.');
  const key: ApiKey = { ...parsed, environmentId: 'env_1', name: 'test', scopes: ['*'], createdAt: clock.now() };
  const reads: string[] = [];
  const touches: Date[] = [];
  let stored: ApiKey | undefined = key;
  const keys = {
    getKey: ({ keyId }: { keyId: string }) => {
      reads.push(keyId);
      return Promise.resolve(keyId === key.id ? stored : undefined);
    },
    touchKey: ({ lastUsedAt }: { lastUsedAt: Date }) => {
      touches.push(lastUsedAt);
      stored = stored && { ...stored, lastUsedAt };
      return Promise.resolve();
    },
  };
  const hub = createHintHub({ clock, logger: silentLogger });
  const { invalidations } = hub;
  const verifier = new KeyVerifier({ keys, clock, logger: silentLogger, invalidations });
  return {
    clock,
    text,
    key,
    reads,
    touches,
    verifier,
    hub,
    invalidations,
    store: (next: ApiKey | undefined) => void (stored = next),
  };
}

describe('KeyVerifier', () => {
  it('asks the store once in 5 s', async () => {
    const { clock, text, reads, verifier } = setUp();
    for (let n = 0; n < 5; n += 1) await verifier.verify(text);
    expect(reads).toHaveLength(1);
    await clock.advance(5_001);
    expect(await verifier.verify(text)).toEqual({ keyId: text.slice(3, 15), environmentId: 'env_1', scopes: ['*'] });
    expect(reads).toHaveLength(2);
  });

  it('does not ask the store about what cannot be a key', async () => {
    const { text, reads, verifier } = setUp();
    for (const bad of [
      '',
      'x',
      `${text}x`,
      text.slice(0, -1),
      `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`,
    ]) {
      expect(await verifier.verify(bad)).toBeUndefined();
    }
    expect(reads).toEqual([]);
  });

  it('refuses another secret under a known id', async () => {
    const { key, verifier } = setUp();
    expect(await verifier.verify(generateApiKey(systemRandom, key.id))).toBeUndefined();
  });

  it('refuses a revoked and an expired key, and remembers neither', async () => {
    const { clock, text, key, reads, verifier, store } = setUp();
    store({ ...key, revokedAt: clock.now() });
    expect(await verifier.verify(text)).toBeUndefined();
    store({ ...key, expiresAt: clock.now() });
    expect(await verifier.verify(text)).toBeUndefined();
    store({ ...key, expiresAt: new Date(clock.nowMs() + 1_000) });
    expect(await verifier.verify(text)).toBeDefined();
    expect(reads).toHaveLength(3);
    await clock.advance(1_000);
    expect(await verifier.verify(text)).toBeUndefined();
  });

  it('notes the use of a key at most once a minute', async () => {
    const { clock, text, touches, verifier } = setUp();
    for (let n = 0; n < 13; n += 1) {
      await verifier.verify(text);
      await clock.advance(5_001);
    }
    expect(touches).toHaveLength(2);
  });

  it.each([
    ['the key', (id: string) => ({ tags: [keyTag(id)] })],
    ['the portal tokens of its application', () => ({ tags: ['app:app_1', portalTokensTag('app_1')] })],
  ])('reads anew what it hears to have changed: %s', async (_, change) => {
    const { text, key, reads, verifier, invalidations, store } = setUp();
    store({ ...key, applicationId: 'app_1' });
    await verifier.verify(text);
    for (const tag of [keyTag('other'), portalTokensTag('app_2'), 'app:app_1']) invalidations.publish({ tags: [tag] });
    await verifier.verify(text);
    expect(reads).toHaveLength(1);
    store(undefined);
    invalidations.publish(change(key.id));
    expect(await verifier.verify(text)).toBeUndefined();
  });

  it('keeps nothing that was read while it changed', async () => {
    const { text, key, reads, verifier, invalidations } = setUp();
    const reading = verifier.verify(text);
    invalidations.publish({ tags: [keyTag(key.id)] });
    await reading;
    await verifier.verify(text);
    expect(reads).toHaveLength(2);
  });

  it('distrusts everything when hints may have been lost', async () => {
    const { text, reads, verifier, hub } = setUp();
    await verifier.verify(text);
    let connected = (): void => undefined;
    hub.attach({
      name: 'test',
      isConnected: true,
      send: () => undefined,
      subscribe: (listener) => {
        connected = listener.connected;
        return () => undefined;
      },
    });
    connected();
    await verifier.verify(text);
    expect(reads).toHaveLength(2);
  });

  it('counts what it did', async () => {
    const { clock, text, verifier } = setUp();
    for (let n = 0; n < 3; n += 1) await verifier.verify(text);
    await verifier.verify(generateApiKey(systemRandom));
    expect(verifier.stats).toEqual({
      hits: 2,
      misses: 2,
      evictions: 0,
      expirations: 0,
      entries: 1,
      maxEntries: 10_000,
    });
    await clock.advance(5_001);
    await verifier.verify(text);
    expect(verifier.stats).toMatchObject({ hits: 2, misses: 3, expirations: 1, entries: 1 });
  });
});
