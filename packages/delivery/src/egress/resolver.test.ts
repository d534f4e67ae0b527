import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { createCachingResolver, systemResolver, type ResolvedAddress, type Resolver } from './resolver.js';

const answer: ResolvedAddress[] = [{ address: '93.184.216.34', family: 4 }];

function counting(resolve: Resolver) {
  const asked: string[] = [];
  const counted: Resolver = (hostname) => {
    asked.push(hostname);
    return resolve(hostname);
  };
  return { asked, resolve: counted };
}

describe('createCachingResolver', () => {
  it('asks once for many, and again when the answer is 30 s old', async () => {
    const clock = new FakeClock();
    const { asked, resolve } = counting(async () => answer);
    const cached = createCachingResolver({ resolve, clock });
    expect(await Promise.all([cached('a.example'), cached('a.example')])).toEqual([answer, answer]);
    await clock.advance(29_999);
    await cached('a.example');
    expect(asked).toHaveLength(1);
    await clock.advance(2);
    await cached('a.example');
    expect(asked).toHaveLength(2);
  });

  it.each<[string, Resolver]>([
    ['an error', () => Promise.reject(new Error('NXDOMAIN'))],
    ['no address', async () => []],
  ])('believes %s for 5 s', async (_what, resolve) => {
    const clock = new FakeClock();
    const counted = counting(resolve);
    const cached = createCachingResolver({ resolve: counted.resolve, clock });
    const ask = () => cached('a.example').catch(() => []);
    expect(await ask()).toEqual([]);
    await clock.advance(4_999);
    expect(await ask()).toEqual([]);
    expect(counted.asked).toHaveLength(1);
    await clock.advance(2);
    await ask();
    expect(counted.asked).toHaveLength(2);
  });

  it('keeps names apart and forgets the least recently used', async () => {
    const { asked, resolve } = counting(async () => answer);
    const cached = createCachingResolver({ resolve, clock: new FakeClock(), maxNames: 2 });
    for (const hostname of ['a', 'b', 'a', 'c', 'a', 'b']) await cached(hostname);
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });
});

describe('systemResolver', () => {
  it('knows this machine', async () => {
    const addresses = await systemResolver('localhost');
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter(({ address }) => address !== '127.0.0.1' && address !== '::1')).toEqual([]);
  });

  it('rejects a name that does not exist', async () => {
    await expect(systemResolver('no-such-host.invalid')).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
  });
});
