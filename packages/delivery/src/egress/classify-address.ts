import { isIPv4 } from 'node:net';
import { parseIpv6, toIpv4, type Ipv6Words } from './ipv6-words.js';
import { globalIpv6, loopback, metadata, specialIpv4, specialIpv6 } from './special-addresses.js';

/**
 * What an address is, from where we stand.
 *
 * - `public`: ordinary global unicast; the only kind that is open by default.
 * - `loopback`: this machine.
 * - `metadata`: link-local and cloud metadata, in whatever wrapping.
 * - `nat64`: `64:ff9b::/96` around an IPv4 address that is not `metadata`.
 * - `special`: private, reserved, multicast, tunnelled, documentation, or not assigned to anybody.
 * - `invalid`: not an IP address, or one with a zone id.
 */
export type AddressKind = 'public' | 'loopback' | 'metadata' | 'nat64' | 'special' | 'invalid';

/** Classifies an IP address as `node:net` spells it. IPv4-mapped IPv6 is judged as the IPv4 address it stands for. */
export function classifyAddress(address: string): AddressKind {
  if (isIPv4(address)) return classifyIpv4(address);
  const words = parseIpv6(address);
  return words === undefined ? 'invalid' : classifyIpv6(address, words);
}

/** The IPv4 address that an IPv4-mapped IPv6 address (`::ffff:0:0/96`) stands for; other addresses as they are. */
export function unwrapMapped(address: string): string {
  const words = parseIpv6(address);
  return words !== undefined && hasPrefix(words, [0, 0, 0, 0, 0, 0xffff]) ? toIpv4(words[6], words[7]) : address;
}

/** The IPv4 address within a NAT64 address of the well-known prefix `64:ff9b::/96`. */
export function unwrapNat64(address: string): string | undefined {
  const words = parseIpv6(address);
  return words !== undefined && isNat64(words) ? toIpv4(words[6], words[7]) : undefined;
}

function classifyIpv4(address: string): AddressKind {
  if (metadata.check(address)) return 'metadata';
  if (loopback.check(address)) return 'loopback';
  return specialIpv4.check(address) ? 'special' : 'public';
}

function classifyIpv6(address: string, words: Ipv6Words): AddressKind {
  if (hasPrefix(words, [0, 0, 0, 0, 0, 0xffff])) return classifyIpv4(toIpv4(words[6], words[7]));
  if (metadata.check(address, 'ipv6') || embeddedIpv4(words).some((inner) => metadata.check(inner))) return 'metadata';
  if (loopback.check(address, 'ipv6')) return 'loopback';
  if (isNat64(words)) return 'nat64';
  // An ISATAP interface id sends the packet to the IPv4 address in it, whatever the prefix.
  if (isIsatap(words) || !globalIpv6.check(address, 'ipv6')) return 'special';
  return specialIpv6.check(address, 'ipv6') ? 'special' : 'public';
}

/** The IPv4 addresses that a tunnel or translator might send a packet for this address to. */
function embeddedIpv4(words: Ipv6Words): string[] {
  const last = toIpv4(words[6], words[7]);
  if (hasPrefix(words, [0, 0, 0, 0, 0, 0]) || hasPrefix(words, [0, 0, 0, 0, 0xffff, 0])) return [last];
  if (hasPrefix(words, [0x64, 0xff9b]) || isIsatap(words)) return [last];
  if (hasPrefix(words, [0x2002])) return [toIpv4(words[1], words[2])];
  // Teredo: the server as it is, the client with every bit flipped.
  if (hasPrefix(words, [0x2001, 0])) return [toIpv4(words[2], words[3]), toIpv4(words[6] ^ 0xffff, words[7] ^ 0xffff)];
  return [];
}

function isNat64(words: Ipv6Words): boolean {
  return hasPrefix(words, [0x64, 0xff9b, 0, 0, 0, 0]);
}

/** RFC 5214: `…:0000:5efe:a.b.c.d`, the universal bit set or not. */
function isIsatap(words: Ipv6Words): boolean {
  return (words[4] & ~0x0200) === 0 && words[5] === 0x5efe;
}

function hasPrefix(words: Ipv6Words, prefix: readonly number[]): boolean {
  return prefix.every((word, index) => words[index] === word);
}
