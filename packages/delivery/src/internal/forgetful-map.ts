/** So many entries are kept in any case. */
const keptAtLeast = 1_024;
/** Entries that are looked at for each that is new: those of old go faster than others come. */
const looksPerAddition = 2;

/**
 * A map of what is known about endpoints, for a process that meets more and more of them: whenever one is new, two others
 * are looked at and forgotten if nothing is lost with them. So what it holds follows what is in use, and no call has to
 * look through all of it.
 */
export class ForgetfulMap<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #isForgettable: (value: Value) => boolean;
  /** Goes round and round through the entries; it meets those that come while it is on its way, too. */
  #hand = this.#entries.entries();

  constructor(params: { readonly isForgettable: (value: Value) => boolean }) {
    this.#isForgettable = params.isForgettable;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: Value): void {
    if (!this.#entries.has(key)) this.#forget();
    this.#entries.set(key, value);
  }

  values(): IterableIterator<Value> {
    return this.#entries.values();
  }

  #forget(): void {
    for (let looks = 0; looks < looksPerAddition && this.#entries.size >= keptAtLeast; looks += 1) {
      const { done, value: entry } = this.#hand.next();
      if (done === true) this.#hand = this.#entries.entries();
      else if (this.#isForgettable(entry[1])) this.#entries.delete(entry[0]);
    }
  }
}
