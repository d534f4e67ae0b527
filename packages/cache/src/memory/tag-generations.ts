/**
 * What the values that were given a tag since its last invalidation have in common. Values hold the object itself:
 * invalidating a tag is one write, and checking a value is one read per tag, without any lookup.
 */
export interface TagGeneration {
  readonly tag: string;
  isCurrent: boolean;
  /** Values and running loads that hold it. */
  holders: number;
}

const none: readonly TagGeneration[] = [];

/** The current generation of every tag that somebody holds; tags that nobody holds take no memory. */
export class TagGenerations {
  readonly #current = new Map<string, TagGeneration>();

  /** Holds the current generation of each tag until `release`. */
  hold(tags: readonly string[] | undefined): readonly TagGeneration[] {
    if (tags === undefined || tags.length === 0) return none;
    return tags.map((tag) => {
      let generation = this.#current.get(tag);
      if (generation === undefined) {
        generation = { tag, isCurrent: true, holders: 0 };
        this.#current.set(tag, generation);
      }
      generation.holders += 1;
      return generation;
    });
  }

  release(generations: readonly TagGeneration[]): void {
    for (const generation of generations) {
      generation.holders -= 1;
      // An invalidated one has left the map already; its name may belong to a successor.
      if (generation.holders === 0 && generation.isCurrent) this.#current.delete(generation.tag);
    }
  }

  /** Ends the generation: whoever holds it is outdated, whoever comes later gets a new one. */
  invalidate(tag: string): void {
    const generation = this.#current.get(tag);
    if (generation === undefined) return;
    generation.isCurrent = false;
    this.#current.delete(tag);
  }

  /** How many tags are remembered. */
  get size(): number {
    return this.#current.size;
  }
}

/** Whether none of them was invalidated. */
export function areCurrent(generations: readonly TagGeneration[]): boolean {
  for (const { isCurrent } of generations) if (!isCurrent) return false;
  return true;
}
