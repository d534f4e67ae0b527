import { createHash, createSecretKey, type KeyObject } from 'node:crypto';

export const keyBytes = 32;
const leastDistinctBytes = 8;

/** A key that seals other keys. */
export interface SealingKey {
  /** Eight hexadecimal digits that follow from the key: two keys cannot be confused by a wrong name. */
  readonly id: string;
  readonly key: KeyObject;
}

/** The keys of this process: the first seals, all of them open. */
export interface KeyRing {
  /** Absent when the ring is empty: then nothing is sealed. */
  readonly primary: SealingKey | undefined;
  /** In the order in which they were given. */
  readonly ids: readonly string[];
  get(id: string): SealingKey | undefined;
}

/**
 * The bytes of a key as people write it: 32 bytes in base64 (either alphabet) or in 64 hexadecimal digits. `undefined`
 * for anything else, and for keys that nobody drew at random.
 */
export function parseSealingKey(text: string): Buffer | undefined {
  const bytes = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : /^[A-Za-z0-9+/_-]{43}=?$/.test(text)
      ? Buffer.from(text, 'base64')
      : Buffer.alloc(0);
  return bytes.length === keyBytes && new Set(bytes).size >= leastDistinctBytes ? bytes : undefined;
}

/** The keys in a text, separated by commas or white space; `undefined` when one of them is none. */
export function parseSealingKeys(text: string): readonly Buffer[] | undefined {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  const keys = parts.map(parseSealingKey);
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

/** The id of a key. */
export function sealingKeyId(bytes: Uint8Array): string {
  return createHash('sha256').update('postrider:sealing-key\n').update(bytes).digest('hex').slice(0, 8);
}

/** A ring of keys; the first one seals. A key that is given twice counts once. */
export function createKeyRing(keys: readonly Uint8Array[]): KeyRing {
  const byId = new Map(
    keys.map((bytes): [string, SealingKey] => {
      const id = sealingKeyId(bytes);
      return [id, { id, key: createSecretKey(bytes) }];
    }),
  );
  const ids = [...byId.keys()];
  return { primary: byId.get(ids[0] ?? ''), ids, get: (id) => byId.get(id) };
}
