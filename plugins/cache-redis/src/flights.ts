import { SharedLoad, type CacheLoadOptions, type CacheReporter } from '@postrider/cache';
import type { Clock } from '@postrider/core';
import type { RedisCacheConfig } from './config.js';
import type { EntryStore, Landing, Look } from './entry-store.js';
import { FlightBoard, type Flight } from './flight.js';
import { parseLoadTimes, toLanding, type LoadTimes } from './load-times.js';
import type { NearTier } from './near-tier.js';
import { noLook, type TwoTiers } from './two-tiers.js';
import { fromText } from './value-text.js';

export interface FlightsParams {
  readonly config: RedisCacheConfig;
  readonly clock: Clock;
  readonly entries: EntryStore;
  readonly near: NearTier;
  readonly tiers: TwoTiers;
  readonly reporter: CacheReporter;
}

/** What a load works on. */
interface LoadParams<Value> {
  readonly key: string;
  readonly options: CacheLoadOptions<Value>;
  readonly times: LoadTimes;
  readonly look: Look;
  readonly flight: Flight;
  readonly signal: AbortSignal;
}

/**
 * The loads of a cache. Within the process a key has at most one current flight, and an invalidation takes out those it
 * covers. Between processes the scripts decide: a load stores what it brings only if nothing happened in Redis since its
 * look. A stale value is served at once and loaded anew beside that.
 */
export class Flights {
  readonly #params: FlightsParams;
  readonly #flights = new FlightBoard();
  readonly #refreshes = new FlightBoard();

  constructor(params: FlightsParams) {
    this.#params = params;
  }

  /** Joins the flight of the key, or starts one; counted as a hit or a miss as soon as that is known. */
  async load<Value>(key: string, options: CacheLoadOptions<Value>): Promise<Value | undefined> {
    const flight = this.#joinOrStart(key, options);
    if (flight.found === undefined) flight.uncounted += 1;
    else this.#count(key, flight.found);
    return (await flight.shared.wait(options.signal)) as Value | undefined;
  }

  /** See `FlightBoard.abandon`. */
  abandon(concerns: (flight: Flight, key: string) => boolean): void {
    this.#flights.abandon(concerns);
    this.#refreshes.abandon(concerns);
  }

  #joinOrStart<Value>(key: string, options: CacheLoadOptions<Value>): Flight {
    const running = this.#flights.get(key);
    if (running !== undefined && !running.shared.isAbandoned) return running;
    const times = parseLoadTimes(options, this.#params.config.defaultTtlMs);
    const flight: Flight = {
      shared: new SharedLoad((signal) => this.#fly({ key, options, times, flight, signal })),
      tags: options.tags ?? [],
      isCurrent: true,
      uncounted: 0,
      found: undefined,
    };
    this.#flights.file(key, flight);
    return flight;
  }

  async #fly<Value>(params: Omit<LoadParams<Value>, 'look'>): Promise<unknown> {
    const { key, options, times, flight, signal } = params;
    try {
      const { found, look } = await this.#params.tiers.find(key, flight.tags);
      const stale = found === undefined && look.isUsable ? fromText(look.text) : undefined;
      flight.found = found === undefined ? (stale === undefined ? 'nothing' : 'stale') : 'fresh';
      for (; flight.uncounted > 0; flight.uncounted -= 1) this.#count(key, flight.found);
      if (found !== undefined) return found.value;
      if (stale !== undefined) {
        this.#refresh({ key, options, times, look });
        return stale.value;
      }
      const refresh = this.#refreshes.get(key);
      if (refresh !== undefined) return await refresh.shared.wait(signal);
      return await this.#load({ ...params, look });
    } finally {
      this.#flights.remove(key, flight);
    }
  }

  #refresh<Value>(load: Omit<LoadParams<Value>, 'flight' | 'signal'>): void {
    const { key, options } = load;
    if (this.#refreshes.get(key) !== undefined) return;
    const flight: Flight = {
      shared: new SharedLoad((signal) =>
        this.#load({ ...load, flight, signal }).finally(() => this.#refreshes.remove(key, flight)),
      ),
      tags: options.tags ?? [],
      isCurrent: true,
      uncounted: 0,
      found: 'nothing',
    };
    this.#refreshes.file(key, flight);
  }

  async #load<Value>({ key, options, times, look, flight, signal }: LoadParams<Value>): Promise<Value | undefined> {
    const { clock, config, entries, near, reporter } = this.#params;
    const startedMs = clock.monotonicMs();
    const { epoch } = near;
    reporter.loadStarted();
    let value: Value | undefined;
    let landing: Landing;
    try {
      value = await options.load({ key, signal });
      landing = toLanding(value, times);
    } catch (error) {
      reporter.loadFailed(key, error);
      throw error;
    }
    const isInTime = clock.monotonicMs() - startedMs < config.longestLoadMs;
    const fits = Buffer.byteLength(landing.text) <= config.maxValueBytes;
    if (look === noLook || !flight.isCurrent || !isInTime || !fits) return value;
    const isStored = await entries.land(key, look, landing).catch(() => false);
    if (!isStored || landing.kind === 'none') return value;
    reporter.tell({ type: 'stored', key });
    const found = landing.kind === 'value' ? fromText(landing.text) : {};
    if (found !== undefined && flight.isCurrent) {
      await near.keep(key, { found, freshMs: landing.ttlMs, tags: flight.tags, epoch });
    }
    return value;
  }

  #count(key: string, found: NonNullable<Flight['found']>): void {
    if (found === 'nothing') this.#params.reporter.miss(key);
    else this.#params.reporter.hit(key, found === 'stale');
  }
}
