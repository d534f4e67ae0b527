import type { LookupAddress } from 'node:dns';
import { isIPv6, type LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createEgressPolicy } from './egress-policy.js';
import { createGuardedLookup } from './guarded-lookup.js';
import type { Resolver } from './resolver.js';

/** Answers of successive lookups; the last one is repeated. */
function answering(...answers: string[][]): Resolver {
  const queue = [...answers];
  return async () => {
    const addresses = (queue.length > 1 ? queue.shift() : queue[0]) ?? [];
    return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  };
}

type Answer = { error?: string; address?: string | LookupAddress[]; family?: number | undefined };
type LookupOptions = Parameters<LookupFunction>[1];

function ask(lookup: LookupFunction, hostname: string, options: LookupOptions = { all: true }): Promise<Answer> {
  return new Promise((resolve) => {
    lookup(hostname, options, (error, address, family) => {
      resolve(error === null ? { address, family } : { error: error.code ?? '' });
    });
  });
}

const policy = createEgressPolicy();
const PUBLIC = '93.184.216.34';
const blocked = { error: 'EGRESS_ADDRESS_BLOCKED' };
const unresolved = { error: 'EGRESS_NAME_UNRESOLVED' };

describe('createGuardedLookup', () => {
  it.each([
    ['D1 a wildcard name of loopback', '127.0.0.1.nip.io', ['127.0.0.1'], blocked],
    ['D2 a wildcard name of metadata', '169.254.169.254.nip.io', ['169.254.169.254'], blocked],
    ['D4 one bad answer after a good one', 'mixed.example.com', [PUBLIC, '10.0.0.5'], blocked],
    ['one bad answer before a good one', 'mixed.example.com', ['10.0.0.5', PUBLIC], blocked],
    ['a bad IPv6 answer beside a good IPv4 one', 'mixed.example.com', [PUBLIC, 'fe80::1'], blocked],
    ['a mapped answer', 'mapped.example.com', ['::ffff:127.0.0.1'], blocked],
    ['an answer that is no address', 'odd.example.com', ['127.1'], blocked],
    ['D8 no answer', 'empty.example.com', [], unresolved],
    ['D10 a good answer', 'good.example.com', [PUBLIC], { address: [{ address: PUBLIC, family: 4 }] }],
  ])('%s', async (_case, hostname, addresses, expected) => {
    expect(await ask(createGuardedLookup(policy, answering(addresses)), hostname)).toEqual(expected);
  });

  it('D6 judges every lookup anew', async () => {
    const lookup = createGuardedLookup(policy, answering([PUBLIC], ['169.254.169.254']));
    expect(await ask(lookup, 'rebind.example.com')).toEqual({ address: [{ address: PUBLIC, family: 4 }] });
    expect(await ask(lookup, 'rebind.example.com')).toEqual(blocked);
  });

  it('answers with one address when not asked for all', async () => {
    const lookup = createGuardedLookup(policy, answering(['2606:4700::1', PUBLIC]));
    expect(await ask(lookup, 'a.example.com', {})).toEqual({ address: '2606:4700::1', family: 6 });
    expect(await ask(lookup, 'a.example.com', { all: false, family: 4 })).toEqual({ address: PUBLIC, family: 4 });
    expect(await ask(lookup, 'a.example.com', { all: false, family: 'IPv4' })).toEqual({ address: PUBLIC, family: 4 });
  });

  it('judges addresses of a family that was not asked for, too', async () => {
    const lookup = createGuardedLookup(policy, answering([PUBLIC, '::1']));
    expect(await ask(lookup, 'a.example.com', { all: true, family: 4 })).toEqual(blocked);
  });

  it('has no address when none is of the family asked for', async () => {
    const lookup = createGuardedLookup(policy, answering([PUBLIC]));
    expect(await ask(lookup, 'a.example.com', { all: true, family: 6 })).toEqual(unresolved);
  });

  it('turns errors of the resolver into one of its own', async () => {
    const lookup = createGuardedLookup(policy, () => Promise.reject(new Error('SERVFAIL')));
    expect(await ask(lookup, 'a.example.com')).toEqual(unresolved);
  });

  it('asks for a name without the dot of the root', async () => {
    const asked: string[] = [];
    const resolve: Resolver = async (hostname) => {
      asked.push(hostname);
      return [];
    };
    await ask(createGuardedLookup(policy, resolve), 'example.com.');
    expect(asked).toEqual(['example.com']);
  });
});
