import { decodeBase62, encodeBase62, encodedLength, isEncoded } from './internal/base62.js';
import { coreError } from './errors.js';
import type { Clock } from './ports/clock.js';
import type { Random } from './ports/random.js';

/** The kinds of identifiers: the text before the 27 base62 characters. */
export const idPrefixes = [
  'app_',
  'ep_',
  'msg_',
  'atmpt_',
  'evtype_',
  'qtask_',
  'env_',
  'dlv_',
  'aud_',
  'integ_',
] as const;

export type IdPrefix = (typeof idPrefixes)[number];

/**
 * Layout of the 20 bytes behind the prefix, that of a KSUID: 4 bytes of seconds since 2014-05-13T16:53:20Z, then 16.
 * Ours spend the first 2 of those 16 on the fraction of the second (in 1/65536), the other 14 on chance. Encoded in
 * base62 (0-9A-Za-z) and padded to 27 characters, so ids sort as text (in byte order) as they sort in time.
 */
const epochSeconds = 1_400_000_000;
const ticksPerSecond = 65_536;
const maxStamp = 2 ** 48 - 1;
const randomBytesPerId = 14;
const bytesPerId = 20;
const idsPerRandomBatch = 256;

/** Ticks of 1/65536 s since the epoch, rounded up, so that an id never claims to be older than it is. */
function stampOf(instantMs: number): number {
  const seconds = Math.floor(instantMs / 1000);
  const fractionMs = instantMs - seconds * 1000;
  const stamp = (seconds - epochSeconds) * ticksPerSecond + Math.ceil((fractionMs * ticksPerSecond) / 1000);
  return Math.min(Math.max(stamp, 0), maxStamp);
}

function writeStamp(bytes: Uint8Array, stamp: number): void {
  const high = Math.floor(stamp / 2 ** 24);
  const low = stamp % 2 ** 24;
  bytes[0] = high >>> 16;
  bytes[1] = high >>> 8;
  bytes[2] = high;
  bytes[3] = low >>> 16;
  bytes[4] = low >>> 8;
  bytes[5] = low;
}

function instantOf(bytes: Uint8Array): Date {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const fractionMs = Math.floor((view.getUint16(4) * 1000) / ticksPerSecond);
  return new Date((view.getUint32(0) + epochSeconds) * 1000 + fractionMs);
}

export interface IdGenerator {
  /** A new identifier, greater (in byte order) than every earlier one of this generator with the same prefix. */
  next(prefix: IdPrefix): string;
}

/**
 * Ids of one generator strictly increase even when the clock stands still or goes back: the stamp then moves on by
 * one tick (15 µs) instead, so more than 65 536 ids a second run ahead of the clock for as long as the burst lasts.
 */
export function createIdGenerator({ clock, random }: { readonly clock: Clock; readonly random: Random }): IdGenerator {
  const bytes = new Uint8Array(bytesPerId);
  let lastStamp = -1;
  let pool = new Uint8Array(0);
  let used = 0;
  return {
    next: (prefix) => {
      if (used === pool.length) {
        pool = new Uint8Array(random.bytes(randomBytesPerId * idsPerRandomBatch));
        used = 0;
      }
      lastStamp = Math.max(stampOf(clock.nowMs()), lastStamp + 1);
      writeStamp(bytes, lastStamp);
      for (let index = 6; index < bytesPerId; index += 1) bytes[index] = pool[used++] as number;
      return prefix + encodeBase62(bytes);
    },
  };
}

export interface ParsedId {
  readonly prefix: IdPrefix;
  /** When it was made, to the millisecond. */
  readonly at: Date;
}

/** The parts of an identifier, or `undefined` when the text is none. */
export function parseId(text: string): ParsedId | undefined {
  const prefix = idPrefixes.find((candidate) => text.startsWith(candidate));
  if (prefix === undefined || !isId(text, prefix)) return undefined;
  return { prefix, at: instantOf(decodeBase62(text.slice(prefix.length))) };
}

/** Whether the value is a well-formed identifier of this kind. Says nothing about whether the thing exists. */
export function isId(value: unknown, prefix: IdPrefix): value is string {
  return (
    typeof value === 'string' &&
    value.length === prefix.length + encodedLength &&
    value.startsWith(prefix) &&
    isEncoded(value.slice(prefix.length))
  );
}

/** When the identifier was made, to the millisecond. Throws `ID_INVALID` when the text is no identifier. */
export function idTime(id: string): Date {
  const parsed = parseId(id);
  if (parsed === undefined) {
    throw coreError(
      'ID_INVALID',
      `"${id.slice(0, 64)}" is not an identifier: expected one of ${idPrefixes.join(', ')} and ${encodedLength} base62 characters.`,
    );
  }
  return parsed.at;
}

/**
 * The smallest identifier that a generator can make at the instant: ids made then or later (by a clock that agrees)
 * are not smaller, earlier ones are, save for bursts that ran ahead of the clock. For range queries and partition
 * bounds. Instants outside 2014-2150 give the first or the last identifier of that range.
 */
export function lowestIdAt({ prefix, at }: { readonly prefix: IdPrefix; readonly at: Date }): string {
  const bytes = new Uint8Array(bytesPerId);
  writeStamp(bytes, stampOf(at.getTime()));
  return prefix + encodeBase62(bytes);
}
