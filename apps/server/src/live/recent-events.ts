import type { LiveEvent } from './live-event.js';

const maxKept = 2_000;
/** Replicas hear events in slightly different orders: what came shortly before may be new to who comes from another. */
const overlapMs = 2_000;

interface Kept {
  readonly event: LiveEvent;
  readonly heardAtMs: number;
}

/** The last events of an environment as this process heard of them, each once, for streams that go on after a break. */
export class RecentEvents {
  readonly #byId = new Map<string, Kept>();

  /** `false` for one that is known: hints may come twice. */
  add(event: LiveEvent, heardAtMs: number): boolean {
    if (this.#byId.has(event.id)) return false;
    this.#byId.set(event.id, { event, heardAtMs });
    if (this.#byId.size > maxKept) {
      for (const oldest of this.#byId.keys()) {
        this.#byId.delete(oldest);
        break;
      }
    }
    return true;
  }

  /**
   * What came after the event of this id, and up to 2 s before it, in the order it was heard; `undefined` when the event
   * is not known (any more), so that nobody can say what was missed.
   */
  after(id: string): readonly LiveEvent[] | undefined {
    const last = this.#byId.get(id);
    if (last === undefined) return undefined;
    return [...this.#byId.values()]
      .filter(({ event, heardAtMs }) => event.id !== id && heardAtMs >= last.heardAtMs - overlapMs)
      .map(({ event }) => event);
  }
}
