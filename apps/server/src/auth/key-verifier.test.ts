import { describe, expect, it } from 'vitest';
import { silentLogger, systemRandom, type ApiKey } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
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
  const verifier = new KeyVerifier({ keys, clock, logger: silentLogger });
  return { clock, text, key, reads, touches, verifier, store: (next: ApiKey | undefined) => void (stored = next) };
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
});
