import { createKeyMatcher } from '@postrider/cache';
import type { KeySpace } from './key-space.js';
import { maxPatterns } from './lua.js';
import type { RedisConnection } from './redis-connection.js';

/** What was there at the time of a look, so that a change since then is noticed. */
export interface Witness {
  readonly stamp: string;
  readonly generation: string;
  readonly lastPattern: string;
}

/** What a look found, and what a load must hand back to be stored. */
export interface Look {
  readonly isUsable: boolean;
  /** The value as JSON; `undefined` when it is known that there is none. */
  readonly text: string | undefined;
  /** For how long it is fresh yet; not more than 0 when it is stale. */
  readonly freshMs: number;
  readonly tags: readonly string[];
  readonly witness: Witness;
  /** The held tags with their generations, as JSON. */
  readonly held: string;
}

/** What a load brought: a value as JSON, that there is none (for a while), or that there is none (not to be kept). */
export interface Landing {
  readonly kind: 'value' | 'absent' | 'none';
  readonly text: string;
  readonly ttlMs: number;
  readonly totalMs: number;
}

export interface EntryStoreParams {
  readonly connection: RedisConnection;
  readonly keySpace: KeySpace;
  /** A text never used before, by anybody. */
  readonly nextStamp: () => string;
  readonly longestLoadMs: number;
}

/** Each time patterns came in between. */
const maxLandings = 3;

/** The scripts, with their arguments and replies in the terms of a cache. Replies that make no sense are misses. */
export class EntryStore {
  readonly #params: EntryStoreParams;

  constructor(params: EntryStoreParams) {
    this.#params = params;
  }

  /** `tags` are held when there is nothing fresh, for a load to come. */
  async look(key: string, tags?: readonly string[]): Promise<Look> {
    const { keySpace, longestLoadMs } = this.#params;
    const hold = tags === undefined ? '' : JSON.stringify(tags);
    const args = [keySpace.tagPrefix, this.#params.nextStamp(), hold, String(longestLoadMs)];
    const reply = await this.#params.connection.call((client) => client.lookup(keySpace.keysOf(key), args));
    const [stamp, usable, value, freshMs, ofEntry, generation, lastPattern, held] = reply as (string | null)[];
    return {
      isUsable: usable === '1',
      text: value ?? undefined,
      freshMs: Number(freshMs),
      tags: namesOf(ofEntry),
      witness: { stamp: stamp ?? '', generation: generation ?? '', lastPattern: lastPattern ?? '' },
      held: held ?? '[]',
    };
  }

  async set(
    key: string,
    entry: { text: string; ttlMs: number; tags: readonly string[]; message: string },
  ): Promise<void> {
    const { connection, keySpace, nextStamp } = this.#params;
    const args = [keySpace.tagPrefix, nextStamp(), JSON.stringify(entry.tags), entry.text, String(entry.ttlMs)];
    await connection.call((client) => client.store(keySpace.keysOf(key), [...args, keySpace.channel, entry.message]));
  }

  /** Whether it was stored: not when something has happened to the key, its tags or the cache since the look. */
  async land(key: string, { held, witness }: Look, { kind, text, ttlMs, totalMs }: Landing): Promise<boolean> {
    const { connection, keySpace, nextStamp } = this.#params;
    let { lastPattern } = witness;
    for (let tries = 0; tries < maxLandings; tries += 1) {
      const args = [keySpace.tagPrefix, nextStamp(), held, kind, text, String(ttlMs), String(totalMs)];
      const seen = [witness.stamp, witness.generation, lastPattern];
      const reply = await connection.call((client) => client.land(keySpace.keysOf(key), [...args, ...seen]));
      if (!Array.isArray(reply)) return reply === 1;
      const patterns = reply as readonly string[];
      if (concern(key, { patterns, lastPattern })) return false;
      lastPattern = patterns.at(-1) ?? '';
    }
    return false;
  }

  /** Whether something usable was there, and whether it was a fresh value. */
  async remove(key: string, message: string): Promise<{ wasUsable: boolean; wasFresh: boolean }> {
    const { connection, keySpace, nextStamp, longestLoadMs } = this.#params;
    const args = [keySpace.tagPrefix, nextStamp(), String(longestLoadMs), keySpace.channel, message];
    const reply = await connection.call((client) => client.remove(keySpace.keysOf(key), args));
    return { wasUsable: reply !== 0, wasFresh: reply === 2 };
  }

  async invalidateTag(tag: string, message: string): Promise<void> {
    await this.#end(this.#params.keySpace.tagPrefix + tag, message);
  }

  async clear(message: string): Promise<void> {
    await this.#end(this.#params.keySpace.generation, message);
  }

  /** Removes the keys that match; and what loads under way bring for them will not be stored. */
  async removeMatching(pattern: string, message: string): Promise<void> {
    const { connection, keySpace, nextStamp, longestLoadMs } = this.#params;
    const args = [`${nextStamp()} ${pattern}`, String(2 * longestLoadMs), keySpace.channel, message];
    await connection.call((client) => client.notePattern([keySpace.patterns], args));
    const matches = createKeyMatcher(pattern);
    const glob = `${keySpace.entryPrefix.replaceAll(/[[\]*?\\]/g, String.raw`\$&`)}*`;
    let cursor = '0';
    do {
      const from = cursor;
      const page = await connection.call((client) => client.scan(from, { MATCH: glob, COUNT: 500 }));
      const keys = page.keys.map((name) => name.slice(keySpace.entryPrefix.length)).filter(matches);
      await Promise.all(keys.map((key) => this.remove(key, message)));
      cursor = page.cursor;
    } while (cursor !== '0');
  }

  async #end(key: string, message: string): Promise<void> {
    const { connection, keySpace } = this.#params;
    await connection.call((client) => client.invalidate([key], [keySpace.channel, message]));
  }
}

/** Whether one of the patterns that came after the last one seen takes the key; also when that is not known any more. */
function concern(key: string, seen: { readonly patterns: readonly string[]; readonly lastPattern: string }): boolean {
  const { patterns, lastPattern } = seen;
  const index = patterns.lastIndexOf(lastPattern);
  if (index === -1 && patterns.length >= maxPatterns) return true;
  return patterns.slice(index + 1).some((noted) => createKeyMatcher(noted.slice(noted.indexOf(' ') + 1))(key));
}

function namesOf(tags: string | null | undefined): readonly string[] {
  try {
    return (JSON.parse(tags ?? '[]') as [string, string][]).map(([tag]) => tag);
  } catch {
    return [];
  }
}
