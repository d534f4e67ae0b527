import type { SharedLoad } from '@postrider/cache';

/** One `getOrSet` that others with the same key wait for: a look, and a load when there is nothing. */
export interface Flight {
  readonly shared: SharedLoad;
  readonly tags: readonly string[];
  /** Still on the board it was filed on; what it brings may be stored. */
  isCurrent: boolean;
  /** Callers that are not counted yet, because the look is under way. */
  uncounted: number;
  found: 'fresh' | 'stale' | 'nothing' | undefined;
}

/** The current flights, at most one of a key. */
export class FlightBoard {
  readonly #flights = new Map<string, Flight>();

  get(key: string): Flight | undefined {
    return this.#flights.get(key);
  }

  /** Files a flight; one of the same key before it may store nothing any more. */
  file(key: string, flight: Flight): void {
    const earlier = this.#flights.get(key);
    if (earlier !== undefined) earlier.isCurrent = false;
    this.#flights.set(key, flight);
  }

  /** The flight is over. */
  remove(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }

  /** Takes out what an invalidation concerns: nobody joins it any more, and it may store nothing. */
  abandon(concerns: (flight: Flight, key: string) => boolean): void {
    for (const [key, flight] of this.#flights) {
      if (!concerns(flight, key)) continue;
      flight.isCurrent = false;
      this.#flights.delete(key);
    }
  }
}
