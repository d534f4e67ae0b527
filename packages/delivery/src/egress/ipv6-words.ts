import { isIPv6 } from 'node:net';

/** The eight 16-bit words of an IPv6 address. */
export type Ipv6Words = readonly [number, number, number, number, number, number, number, number];

/** Reads any spelling of an IPv6 address; `undefined` for anything else, and for addresses with a zone (`fe80::1%eth0`). */
export function parseIpv6(text: string): Ipv6Words | undefined {
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = text.split('::');
  const left = toWords(head);
  const right = toWords(tail ?? '');
  const gap = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return [...left, ...gap, ...right] as unknown as Ipv6Words;
}

/** Two words as a dotted IPv4 address. */
export function toIpv4(high: number, low: number): string {
  return `${high >>> 8}.${high & 0xff}.${low >>> 8}.${low & 0xff}`;
}

function toWords(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((word) => {
    if (!word.includes('.')) return [Number.parseInt(word, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = word.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
