import { isIPv4 } from 'node:net';
import { parseIpv6, toIpv4, type Ipv6Words } from './ipv6-words.js';
import { loopback, metadata, specialIpv4, specialIpv6 } from './special-addresses.js';

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

/** An address as the guard sees it. */
export interface AddressFacts {
  readonly kind: AddressKind;
  /** The IPv4 address that is meant: the address itself, or the one in a mapped (`::ffff:0:0/96`) or NAT64 address. */
  readonly ipv4?: string | undefined;
}

const INVALID: AddressFacts = { kind: 'invalid' };

/** Classifies an IP address as `node:net` spells it. IPv4-mapped IPv6 is judged as the IPv4 address it stands for. */
export function classifyAddress(address: string): AddressKind {
  return examineAddress(address).kind;
}

/** Like `classifyAddress`, with the IPv4 address that is meant. */
export function examineAddress(address: string): AddressFacts {
  if (isIPv4(address)) return { kind: classifyIpv4(address), ipv4: address };
  const words = parseIpv6(address);
  if (words === undefined) return INVALID;
  if (!hasPrefix(words, [0, 0, 0, 0, 0, 0xffff])) return examineIpv6(address, words);
  const ipv4 = toIpv4(words[6], words[7]);
  return { kind: classifyIpv4(ipv4), ipv4 };
}

function classifyIpv4(address: string): AddressKind {
  // One look-up for the common case: whatever the other lists hold is in this one too.
  if (!specialIpv4.check(address)) return 'public';
  if (metadata.check(address)) return 'metadata';
  return loopback.check(address) ? 'loopback' : 'special';
}

function examineIpv6(address: string, words: Ipv6Words): AddressFacts {
  if (embeddedIpv4(words).some((inner) => metadata.check(inner))) return { kind: 'metadata' };
  if (isGlobal(words)) {
    // An ISATAP interface id sends the packet to the IPv4 address in it, whatever the prefix.
    return { kind: isIsatap(words) || specialIpv6.check(address, 'ipv6') ? 'special' : 'public' };
  }
  if (isNat64(words)) return { kind: 'nat64', ipv4: toIpv4(words[6], words[7]) };
  if (metadata.check(address, 'ipv6')) return { kind: 'metadata' };
  return { kind: loopback.check(address, 'ipv6') ? 'loopback' : 'special' };
}

/** `2000::/3`, the only range of IPv6 that global unicast addresses are assigned from. */
function isGlobal(words: Ipv6Words): boolean {
  return words[0] >>> 13 === 1;
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
