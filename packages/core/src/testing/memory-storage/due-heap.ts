import { compareText } from './paginate.js';

/** A row's place in a `DueHeap`. */
export interface DueEntry<T> {
  readonly dueMs: number;
  /** Decides between entries due at the same instant. */
  readonly id: string;
  readonly item: T;
}

/** A binary heap of what is due when: the earliest on top. */
export class DueHeap<T> {
  readonly #entries: DueEntry<T>[] = [];

  peek(): DueEntry<T> | undefined {
    return this.#entries[0];
  }

  push(entry: DueEntry<T>): void {
    const entries = this.#entries;
    let index = entries.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isEarlier(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  pop(): DueEntry<T> | undefined {
    const entries = this.#entries;
    const top = entries[0];
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return top;
    entries[0] = last;
    this.#sink();
    return top;
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let earliest = index;
      if (left < this.#entries.length && this.#isEarlier(left, earliest)) earliest = left;
      if (right < this.#entries.length && this.#isEarlier(right, earliest)) earliest = right;
      if (earliest === index) return;
      this.#swap(index, earliest);
      index = earliest;
    }
  }

  #isEarlier(a: number, b: number): boolean {
    const [first, second] = [this.#entries[a], this.#entries[b]];
    if (first === undefined || second === undefined) return false;
    if (first.dueMs !== second.dueMs) return first.dueMs < second.dueMs;
    return compareText(first.id, second.id) < 0;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#entries[a], this.#entries[b]];
    if (first === undefined || second === undefined) return;
    this.#entries[a] = second;
    this.#entries[b] = first;
  }
}
