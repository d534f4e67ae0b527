import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Page, PageRequest, SortOrder } from '@postrider/core';
import { invalidAt } from './api-error.js';
import type { PageParameters } from './schemas/query.js';

const defaultLimit = 50;
const iteratorForm = /^([fb])([0-9a-z]{1,7})\.(.+)$/s;

/** Which list an iterator belongs to. */
export interface ListIdentity {
  /** Everything that decides what is in the list: its path and its filters. */
  readonly parts: readonly unknown[];
  readonly defaultOrder: SortOrder;
}

/** A request for one window of one list. */
export interface ListRequest {
  readonly page: PageRequest;
  /** What was sent, to be given back when the list has nothing further yet. */
  readonly iterator: string | undefined;
  readonly fingerprint: string;
}

/**
 * Reads the parameters of a list. An iterator is opaque to callers: direction, a fingerprint of the list it came from,
 * and the key of the item it stands at. The fingerprint catches mistakes (another list, another filter, another order);
 * it is no protection, and none is needed: whatever the key is, the store only looks within the caller's environment.
 */
export function toListRequest(query: PageParameters, { parts, defaultOrder }: ListIdentity): ListRequest {
  const order = query.order ?? defaultOrder;
  const fingerprint = crc32(JSON.stringify([...parts, order])).toString(36);
  const cursor = query.iterator === undefined ? undefined : decodeIterator(query.iterator, fingerprint);
  return { page: { limit: query.limit ?? defaultLimit, order, cursor }, iterator: query.iterator, fingerprint };
}

function decodeIterator(text: string, fingerprint: string): PageRequest['cursor'] {
  const decoded = Buffer.from(text, 'base64url').toString('utf8');
  const [, direction, found, key] = iteratorForm.exec(decoded) ?? [];
  if (key === undefined || found !== fingerprint || Buffer.from(decoded).toString('base64url') !== text) {
    const message = 'Not an iterator of this list: send one that this list returned, with the same filters and order.';
    throw invalidAt(['query', 'iterator'], message, 'invalid_iterator');
  }
  return { key, direction: direction === 'f' ? 'forward' : 'backward' };
}

function encodeIterator(direction: 'f' | 'b', fingerprint: string, key: string): string {
  return Buffer.from(`${direction}${fingerprint}.${key}`).toString('base64url');
}

/** The window around the items: `iterator` goes on in the list's order, `prevIterator` back. */
export interface ListEnvelope {
  readonly iterator: string | null;
  readonly prevIterator: string | null;
  /** Nothing further in the direction of the request. */
  readonly done: boolean;
}

/** Where to go on from the page. An empty page keeps the iterator it was asked with, so that a caller can poll. */
export function toEnvelope<T>(page: Page<T>, request: ListRequest, keyOf: (item: T) => string): ListEnvelope {
  const { fingerprint } = request;
  const first = page.items[0];
  const last = page.items.at(-1);
  return {
    iterator: last === undefined ? (request.iterator ?? null) : encodeIterator('f', fingerprint, keyOf(last)),
    prevIterator: first === undefined ? null : encodeIterator('b', fingerprint, keyOf(first)),
    done: !page.hasMore,
  };
}

/** The schema of a list's answer. */
export function listOf<Item extends z.ZodType>(item: Item, id: string) {
  return z
    .object({
      data: z.array(item),
      iterator: z.string().nullable(),
      prevIterator: z.string().nullable(),
      done: z.boolean(),
    })
    .meta({ id });
}
