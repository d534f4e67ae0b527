import { isPostriderError } from '@postrider/core';
import type { ChangeMessage } from './change-message.js';
import type { EntryStore, Look } from './entry-store.js';
import type { NearTier, NearValue } from './near-tier.js';
import { fromText } from './value-text.js';

export interface TwoTiersParams {
  readonly entries: EntryStore;
  readonly near: NearTier;
  /** Names this instance among all that share the prefix. */
  readonly instanceId: string;
}

/** What a change is about. */
export type Change = Pick<ChangeMessage, 'kind' | 'name'>;

/** What a caller may be given, and what a load has to know to store what it brings. */
export interface Finding {
  readonly found: NearValue | undefined;
  readonly look: Look;
}

const nothingSeen = { stamp: '', generation: '', lastPattern: '' };

/** The look of who has not looked into Redis: what a load brings then is not stored. */
export const noLook: Look = {
  isUsable: false,
  text: undefined,
  freshMs: 0,
  tags: [],
  witness: nothingSeen,
  held: '[]',
};

/**
 * The memory of the process in front of Redis. A change takes what it concerns out of both, here and in the other
 * instances. One that Redis did not take makes this instance clear the cache before it reads from it again, so that it
 * never serves what it was told to forget.
 */
export class TwoTiers {
  readonly #params: TwoTiersParams;
  #mustClear = false;

  constructor(params: TwoTiersParams) {
    this.#params = params;
  }

  /** Forgets what another instance has changed. */
  hear(message: ChangeMessage | undefined): void {
    if (message === undefined || message.from === this.#params.instanceId) return;
    void this.#params.near.forget(message);
  }

  /** Tells Redis and the others; before and after it nothing of what it concerns is kept in memory. */
  async change<Result>(change: Change, write: (message: string) => Promise<Result>): Promise<Result> {
    const { near } = this.#params;
    await near.forget(change);
    try {
      return await write(this.#toMessage(change));
    } catch (error) {
      this.#mustClear = true;
      throw error;
    } finally {
      await near.forget(change);
    }
  }

  /** Looks into memory, then into Redis; `noLook` when that is away. `tags` are held for a load to come. */
  async find(key: string, tags?: readonly string[]): Promise<Finding> {
    const { near } = this.#params;
    const kept = await near.get(key);
    if (kept !== undefined) return { found: kept, look: noLook };
    const { epoch } = near;
    const look = await this.#lookOrNothing(key, tags);
    const value = look.isUsable ? fromText(look.text) : undefined;
    // A value that somebody else has damaged.
    if (look.isUsable && value === undefined) return { found: undefined, look: { ...look, isUsable: false } };
    if (!look.isUsable || look.freshMs <= 0 || value === undefined) return { found: undefined, look };
    await near.keep(key, { found: value, freshMs: look.freshMs, tags: look.tags, epoch });
    return { found: value, look };
  }

  async #lookOrNothing(key: string, tags: readonly string[] | undefined): Promise<Look> {
    const { entries } = this.#params;
    try {
      if (this.#mustClear) {
        await entries.clear(this.#toMessage({ kind: 'clear', name: '' }));
        this.#mustClear = false;
      }
      return await entries.look(key, tags);
    } catch (error) {
      if (isPostriderError(error, 'CACHE_UNAVAILABLE')) return noLook;
      throw error;
    }
  }

  #toMessage(change: Change): string {
    return JSON.stringify({ from: this.#params.instanceId, ...change } satisfies ChangeMessage);
  }
}
