import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { classifyAddress } from './classify-address.js';
import { createEgressPolicy } from './egress-policy.js';

const closed = createEgressPolicy();

describe('classifyAddress', () => {
  it.each([
    // Just inside and just outside the ranges.
    ['8.8.8.8', 'public'],
    ['9.255.255.255', 'public'],
    ['10.0.0.0', 'special'],
    ['10.255.255.255', 'special'],
    ['11.0.0.0', 'public'],
    ['0.255.255.255', 'special'],
    ['1.0.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['100.64.0.0', 'special'],
    ['100.128.0.0', 'public'],
    ['126.255.255.255', 'public'],
    ['127.0.0.0', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['128.0.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'special'],
    ['172.32.0.0', 'public'],
    ['192.0.0.255', 'special'],
    ['192.0.1.0', 'public'],
    ['192.167.255.255', 'public'],
    ['192.168.0.0', 'special'],
    ['192.169.0.0', 'public'],
    ['198.17.255.255', 'public'],
    ['198.19.255.255', 'special'],
    ['198.20.0.0', 'public'],
    ['198.51.100.1', 'special'],
    ['223.255.255.255', 'public'],
    ['224.0.0.1', 'special'],
    ['239.255.255.255', 'special'],
    ['240.0.0.0', 'special'],
    ['255.255.255.255', 'special'],
    // Metadata, however it is wrapped.
    ['169.253.255.255', 'public'],
    ['169.254.0.0', 'metadata'],
    ['169.254.169.254', 'metadata'],
    ['169.254.255.255', 'metadata'],
    ['169.255.0.0', 'public'],
    ['168.63.129.16', 'metadata'],
    ['168.63.129.17', 'public'],
    ['100.100.100.200', 'metadata'],
    ['192.0.0.192', 'metadata'],
    ['fe80::1', 'metadata'],
    ['febf:ffff::1', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['fd20:ce::254', 'metadata'],
    ['::ffff:169.254.169.254', 'metadata'],
    ['::ffff:a9fe:a9fe', 'metadata'],
    ['::169.254.169.254', 'metadata'],
    ['::ffff:0:169.254.169.254', 'metadata'],
    ['64:ff9b::169.254.169.254', 'metadata'],
    ['64:ff9b:1::a9fe:a9fe', 'metadata'],
    ['2002:a9fe:a9fe::1', 'metadata'],
    ['2001:0:a9fe:a9fe::1', 'metadata'],
    ['2001:0:808:808::5601:5601', 'metadata'],
    ['2606:4700::5efe:a9fe:a9fe', 'metadata'],
    ['2606:4700::200:5efe:169.254.169.254', 'metadata'],
    // IPv6.
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::FFFF:7F00:1', 'loopback'],
    ['::ffff:8.8.8.8', 'public'],
    ['::ffff:10.0.0.1', 'special'],
    ['::', 'special'],
    ['::8.8.8.8', 'special'],
    ['::ffff:0:8.8.8.8', 'special'],
    ['64:ff9b::8.8.8.8', 'nat64'],
    ['64:ff9b::127.0.0.1', 'nat64'],
    ['64:ff9b::1:0:0', 'special'],
    ['64:ff9b:1::808:808', 'special'],
    ['100::1', 'special'],
    ['1fff:ffff::1', 'special'],
    ['2001:0:808:808::1', 'special'],
    ['2001:1ff:ffff::1', 'special'],
    ['2001:200::1', 'public'],
    ['2001:4860:4860::8888', 'public'],
    ['2001:db8::1', 'special'],
    ['2001:db9::1', 'public'],
    ['2002:808:808::1', 'special'],
    ['2003::1', 'public'],
    ['2606:4700:4700::1111', 'public'],
    ['2606:4700::5efe:8.8.8.8', 'special'],
    ['2620:4f:8000::1', 'special'],
    ['3fff::1', 'special'],
    ['3fff:1000::1', 'public'],
    ['4000::1', 'special'],
    ['5f00::1', 'special'],
    ['fc00::1', 'special'],
    ['fdff::1', 'special'],
    ['fec0::1', 'special'],
    ['ff02::1', 'special'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'special'],
    // Not addresses.
    ['fe80::1%eth0', 'invalid'],
    ['2606:4700::1%0', 'invalid'],
    ['[::1]', 'invalid'],
    ['127.1', 'invalid'],
    ['2130706433', 'invalid'],
    ['0177.0.0.1', 'invalid'],
    ['127.0.0.1.', 'invalid'],
    [' 8.8.8.8', 'invalid'],
    ['8.8.8.8/32', 'invalid'],
    ['example.com', 'invalid'],
    ['', 'invalid'],
  ])('calls %s %s', (address, kind) => {
    expect(classifyAddress(address)).toBe(kind);
  });

  it('is never more permissive than the unicast range of ipaddr.js', { timeout: 30_000 }, () => {
    const isUnicast = (address: string): boolean => {
      const parsed = ipaddr.process(address);
      return parsed.range() === 'unicast';
    };
    const ipv4 = fc.integer({ min: 0, max: 0xffff_ffff }).map((bits) => {
      return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
    });
    // Uniform words would hardly ever hit a special range, so the first ones are drawn near them half of the time.
    const word = fc.oneof(
      fc.nat(0xffff),
      fc.constantFrom(0, 0x64, 0xff9b, 0x2001, 0x2002, 0xdb8, 0x3fff, 0xffff, 0x2620),
    );
    const ipv6 = fc.array(word, { minLength: 8, maxLength: 8 }).map((words) => {
      return words.map((value) => value.toString(16)).join(':');
    });
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (address) => {
        expect(!closed.allowsAddress(address) || isUnicast(address)).toBe(true);
      }),
      { numRuns: 100_000 },
    );
  });
});

describe('createEgressPolicy', () => {
  it('allows only public addresses by default', () => {
    expect(closed.allowsAddress('8.8.8.8')).toBe(true);
    expect(closed.allowsAddress('::ffff:8.8.8.8')).toBe(true);
    const others = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '64:ff9b::8.8.8.8', 'fd12::1', 'example.com', ''];
    expect(others.filter((address) => closed.allowsAddress(address))).toEqual([]);
  });

  it('opens the given ranges and nothing beside them', () => {
    const policy = createEgressPolicy({ allowCidrs: ['10.20.0.0/16', 'fd12::/48', '192.168.7.7/32'] });
    const opened = ['10.20.0.1', '::ffff:10.20.0.1', 'fd12::1', '192.168.7.7', '8.8.8.8'];
    const shut = ['10.21.0.1', '::ffff:10.21.0.1', 'fd12:0:1::1', '192.168.7.8', '127.0.0.1', '::10.20.0.1'];
    expect(opened.filter((address) => !policy.allowsAddress(address))).toEqual([]);
    expect(shut.filter((address) => policy.allowsAddress(address))).toEqual([]);
  });

  const metadata = [
    '169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '168.63.129.16',
    'fe80::1',
    'fd00:ec2::254',
  ];

  it('keeps metadata addresses shut within opened ranges, however wide, until the second flag is set', () => {
    const allowCidrs = ['0.0.0.0/0', '::/0'];
    const wide = createEgressPolicy({ allowCidrs, allowNat64: true });
    expect(metadata.filter((address) => wide.allowsAddress(address))).toEqual([]);
    const wider = createEgressPolicy({ allowCidrs, allowMetadata: true });
    expect(metadata.filter((address) => !wider.allowsAddress(address))).toEqual([]);
  });

  it('opens no metadata address by the flag alone', () => {
    const policy = createEgressPolicy({ allowCidrs: ['10.0.0.0/8'], allowMetadata: true, allowNat64: true });
    expect(metadata.filter((address) => policy.allowsAddress(address))).toEqual([]);
  });

  it('judges NAT64 by the address in it when allowed', () => {
    const policy = createEgressPolicy({ allowCidrs: ['10.20.0.0/16'], allowNat64: true });
    expect(policy.allowsAddress('64:ff9b::8.8.8.8')).toBe(true);
    expect(policy.allowsAddress('64:ff9b::10.20.0.1')).toBe(true);
    expect(policy.allowsAddress('64:ff9b::10.21.0.1')).toBe(false);
    expect(policy.allowsAddress('64:ff9b::127.0.0.1')).toBe(false);
    expect(policy.allowsAddress('64:ff9b:1::808:808')).toBe(false);
  });

  it.each([
    '',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0/8',
    'fd12::/129',
    'fe80::%1/10',
    'host/8',
    '/8',
  ])('refuses %j as a range', (cidr) => {
    const create = () => createEgressPolicy({ allowCidrs: ['10.0.0.0/8', cidr] });
    expect(create).toThrow(expect.objectContaining({ code: 'EGRESS_POLICY_INVALID' }));
  });
});
