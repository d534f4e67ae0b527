import assert from 'node:assert/strict';
import { createIdGenerator, type IdGenerator, type IdPrefix } from '../../ids.js';
import type { Storage } from '../../ports/storage.js';
import { FakeClock } from '../fake-clock.js';
import { createSeededRandom } from '../seeded-random.js';
import { baseAt } from './instants.js';
import type { StorageHarness } from './storage-harness.js';

/** What a case works with: the store, ids of its own, and further instances on the same data. */
export class StorageWorld {
  readonly storage: Storage;
  readonly harness: StorageHarness;
  readonly #seed: number;
  readonly #generators = new Map<number, IdGenerator>();
  readonly #others: Storage[] = [];

  constructor(params: { storage: Storage; harness: StorageHarness; seed: number }) {
    this.storage = params.storage;
    this.harness = params.harness;
    this.#seed = params.seed;
  }

  /** A new id made at the instant: adapters may partition by the time in an id. Ids of one instant ascend. */
  id(prefix: IdPrefix, at: Date = baseAt): string {
    let generator = this.#generators.get(at.getTime());
    if (generator === undefined) {
      const random = createSeededRandom(this.#seed * 10_007 + this.#generators.size);
      generator = createIdGenerator({ clock: new FakeClock({ startAt: at }), random });
      this.#generators.set(at.getTime(), generator);
    }
    return generator.next(prefix);
  }

  /** Another instance on the same data, not migrated, closed with the case. */
  async openAnother(): Promise<Storage> {
    const other = await this.harness.openAnother?.(this.storage);
    assert.ok(other, 'The harness needs `openAnother` to prove what the capabilities promise.');
    this.#others.push(other);
    return other;
  }

  async closeOthers(): Promise<void> {
    for (const other of this.#others) await other.close();
  }
}
